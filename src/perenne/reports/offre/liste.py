"""A list of operators: who, where, what, why, how sure, from which file."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Mapping, Sequence

from perenne.domain.territoire.operateurs import ActiviteVue, Operateur, Trace
from perenne.reports.offre.phrases import ECARTS, REGISTRES
from perenne.reports.typographie import composer, date_courte, lister, majuscule

SANS_NOM = "nom non diffusé"
CHAMPS = {
    "nom": "nom",
    "sigle": "sigle",
    "texte": "objet",
    "nom-liste": "nom dans la liste",
    "texte-liste": "texte de la liste",
    "naf": "code d’activité",
    "waldec": "code d’objet",
    "registre": "liste",
    "modele": "mots qui pèsent",
    "decision": "décision",
}
ORIGINES = {
    "decision": "décision d’une personne",
    "registre": "liste officielle",
    "texte": "ses mots",
    "code": "un code",
}
RAISONS = {
    "ess-france": "liste d’ESS France",
    "esus": "agrément ESUS",
    "siae": "conventionnement d’insertion",
    "forme": "forme juridique",
    "mention": "mention de Sirene",
    "rna": "association déclarée",
    "liste": "nommé par une liste",
}
NATURES = {"employeurs": "ESS, employeur", "ess": "ESS", "tous": "nommé par une liste", None: "écarté"}
COLONNES = (
    "Opérateur", "Identifiant", "Nature", "Communes", "Activités", "Confiance", "Pourquoi cette activité",
    "D’où", "Appartenance, source et date",
)  # fmt: skip


def ligne(o: Operateur, titres: Mapping[str, str], sources: Mapping[str, str]) -> tuple[str, ...]:
    """The cells of an operator, in the order of `COLONNES`."""
    return (
        nommer(o),
        o.operateur,
        dire_nature(o),
        lister(f"{nom or code} ({code})" for code, nom in o.communes) or "commune non connue",
        lister(composer(titres.get(a.activite, a.activite)) for a in o.activites),
        lister(dict.fromkeys(a.confiance for a in o.activites)),
        lister(dict.fromkeys(t for a in o.activites for t in dire_traces(a))),
        lister(dict.fromkeys(ORIGINES.get(x, x) for a in o.activites for x in a.origines)),
        dire_origines(o, sources),
    )


def nommer(o: Operateur) -> str:
    """Its name, or why there is none."""
    return composer(o.nom) or SANS_NOM


def dire_nature(o: Operateur) -> str:
    """Of the ESS, employing or not, named by a list, or left out with the reason."""
    if o.ecarte:
        return composer(ECARTS[o.ecarte])
    return NATURES[o.couche] + {"faibles": ", à vérifier", "incertains": ", quartier non connu"}.get(
        o.part, ""
    )


def dire_traces(activite: ActiviteVue) -> list[str]:
    """The words, the codes and the lists that show an activity."""
    return [_trace(t) for t in activite.traces]


def _trace(t: Trace) -> str:
    texte = f"{CHAMPS.get(t.champ, t.champ)} : « {t.mots} »"
    if t.registre:
        date = f", {dater(t.date)}" if t.date else ""
        texte += f" ({REGISTRES_ATLAS.get(t.registre, t.registre)}{date})"
    return composer(texte)


REGISTRES_ATLAS = {
    "siae": REGISTRES["SIAE"],
    "data-inclusion": REGISTRES["DATA_INCLUSION"],
    "tiers-lieux": REGISTRES["TIERS_LIEUX_REC"],
    "ess-france": "liste d’ESS France",
    "esus": "agréments ESUS",
}


def dater(texte: str) -> str:
    """A day as people write it; a year or a season as it is."""
    try:
        return date_courte(dt.date.fromisoformat(texte))
    except ValueError:
        return texte


def dire_origines(o: Operateur, sources: Mapping[str, str]) -> str:
    """Why it is of the ESS, or which list names it, with the data set and its date."""
    return composer(
        lister(
            dict.fromkeys(
                f"{RAISONS.get(x.raison, x.raison)} ({sources.get(x.source, x.source)}"
                + (f", {dater(x.date)})" if x.date else ")")
                for x in o.origines
            )
        )
    )


def ecrire_texte(
    operateurs: Sequence[Operateur], titres: Mapping[str, str], sources: Mapping[str, str], largeur: int = 100
) -> str:
    """The operators for a terminal."""
    blocs = []
    for o in operateurs:
        nom, identifiant, nature, communes, *_ = ligne(o, titres, sources)
        lignes = [f"* {nom} [{identifiant}], {communes}. {majuscule(nature)}."]
        for a in o.activites:
            pourquoi = lister(dire_traces(a)) or lister(ORIGINES.get(x, x) for x in a.origines)
            suite = f" — {pourquoi}" if pourquoi else ""
            lignes.append(
                f"  - {composer(titres.get(a.activite, a.activite))}, confiance {a.confiance}{suite}"
            )
        if origines := dire_origines(o, sources):
            lignes.append(f"  - {majuscule(origines)}")
        blocs.append(
            "\n".join(
                textwrap.fill(
                    x, largeur, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False
                )
                for x in lignes
            )
        )
    return "\n".join(blocs)
