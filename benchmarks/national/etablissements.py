"""StockEtablissement: every column of the published file, in its order."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
from benchmarks.national.colonnes import (
    avec_cle,
    chiffres,
    choix,
    coller,
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
from benchmarks.national.hasard import Choix, Rangs, chance, parmi, unite
from benchmarks.national.tirages import Tirage
from benchmarks.national.unites import JOUR_MAX, ND, TRANCHES, naf
from benchmarks.national.vocabulaire import FANTAISIES, QUALITES, Vocabulaire

VOIES = Choix(
    {"RUE": 52, "AVENUE": 14, "ROUTE": 8, "CHEMIN": 7, "PLACE": 5, "BOULEVARD": 5, "ALLEE": 3, "IMPASSE": 3,
     "LIEU DIT": 3}
)  # fmt: skip
NUMEROS = [str(n) for n in range(1, 400)]
PAYS = Choix(
    {"99109|ALLEMAGNE": 3, "99131|BELGIQUE": 3, "99132|ROYAUME-UNI": 3, "99140|SUISSE": 2, "99134|ESPAGNE": 2}
)
SUITES = 64
"""Ranks kept for the establishments of a unit."""


def etablissements(tirage: Tirage, communes: Communes, vocabulaire: Vocabulaire) -> pa.Table:
    """The rows of the establishments of these legal units."""
    ordre = np.repeat(np.arange(len(tirage.rangs)), tirage.nombre)
    debuts = np.repeat(np.cumsum(tirage.nombre) - tirage.nombre, tirage.nombre)
    suite = np.arange(len(ordre)) - debuts
    rangs = tirage.rangs[ordre] * np.uint64(SUITES) + suite.astype(np.uint64) + np.uint64(1 << 50)
    n = len(rangs)
    siege = suite == tirage.nombre[ordre] - 1
    actif = tirage.active[ordre] & (siege | chance(rangs, 51, 0.3))
    visible = tirage.diffusible[ordre]
    commune = np.where(siege, tirage.commune(communes)[ordre], communes.tirer(rangs, 52))
    etranger = chance(rangs, 53, 0.004)
    creation = tirage.creation[ordre]
    creation = creation + np.where(siege, 0, parmi(rangs, 54, 1 << 20) * (JOUR_MAX - creation) >> 20)
    debut = creation + (parmi(rangs, 55, 1 << 20) * (JOUR_MAX - creation) >> 20)
    employeur = tirage.employeur[ordre] & actif & (siege | chance(rangs, 56, 0.5))
    sans_tranche = ~employeur & chance(rangs, 57, 0.6)
    siren = tirage.siren_lettres[ordre]
    nic = chiffres(suite + 1, 4)
    siret = avec_cle(np.column_stack([siren, nic]))
    activite = naf(tirage).take(pa.array(ordre))
    visibles = _Visibles(visible, etranger)
    pays = PAYS.tirer(rangs, 58)
    x, y = _points(rangs, commune, communes)
    numero = chance(rangs, 59, 0.78) & ~etranger
    voie = chance(rangs, 60, 0.93) & ~etranger
    vides = rien(n)
    return pa.table(
        {
            "siren": textes(siren),
            "nic": textes(siret[:, 9:]),
            "siret": textes(siret),
            "statutDiffusionEtablissement": drapeau(visible, "O", "P"),
            "dateCreationEtablissement": dates(creation, chance(rangs, 61, 0.01)),
            "trancheEffectifsEtablissement": choix(
                np.where(employeur, TRANCHES.tirer(rangs, 62) + 1, 0), ("NN", *TRANCHES.valeurs), sans_tranche
            ),
            "anneeEffectifsEtablissement": entiers(np.full(n, 2023), ~employeur),
            "activitePrincipaleRegistreMetiersEtablissement": choix(
                parmi(rangs, 63, 40), [f"{k:04d}Z" for k in range(40)], ~chance(rangs, 64, 0.12)
            ),
            "dateDernierTraitementEtablissement": instants(debut * 86_400 + parmi(rangs, 65, 86_400)),
            "etablissementSiege": pa.array(siege),
            "nombrePeriodesEtablissement": entiers(parmi(rangs, 66, 4) + 1),
            "complementAdresseEtablissement": visibles(
                choix(parmi(rangs, 67, 30), [f"BATIMENT {k}" for k in range(30)]), chance(rangs, 68, 0.1)
            ),
            "numeroVoieEtablissement": visibles(choix(parmi(rangs, 69, len(NUMEROS)), NUMEROS), numero),
            "indiceRepetitionEtablissement": visibles(
                choix(parmi(rangs, 70, 2), ("B", "T")), chance(rangs, 71, 0.04)
            ),
            "dernierNumeroVoieEtablissement": vides,
            "indiceRepetitionDernierNumeroVoieEtablissement": vides,
            "typeVoieEtablissement": visibles(choix(VOIES.tirer(rangs, 72), VOIES.valeurs), voie),
            "libelleVoieEtablissement": visibles(_voies(rangs, vocabulaire), voie),
            "codePostalEtablissement": visibles(choix(commune, communes.codes_postaux), ~etranger),
            "libelleCommuneEtablissement": choix(commune, communes.noms, etranger),
            "libelleCommuneEtrangerEtablissement": choix(np.zeros(n), ("VILLE FICTIVE",), ~etranger),
            "distributionSpecialeEtablissement": visibles(
                choix(parmi(rangs, 73, 99), [f"BP {k}" for k in range(99)]), chance(rangs, 74, 0.02)
            ),
            "codeCommuneEtablissement": choix(commune, communes.codes, etranger),
            "codeCedexEtablissement": vides,
            "libelleCedexEtablissement": vides,
            "codePaysEtrangerEtablissement": choix(pays, [p.split("|")[0] for p in PAYS.valeurs], ~etranger),
            "libellePaysEtrangerEtablissement": choix(
                pays, [p.split("|")[1] for p in PAYS.valeurs], ~etranger
            ),
            "identifiantAdresseEtablissement": visibles(_adresses(rangs, commune, communes), numero),
            "coordonneeLambertAbscisseEtablissement": visibles(_metres(x), np.isfinite(x) & ~etranger),
            "coordonneeLambertOrdonneeEtablissement": visibles(_metres(y), np.isfinite(y) & ~etranger),
            **dict.fromkeys(_SECONDE, vides),
            "dateDebut": dates(debut),
            "etatAdministratifEtablissement": drapeau(actif, "A", "F"),
            "enseigne1Etablissement": visibles(
                vocabulaire.raison_sociale(rangs), ~tirage.personne[ordre] & chance(rangs, 75, 0.2)
            ),
            "enseigne2Etablissement": vides,
            "enseigne3Etablissement": vides,
            "denominationUsuelleEtablissement": visibles(
                vocabulaire.raison_sociale(rangs + np.uint64(1 << 41)), chance(rangs, 76, 0.05)
            ),
            "activitePrincipaleEtablissement": activite,
            "nomenclatureActivitePrincipaleEtablissement": choix(np.zeros(n), ("NAFRev2",)),
            "caractereEmployeurEtablissement": drapeau(employeur, vides=sans_tranche),
            "activitePrincipaleNAF25Etablissement": activite,
        }
    )


_SECONDE = (
    "complementAdresse2Etablissement", "numeroVoie2Etablissement", "indiceRepetition2Etablissement",
    "typeVoie2Etablissement", "libelleVoie2Etablissement", "codePostal2Etablissement",
    "libelleCommune2Etablissement", "libelleCommuneEtranger2Etablissement",
    "distributionSpeciale2Etablissement", "codeCommune2Etablissement", "codeCedex2Etablissement",
    "libelleCedex2Etablissement", "codePaysEtranger2Etablissement", "libellePaysEtranger2Etablissement",
)  # fmt: skip


class _Visibles:
    """« [ND] » where the unit asked not to be shown, null where the cell is empty."""

    def __init__(self, visible: npt.NDArray[np.bool_], etranger: npt.NDArray[np.bool_]) -> None:
        self._visible = visible
        self._masque = pa.array(visible | etranger)

    def __call__(self, colonne: pa.Array, presents: npt.NDArray[np.bool_]) -> pa.Array:
        if pa.types.is_dictionary(colonne.type):
            rang = pc.if_else(self._masque, colonne.indices, len(colonne.dictionary))
            valeurs = pa.concat_arrays([colonne.dictionary, pa.array([ND])])
            return pa.DictionaryArray.from_arrays(sans(rang, ~presents & self._visible), valeurs)
        return sans(pc.if_else(self._masque, colonne, ND), ~presents & self._visible)


def _voies(rangs: Rangs, vocabulaire: Vocabulaire) -> pa.Array:
    """Fifteen hundred street names, the same ones in every commune."""
    voies = [f"DE {f} {q}" for f in vocabulaire.sirene.fantaisies for q in vocabulaire.sirene.qualites]
    assert len(voies) == len(FANTAISIES) * len(QUALITES)
    return choix(parmi(rangs, 77, len(voies)), voies)


def _points(
    rangs: Rangs, commune: npt.NDArray[np.int32], communes: Communes
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """An address around the centre of its commune; one in twenty is the centre, one in fifty nowhere."""
    angle, part = unite(rangs, 78) * (2 * np.pi), unite(rangs, 79)
    rayon = np.where(chance(rangs, 80, 0.05), 0.0, part) * communes.rayon[commune]
    x = communes.x[commune] + rayon * np.cos(angle)
    y = communes.y[commune] + rayon * np.sin(angle)
    absent = chance(rangs, 81, 0.02)
    return np.where(absent, np.nan, x), np.where(absent, np.nan, y)


def _metres(valeurs: npt.NDArray[np.float64]) -> pa.Array:
    """Metres with two decimals, as a text."""
    centimetres = np.round(np.nan_to_num(valeurs) * 100).astype(np.int64)
    entier, reste = np.divmod(centimetres, 100)
    return coller(pa.array(entier).cast(pa.string()), textes(chiffres(reste, 2)), entre=".")


def _adresses(rangs: Rangs, commune: npt.NDArray[np.int32], communes: Communes) -> pa.Array:
    """Identifiers of the base of addresses: commune, street, number."""
    voie = textes(chiffres(parmi(rangs, 77, 1500), 4))
    return coller(
        en_clair(choix(commune, communes.codes)), voie, textes(chiffres(parmi(rangs, 69, 400), 5)), entre="_"
    )
