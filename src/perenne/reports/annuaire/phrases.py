"""The French words of a search in the directory."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from perenne.domain.annuaire.resultat import EntrepriseTrouvee, Exclusion
from perenne.domain.territoire.identite import SourceCitee
from perenne.reports.typographie import FINE, accorder, composer, date_longue

VERDICTS = {
    "oui": "de l’ESS",
    "probable": "probablement de l’ESS",
    "inconnu": "ESS : on ne sait pas",
    "non": "hors de l’ESS",
}
ETATS = {"fermee": "fermée", "dissoute": "dissoute", "inconnu": "état non observé"}
EMPLOYEURS = {"O": "employeuse", "N": "sans salarié", "": "emploi non observé"}
AGREMENTS = {
    "ess-france": "liste d’ESS France",
    "esus": "ESUS",
    "siae": "insertion par l’activité économique",
    "data-inclusion": "data·inclusion",
    "tiers-lieux": "recensement des tiers-lieux",
}
GENRES = {
    "sigle": "sigle",
    "usage": "nom d’usage",
    "enseigne": "enseigne",
    "rna": "titre au répertoire des associations",
    "liste": "nom dans une liste",
    "ancien": "ancien nom",
}
CONFIANCES = {"haute": "", "moyenne": " (assez sûr)", "faible": " (peu sûr)"}
POINTS = {
    "non-diffusible": "non diffusible : ni nom, ni adresse, ni point, à sa demande",
    "sans-point": "aucun fichier ne donne de point",
}
_EXCLUSIONS = {
    "etat": ("fermée ou dissoute", "fermées ou dissoutes", "--etat toutes"),
    "verdict": ("hors de l’ESS", "hors de l’ESS", "--verdict tous"),
    "etat-verdict": (
        "fermée et hors de l’ESS", "fermées et hors de l’ESS", "--etat toutes --verdict tous",
    ),
}  # fmt: skip
_INCONNUES = {
    "employeur": "dont on ne sait pas si elles emploient",
    "activite": "dont aucune activité n’est reconnue",
    "activite-faible": "dont l’activité n’est reconnue qu’avec une confiance faible",
    "commune": "dont aucun fichier ne donne la commune",
    "qpv": "dont l’adresse n’est pas assez précise pour dire si elles sont dans le quartier",
    "arrondissement-municipal": "de la même ville, dont l’arrondissement n’est pas connu",
    "forme": "dont la forme juridique n’est pas connue",
}
SANS_SIREN = "Association connue du seul répertoire des associations"


@dataclass(frozen=True, kw_only=True)
class Libelles:
    """Names of codes of the knowledge base.

    Attributes:
        sources: data sets that the enterprises come from.
    """

    formes: Mapping[str, str] = field(default_factory=dict)
    activites: Mapping[str, str] = field(default_factory=dict)
    effectifs: Mapping[str, str] = field(default_factory=dict)
    sources: tuple[SourceCitee, ...] = ()


def nommer(e: EntrepriseTrouvee) -> str:
    """Its name; what replaces it when it may not be shown or was not observed."""
    if not e.diffusible:
        return "Entreprise non diffusible (nom non publié à sa demande)"
    return e.nom or e.sigle or "Entreprise sans nom connu"


def dire_forme(e: EntrepriseTrouvee, libelles: Libelles) -> str:
    """Its legal form."""
    if not e.forme:
        return "Forme juridique non observée" if e.siren else SANS_SIREN
    return libelles.formes.get(e.forme, f"Forme juridique {e.forme}")


def dire_emploi(e: EntrepriseTrouvee, libelles: Libelles) -> str:
    """Whether it employs, and how many."""
    tranche = libelles.effectifs.get(e.effectif, "") if e.effectif not in ("", "NN") else ""
    annee = f" en {e.annee_effectif}" if tranche and e.annee_effectif else ""
    return f"{tranche}{annee}" if tranche else EMPLOYEURS.get(e.employeur, EMPLOYEURS[""])


def dire_lieu(e: EntrepriseTrouvee) -> str:
    """Its commune, and the establishment that is in the territory asked when its head office is not."""
    commune = f"{e.commune_nom or e.commune} ({e.departement})" if e.commune else "commune non observée"
    return f"siège à {commune}, établissement {e.ici} sur place" if e.ici else commune


def dire_point(e: EntrepriseTrouvee) -> str:
    """Why it has no point; empty when it has one."""
    if not e.diffusible:
        return POINTS["non-diffusible"]
    return "" if e.lon is not None and e.lat is not None else POINTS["sans-point"]


def dire_exclusion(exclusion: Exclusion) -> str:
    """What was left out, and how to see it."""
    if exclusion.motif in _EXCLUSIONS:
        un, plusieurs, option = _EXCLUSIONS[exclusion.motif]
        return f"{accorder(exclusion.nombre, un, plusieurs)} ({option})"
    return f"{accorder(exclusion.nombre, 'entreprise')} {_INCONNUES[exclusion.motif]}"


def dire_activites(e: EntrepriseTrouvee, libelles: Libelles) -> tuple[str, ...]:
    """What it does, with the confidence when it is not high."""
    return tuple(f"{libelles.activites.get(a, a)}{CONFIANCES.get(c, '')}" for a, c in e.activites)


def dire_agrements(e: EntrepriseTrouvee) -> tuple[str, ...]:
    """Approvals and lists."""
    return tuple(AGREMENTS.get(a, a) for a in e.agrements)


def dire_numero(e: EntrepriseTrouvee) -> str:
    """Its SIREN, by groups of three; failing that its number in the register of associations."""
    if e.siren:
        return f"SIREN {e.siren[:3]}{FINE}{e.siren[3:6]}{FINE}{e.siren[6:]}"
    return f"RNA {e.rna or e.id}"


def citer(sources: Iterable[SourceCitee]) -> tuple[str, ...]:
    """Each data set with its producer and its date."""
    return tuple(f"{s.producteur}, {s.jeu} ({s.millesime})" for s in sources)


def citer_datees(sources: Iterable[SourceCitee]) -> tuple[str, ...]:
    """The same with the day of the file, each producer's data set once."""
    dites: dict[str, None] = {}
    for s in sources:
        fichier = f", fichier du {_jour(s.date_fichier)}" if s.date_fichier else ""
        dites[composer(f"{s.producteur}, {s.jeu} ({s.millesime}{fichier})")] = None
    return tuple(dites)


def _jour(date: str) -> str:
    try:
        return date_longue(dt.date.fromisoformat(date[:10]))
    except ValueError:
        return date
