"""From one round to the next: respondent by respondent, measure by measure; nothing is averaged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from perenne.domain.entreprise.profil import CritereLu, Profil
from perenne.domain.savoir.criteres import Mesure

Evolution = Literal["mieux", "stable", "moins-bien", "partage", "autre-methode", "incomparable"]
"""mieux, moins-bien: somebody sees it move that way and nobody the other way; partage: opposite ways.
autre-methode: nobody answered twice, the agreed answers are compared. incomparable: one of the two rounds
says nothing."""
ECHELLE = {"non": 0, "moyen": 1, "oui": 2}


@dataclass(frozen=True, kw_only=True)
class EvolutionMesure:
    """A figure in two rounds; `sens` says whether the change is good, None when it is neither."""

    mesure: Mesure
    avant: float
    apres: float
    sens: Literal["mieux", "stable", "moins-bien"] | None


@dataclass(frozen=True, kw_only=True)
class EvolutionCritere:
    """A criterion in two rounds.

    Attributes:
        evolution: how it moved.
        par_repondant: respondent → (answer before, answer after), for those who answered both times.
        comparaison: the evolution when nobody answered twice but each round agrees; same words.
    """

    critere: str
    evolution: Evolution
    par_repondant: tuple[tuple[str, str, str], ...]
    comparaison: Literal["mieux", "stable", "moins-bien"] | None
    mesures: tuple[EvolutionMesure, ...]


def comparer(avant: Profil, apres: Profil) -> tuple[EvolutionCritere, ...]:
    """The evolution of every criterion between two rounds, in the order of the grid."""
    anciens = {c.critere.id: c for c in avant.criteres()}
    return tuple(_comparer(anciens[c.critere.id], c) for c in apres.criteres() if c.critere.id in anciens)


def _sens(de: int, vers: int) -> Literal["mieux", "stable", "moins-bien"]:
    return "mieux" if vers > de else "moins-bien" if vers < de else "stable"


def _comparer(avant: CritereLu, apres: CritereLu) -> EvolutionCritere:
    anciens = {r.repondant: r.avis for r in avant.reponses if r.avis in ECHELLE}
    communs = tuple(
        (r.repondant, anciens[r.repondant], r.avis)
        for r in apres.reponses
        if r.avis in ECHELLE and r.repondant in anciens
    )
    sens = {_sens(ECHELLE[a], ECHELLE[b]) for _, a, b in communs}
    evolution: Evolution
    comparaison = None
    bouge = sens - {"stable"}
    if len(bouge) == 1:
        evolution = next(iter(bouge))
    elif sens:
        evolution = "partage" if bouge else "stable"
    else:
        de, vers = _accord(avant), _accord(apres)
        if de is None or vers is None:
            evolution = "incomparable"
        else:
            evolution, comparaison = "autre-methode", _sens(de, vers)
    return EvolutionCritere(
        critere=apres.critere.id,
        evolution=evolution,
        par_repondant=communs,
        comparaison=comparaison,
        mesures=_mesures(avant, apres),
    )


def _accord(lu: CritereLu) -> int | None:
    """The rank of the only answer given, None when there is none or several."""
    avis = {r.avis for r in lu.reponses if r.avis in ECHELLE}
    return ECHELLE[next(iter(avis))] if len(avis) == 1 else None


def _mesures(avant: CritereLu, apres: CritereLu) -> tuple[EvolutionMesure, ...]:
    anciennes = {m.mesure.id: m.valeur for m in avant.mesures}
    evolutions = []
    for lue in apres.mesures:
        a, b = anciennes.get(lue.mesure.id), lue.valeur
        if isinstance(a, bool | str) or isinstance(b, bool | str):
            continue
        if isinstance(a, int | float) and isinstance(b, int | float):
            evolutions.append(
                EvolutionMesure(mesure=lue.mesure, avant=a, apres=b, sens=_sens_mesure(lue.mesure, a, b))
            )
    return tuple(evolutions)


def _sens_mesure(mesure: Mesure, a: float, b: float) -> Literal["mieux", "stable", "moins-bien"] | None:
    if a == b:
        return "stable"
    if mesure.sens == "plus-haut-mieux":
        return "mieux" if b > a else "moins-bien"
    if mesure.sens == "plus-bas-mieux":
        return "mieux" if b < a else "moins-bien"
    return None
