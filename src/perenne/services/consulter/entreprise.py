"""The sheet of one enterprise, in words: the verdict and why, what it does, where, what was observed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from perenne.atlas.entreprises import observe_des_entreprises, trouver_entreprise
from perenne.domain.ess.fiche import Etablissement, FicheEntreprise
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.domain.territoire.identite import SourceCitee
from perenne.reports.ess.activites import avec_libelle, dire_indices
from perenne.reports.ess.phrases import (
    CONTRADICTIONS,
    ETATS,
    METHODES,
    PRECISIONS,
    REGISTRES,
    SENS,
    VERDICTS,
    dire_qpv,
    dire_raison,
    nommer,
)
from perenne.reports.note.elements import Tableau
from perenne.reports.note.tableau_zonages import composer_zonages
from perenne.reports.typographie import composer, date_longue, dater, majuscule
from perenne.services.atlas_ouvert import obtenir_atlas
from perenne.services.consulter.elements import Introuvable
from perenne.services.entreprises_ess import libelles_de, lire_numero
from perenne.services.savoir import obtenir_base
from perenne.services.territoire import lire_zonages_de_commune


@dataclass(frozen=True, kw_only=True)
class Enonce:
    """A statement with where it was read.

    Attributes:
        marque: a word that qualifies it (« pour », « même entreprise »), empty for none.
        source: producer and data set; date as the source gives it.
    """

    texte: str
    marque: str = ""
    source: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class Observation:
    """A named value; `observee` is False when no file says it."""

    nom: str
    valeur: str
    observee: bool = True


@dataclass(frozen=True, kw_only=True)
class Lieu:
    """One establishment."""

    siret: str
    nature: str
    ou: str
    precision: str
    qpv: str
    ferme: bool


@dataclass(frozen=True, kw_only=True)
class ActiviteReconnue:
    """An activity, how sure it is, and what shows it, in words."""

    id: str
    titre: str
    confiance: str
    indices: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class FicheLue:
    """What the page of an enterprise shows.

    Attributes:
        id: as in its address.
        titre: its name, or what replaces it.
        verdict: code; `verdict_dit` is the sentence.
        ferme: closed or dissolved.
        lon, lat: None when no point may be shown.
        activites_cherchees: False when the atlas was built without looking for activities.
        version: of the atlas.
    """

    id: str
    siren: str
    rna: str
    titre: str
    aussi: str
    diffusible: bool
    verdict: str
    verdict_dit: str
    etat: str
    ferme: bool
    commune: str
    code_commune: str
    departement: str
    lon: float | None
    lat: float | None
    raisons: tuple[Enonce, ...]
    contradictions: tuple[str, ...]
    activites: tuple[ActiviteReconnue, ...]
    activites_cherchees: bool
    observations: tuple[Observation, ...]
    lieux: tuple[Lieu, ...]
    autres_lieux: int
    liens: tuple[Enonce, ...]
    inscriptions: tuple[Enonce, ...]
    zonages: Tableau
    version: str


def lire_entreprise(demande: str, au: dt.date) -> FicheLue:
    """The sheet of a SIREN, a SIRET or an RNA number.

    Args:
        au: date at which the zonings of its commune are read.

    Raises:
        ErreurUtilisateur: not a number.
        Introuvable: the atlas does not hold it.
        AtlasIndisponible: no atlas.
    """
    numero = lire_numero(demande)
    atlas = obtenir_atlas()
    fiche = trouver_entreprise(atlas, numero) if observe_des_entreprises(atlas) else None
    if fiche is None:
        raise Introuvable(
            f"L’entreprise {numero} n’est pas dans l’atlas : aucun des fichiers lus ne la rattache à l’ESS.",
            conseil="Vérifiez le numéro ; la page « Données » dit quels fichiers ont été lus.",
        )
    base = obtenir_base()
    effectifs = base.nomenclatures.get("tranches-effectifs")
    sources, libelles = atlas.sources(), libelles_de(base)
    return FicheLue(
        id=fiche.id,
        siren=fiche.siren,
        rna=fiche.rna,
        titre=composer(nommer(fiche)),
        aussi=fiche.sigle,
        diffusible=fiche.diffusible,
        verdict=fiche.verdict,
        verdict_dit=composer(VERDICTS[fiche.verdict]),
        etat=_etat(fiche),
        ferme=fiche.etat in ("fermee", "dissoute"),
        commune=fiche.commune_nom or fiche.commune,
        code_commune=fiche.commune,
        departement=fiche.departement,
        lon=fiche.lon,
        lat=fiche.lat,
        raisons=tuple(
            Enonce(
                texte=composer(dire_raison(r, base.de(FormeJuridique))),
                marque=SENS[r.sens],
                source=_citer(r.source, sources),
                date=dater(r.date),
            )
            for r in fiche.raisons
        ),
        contradictions=tuple(composer(CONTRADICTIONS[c]) for c in fiche.contradictions),
        activites=tuple(
            ActiviteReconnue(
                id=a.activite,
                titre=composer(libelles.activites.get(a.activite, a.activite)),
                confiance=a.confiance,
                indices=tuple(composer(d) for d in dire_indices(a, libelles, sources)),
            )
            for a in fiche.activites or ()
        ),
        activites_cherchees=fiche.activites is not None,
        observations=tuple(_observer(fiche, effectifs.libelles if effectifs else {}, libelles.naf)),
        lieux=tuple(_situer(e) for e in fiche.etablissements),
        autres_lieux=fiche.nombre_etablissements - len(fiche.etablissements),
        liens=tuple(
            Enonce(
                texte=composer(f"{lien.autre}, rapprochée {METHODES[lien.methode]}"),
                marque="même entreprise" if lien.statut == "retenu" else "doublon possible, gardé à part",
            )
            for lien in fiche.liens
        ),
        inscriptions=tuple(
            Enonce(
                texte=composer(
                    REGISTRES.get(i.registre, i.registre)
                    + (f" ({i.categorie})" if i.categorie else "")
                    + (f", sous le nom « {i.nom} »" if i.nom and i.nom != fiche.nom else "")
                ),
                source=_citer(i.source, sources),
                date=dater(i.date),
            )
            for i in fiche.inscriptions
        ),
        zonages=composer_zonages(
            lire_zonages_de_commune(atlas, fiche.commune, savoir=base, au=au),
            legende=f"Zonages de la commune du siège au {date_longue(au)}",
        ),
        version=atlas.version,
    )


def _etat(fiche: FicheEntreprise) -> str:
    dits = [majuscule(ETATS[fiche.etat])]
    if fiche.creee_le:
        dits.append(f"créée le {dater(fiche.creee_le)}")
    if fiche.etat in ("fermee", "dissoute"):
        dits.append(f"fermeture : {dater(fiche.fermee_le) or 'date non observée'}")
    return composer(", ".join(dits) + ".")


def _observer(
    fiche: FicheEntreprise, effectifs: Mapping[str, str], naf: Mapping[str, str]
) -> list[Observation]:
    annee = f" ({fiche.annee_effectif})" if fiche.annee_effectif else ""
    tranche = effectifs.get(fiche.effectif, fiche.effectif)
    employeur = {"O": "oui", "N": "non"}.get(fiche.employeur, "")
    lues = (
        ("Effectif salarié", f"{tranche}{annee}" if tranche else ""),
        ("Employeur", employeur),
        ("Activité principale (NAF)", avec_libelle(fiche.naf, naf)),
        ("Objet déclaré", fiche.objet),
        (
            "Établissements actifs",
            "" if fiche.etablissements_actifs is None else str(fiche.etablissements_actifs),
        ),
        ("Siège", f"{PRECISIONS[fiche.precision]}, {dire_qpv(fiche.qpv_statut, fiche.qpv)}"),
    )
    return [Observation(nom=n, valeur=composer(v) or "non observé", observee=bool(v)) for n, v in lues]


def _situer(lieu: Etablissement) -> Lieu:
    ou = ", ".join(
        p for p in (lieu.nom, lieu.adresse, lieu.code_postal, lieu.commune_nom or lieu.commune) if p
    )
    ferme = lieu.etat == "ferme"
    fin = f", fermé{f' le {dater(lieu.fermee_le)}' if lieu.fermee_le else ''}" if ferme else ""
    return Lieu(
        siret=lieu.siret,
        nature=composer(f"{'siège' if lieu.siege else 'établissement'}{fin}"),
        ou=composer(ou) or "lieu non observé",
        precision=composer(PRECISIONS[lieu.precision]),
        qpv=composer(dire_qpv(lieu.qpv_statut, lieu.qpv)),
        ferme=ferme,
    )


def _citer(id_: str, sources: Mapping[str, SourceCitee]) -> str:
    citee = sources.get(id_)
    return composer(f"{citee.producteur}, {citee.jeu}") if citee else id_
