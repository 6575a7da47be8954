"""StockUniteLegale: every column of the published file, in its order and with its types."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from benchmarks.national.colonnes import (
    chiffres,
    choix,
    dates,
    drapeau,
    en_clair,
    entiers,
    instants,
    rien,
    sans,
    textes,
)
from benchmarks.national.communes import Communes
from benchmarks.national.hasard import Choix, chance, parmi
from benchmarks.national.tirages import FORMES, Tirage, numero_rna
from benchmarks.national.vocabulaire import Vocabulaire

TRANCHES = Choix(
    {"00": 12, "01": 38, "02": 20, "03": 13, "11": 9, "12": 5.5, "21": 1.4, "22": 0.7, "31": 0.15, "32": 0.15,
     "41": 0.06, "42": 0.03, "51": 0.01}
)  # fmt: skip
NAF = Choix(
    {"47.91B": 5, "81.21Z": 4, "56.10A": 5, "43.99C": 4, "68.20B": 11, "70.22Z": 7, "82.99Z": 6, "49.41A": 2,
     "62.01Z": 4, "62.02A": 4, "96.02A": 4, "47.11F": 1, "01.11Z": 3, "01.41Z": 2, "43.21A": 3, "43.22A": 3,
     "45.20A": 2, "69.10Z": 2, "86.21Z": 3, "86.90D": 4, "85.59A": 4, "74.10Z": 3, "90.03A": 3, "47.71Z": 2,
     "56.30Z": 2, "10.71C": 2, "66.22Z": 1, "68.31Z": 2, "64.20Z": 4, "94.99Z": 1, "88.99B": 1, "93.29Z": 1}
)  # fmt: skip
NAF_ASSOCIATIONS = Choix(
    {"94.99Z": 52, "93.12Z": 17, "90.01Z": 8, "88.99B": 5, "94.91Z": 2, "85.52Z": 3, "93.29Z": 3, "88.10C": 1,
     "88.91A": 1, "55.20Z": 1, "87.90B": 1, "85.59B": 2, "91.03Z": 1, "88.99A": 1, "94.20Z": 1, "94.12Z": 1}
)  # fmt: skip
JOUR_MAX = 20_760
"""Days since 1970 of the vintage: November 2026."""

ND = "[ND]"
PERSONNE = "ENTREPRENEUR FICTIF"
"""What stands for the name of a person; no name is made up."""


def naf(tirage: Tirage) -> pa.Array:
    """Main activity of each unit."""
    rangs = tirage.rangs
    n = len(NAF.valeurs)
    rang = np.where(tirage.association, NAF_ASSOCIATIONS.tirer(rangs, 21) + n, NAF.tirer(rangs, 22))
    return choix(rang, (*NAF.valeurs, *NAF_ASSOCIATIONS.valeurs))


def unites(tirage: Tirage, communes: Communes, vocabulaire: Vocabulaire) -> pa.Table:
    """The rows of these legal units."""
    rangs, n = tirage.rangs, len(tirage.rangs)
    cachees = ~tirage.diffusible
    creation = tirage.creation
    debut = creation + (parmi(rangs, 23, 1 << 20) * (JOUR_MAX - creation) >> 20)
    employeur = tirage.employeur
    sans_tranche = ~employeur & chance(rangs, 24, 0.6)
    tranche = np.where(employeur, TRANCHES.tirer(rangs, 25) + 1, 0)
    moderne = tirage.statutaire | ~tirage.personne & chance(rangs, 26, 0.5)
    annee = entiers(np.where(chance(rangs, 27, 0.9), 2023, 2022), ~employeur)
    a_une_categorie = ~tirage.active | chance(rangs, 28, 0.4)
    nom_cache = choix(np.where(cachees, 0, 1), (ND, PERSONNE), ~tirage.personne)
    prenom_cache = choix(np.zeros(n), (ND,), ~(tirage.personne & cachees))
    vides = rien(n)
    return pa.table(
        {
            "siren": tirage.siren,
            "statutDiffusionUniteLegale": drapeau(tirage.diffusible, "O", "P"),
            "unitePurgeeUniteLegale": pa.array(np.ones(n, bool), mask=~chance(rangs, 29, 0.05)),
            "dateCreationUniteLegale": dates(creation, chance(rangs, 30, 0.02)),
            "sigleUniteLegale": _sigles(tirage),
            "sexeUniteLegale": prenom_cache,
            "prenom1UniteLegale": prenom_cache,
            "prenom2UniteLegale": prenom_cache,
            "prenom3UniteLegale": vides,
            "prenom4UniteLegale": vides,
            "prenomUsuelUniteLegale": prenom_cache,
            "pseudonymeUniteLegale": vides,
            "identifiantAssociationUniteLegale": _numeros(tirage, communes),
            "trancheEffectifsUniteLegale": choix(tranche, ("NN", *TRANCHES.valeurs), sans_tranche),
            "anneeEffectifsUniteLegale": annee,
            "dateDernierTraitementUniteLegale": instants((debut * 86_400) + parmi(rangs, 31, 86_400)),
            "nombrePeriodesUniteLegale": entiers(parmi(rangs, 32, 5) + 1),
            "categorieEntreprise": choix(
                np.where(chance(rangs, 33, 0.98), 0, 1), ("PME", "ETI"), a_une_categorie
            ),
            "anneeCategorieEntreprise": entiers(np.full(n, 2023), a_une_categorie),
            "dateDebut": dates(debut),
            "etatAdministratifUniteLegale": drapeau(tirage.active, "A", "C"),
            "nomUniteLegale": nom_cache,
            "nomUsageUniteLegale": vides,
            "denominationUniteLegale": noms(tirage, vocabulaire),
            "denominationUsuelle1UniteLegale": sans(
                vocabulaire.raison_sociale(rangs + np.uint64(1 << 40)),
                tirage.personne | ~chance(rangs, 34, 0.03),
            ),
            "denominationUsuelle2UniteLegale": vides,
            "denominationUsuelle3UniteLegale": vides,
            "categorieJuridiqueUniteLegale": pa.array(
                np.array([int(f) for f in FORMES.valeurs], np.int64)[tirage.forme]
            ),
            "activitePrincipaleUniteLegale": naf(tirage),
            "nomenclatureActivitePrincipaleUniteLegale": choix(np.zeros(n), ("NAFRev2",)),
            "nicSiegeUniteLegale": textes(chiffres(tirage.nombre * 10 + 1, 5)),
            "economieSocialeSolidaireUniteLegale": drapeau(
                tirage.mention, vides=~(tirage.mention | chance(rangs, 35, 0.6) & moderne)
            ),
            "societeMissionUniteLegale": drapeau(chance(rangs, 36, 0.001), vides=~moderne),
            "caractereEmployeurUniteLegale": drapeau(employeur, vides=sans_tranche),
            "activitePrincipaleNAF25UniteLegale": naf(tirage),
        }
    )


def noms(tirage: Tirage, vocabulaire: Vocabulaire) -> pa.Array:
    """Names: none for a person, hidden for one legal person in thirty."""
    rangs, association = tirage.rangs, pa.array(tirage.association)
    clairs = pa.compute.if_else(
        association, vocabulaire.nom(rangs, vocabulaire.sirene), vocabulaire.raison_sociale(rangs)
    )
    montres = pa.compute.if_else(pa.array(tirage.diffusible), clairs, ND)
    return sans(montres, tirage.personne)


def _sigles(tirage: Tirage) -> pa.Array:
    lettres = np.column_stack([parmi(tirage.rangs, s, 26).astype(np.uint8) + ord("A") for s in (41, 42, 43)])
    clairs = textes(lettres)
    montres = pa.compute.if_else(pa.array(tirage.diffusible), clairs, ND)
    return sans(montres, tirage.personne | ~chance(tirage.rangs, 44, 0.09))


def _numeros(tirage: Tirage, communes: Communes) -> pa.Array:
    """Six associations of the register in ten have their number here; some have that of another."""
    departements = communes.rang_departement[tirage.commune(communes)]
    autres = tirage.rangs + np.where(chance(tirage.rangs, 45, 0.003), 1_000, 0).astype(np.uint64)
    numeros = numero_rna(autres, departements, communes.liste_departements)
    return sans(en_clair(numeros), ~(tirage.connue_du_rna & chance(tirage.rangs, 46, 0.6)))
