"""What an enterprise does and what shows it, in French words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from perenne.domain.ess.fiche import ActiviteReconnue, IndiceActivite
from perenne.domain.territoire.identite import SourceCitee
from perenne.reports.ess.phrases import REGISTRES
from perenne.reports.typographie import dater

CONFIANCES = {
    "haute": "confiance haute",
    "moyenne": "confiance moyenne, à relire avant de citer",
    "faible": "confiance faible, une piste seulement",
}
ORIGINES = {
    "decision": "une décision humaine",
    "registre": "une liste",
    "texte": "des mots",
    "code": "un code",
}
CHAMPS = {
    "nom": "dans le nom",
    "sigle": "dans le sigle ou le nom d'usage",
    "texte": "dans l'objet déclaré",
}
NOMS_LISTES = REGISTRES | {"SIAE": REGISTRES["siae"]}


@dataclass(frozen=True, kw_only=True)
class Libelles:
    """Labels of the knowledge base: activities by identifier; codes, types and themes."""

    activites: Mapping[str, str] = field(default_factory=dict)
    naf: Mapping[str, str] = field(default_factory=dict)
    waldec: Mapping[str, str] = field(default_factory=dict)
    types: Mapping[str, str] = field(default_factory=dict)
    services: Mapping[str, str] = field(default_factory=dict)


def ecrire_activites(
    activites: tuple[ActiviteReconnue, ...] | None,
    libelles: Libelles,
    sources: Mapping[str, SourceCitee],
) -> Iterator[str]:
    """Lines of the sheet: each activity with its confidence, then what shows it."""
    yield "Ce qu'elle fait, parmi les activités d'utilité sociale"
    if activites is None:
        yield "  Non observé : cet atlas a été construit sans chercher les activités."
    elif not activites:
        yield "  Non observé : aucun mot, aucune liste, aucun code lu ne désigne une de ces activités."
    for reconnue in activites or ():
        titre = libelles.activites.get(reconnue.activite, reconnue.activite)
        dapres = ", ".join(ORIGINES[o] for o in reconnue.origines)
        yield f"  - {titre} ({CONFIANCES[reconnue.confiance]} ; d'après : {dapres})"
        for phrase in dire_indices(reconnue, libelles, sources):
            yield f"      {phrase}"


def dire_indices(
    reconnue: ActiviteReconnue, libelles: Libelles, sources: Mapping[str, SourceCitee]
) -> tuple[str, ...]:
    """What shows an activity, each thing once."""
    return tuple(dict.fromkeys(_dire(i, libelles, sources) for i in reconnue.indices))


def _dire(indice: IndiceActivite, libelles: Libelles, sources: Mapping[str, SourceCitee]) -> str:
    mots = f"« {' '.join(indice.mots.split())} »"
    match indice.champ:
        case "nom" | "sigle" | "texte":
            phrase = f"{mots} {CHAMPS[indice.champ]}"
        case "decision":
            phrase = f"décision du {dater(indice.date)}, {indice.role}"
        case "naf":
            phrase = f"code d'activité principale {avec_libelle(indice.mots, libelles.naf)}"
        case "waldec":
            phrase = f"code d'objet de l'association {avec_libelle(indice.mots, libelles.waldec)}"
        case "modele":
            phrase = f"{mots}, mot qui va souvent avec cette activité"
        case "registre" if indice.mots in libelles.types:
            phrase = f"{libelles.types[indice.mots]} ({indice.mots}) {_liste(indice, sources)}"
        case "registre":
            phrase = f"figure {_liste(indice, sources)}"
        case "service":
            service = libelles.services.get(indice.mots, indice.mots)
            phrase = f"service déclaré « {service} » {_liste(indice, sources)}"
        case _:
            phrase = f"{mots} {_liste(indice, sources)}"
    return phrase


def avec_libelle(code: str, libelles: Mapping[str, str]) -> str:
    """A code and what it means, when that is known."""
    return f"{code} ({libelles[code]})" if code in libelles else code


def _liste(indice: IndiceActivite, sources: Mapping[str, SourceCitee]) -> str:
    nom = NOMS_LISTES.get(indice.registre) or NOMS_LISTES.get(indice.mots, indice.registre)
    citee = sources.get(indice.source)
    suite = ", ".join(p for p in (citee.producteur if citee else "", dater(indice.date)) if p)
    return f"dans la liste « {nom} »{f', {suite}' if suite else ''}"
