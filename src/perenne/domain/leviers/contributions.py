"""The additive points of an action, each with its reason."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from perenne.domain.leviers.bareme import (
    CRITERES_DU_BESOIN,
    ECART,
    HORS_MOYENS,
    POINTS,
    STADE,
    NatureContribution,
)
from perenne.domain.leviers.compilation import Condition, compiler, faits_lus
from perenne.domain.regles.evaluation import Faits
from perenne.domain.savoir.commun import Provenance
from perenne.domain.savoir.leviers import Action, Effet, Instrument, Signal, Stade


@dataclass(frozen=True)
class Contribution:
    """One term of the sum.

    Attributes:
        nature: kind of term.
        cle: criterion, expression of the signal, stage, need, or empty.
        points: multiple of a half; negative when it advises against.
        motif: why, as the knowledge base says it; empty when the kind says it all.
        etat: the answer to the criterion, the level of fit with the stage.
        provenance: where the link between the fact and the action comes from.
    """

    nature: NatureContribution
    cle: str
    points: float
    motif: str = ""
    etat: str = ""
    provenance: Provenance = "proposition"


@dataclass(frozen=True)
class SignalCompile:
    """A signal ready to be read: `fonction` gives its truth, `points` are signed."""

    signal: Signal
    fonction: Condition
    points: float
    faits: tuple[str, ...]


@dataclass(frozen=True)
class Grille:
    """The terms of an action or of an instrument, compiled once.

    Attributes:
        effets: criterion's fact, signed points when it is wholly missing, and the effect.
        critere_besoin: criterion through which the action answers a documented need; empty when it has none.
        lus: every fact that a term reads.
        par_fait: by fact, the effects and the signals that read it.
        lies: pairs of facts that a same term reads.
    """

    id: str
    effets: tuple[tuple[str, float, Effet], ...]
    signaux: tuple[SignalCompile, ...]
    stades: Mapping[str, Stade]
    critere_besoin: str
    lus: frozenset[str]
    par_fait: Mapping[str, tuple[tuple[tuple[str, float, Effet], ...], tuple[SignalCompile, ...]]]
    lies: frozenset[frozenset[str]]

    def partiel(self, faits: Faits, fait: str) -> float:
        """The sum of the terms that read one fact: two of them differ by the effect of changing it."""
        effets, signaux = self.par_fait.get(fait, ((), ()))
        somme = 0.0
        for nom, points, _ in effets:
            reponse = faits.get(nom)
            if reponse is not None:
                somme += points * ECART.get(str(reponse), 0.0)
        for s in signaux:
            if s.fonction(faits):
                somme += s.points
        if fait == "stade" and (stade := self.stades.get(str(faits.get("stade")))) is not None:
            somme += STADE[stade.convient]
        return somme

    def total(self, faits: Faits, besoins: float = 0.0) -> float:
        """The sum of the points, moyens left out: the fast path, equal to the sum of the contributions."""
        somme = besoins if self.critere_besoin else 0.0
        for fait, points, _ in self.effets:
            reponse = faits.get(fait)
            if reponse is not None:
                somme += points * ECART.get(str(reponse), 0.0)
        for s in self.signaux:
            if s.fonction(faits):
                somme += s.points
        stade = self.stades.get(str(faits.get("stade")))
        return somme + (STADE[stade.convient] if stade is not None else 0.0)


@lru_cache(maxsize=512)
def _compiler_signal(si: str, sens: str, poids: str) -> tuple[Condition, float, tuple[str, ...]]:
    signe = 1.0 if sens == "appelle" else -1.0
    return compiler(si), signe * POINTS[poids], faits_lus(si)  # type: ignore[index]


def fait_du_critere(critere: str) -> str:
    """The fact that holds the answer to a criterion."""
    return f"critere_{critere.lower()}"


def compiler_grille(fiche: Action | Instrument) -> Grille:
    """Prepare an action or an instrument."""
    effets = tuple(
        (fait_du_critere(e.critere), POINTS[e.poids] if e.sens == "ameliore" else -POINTS[e.poids], e)
        for e in fiche.agit_sur
    )
    signaux = tuple(SignalCompile(s, *_compiler_signal(s.si, s.sens, s.poids)) for s in fiche.signaux)
    utiles = [(p, e.critere) for _, p, e in effets if e.critere in CRITERES_DU_BESOIN and p > 0]
    _, critere = max(utiles, default=(0.0, ""))
    stades = {s.stade: s for s in fiche.stades}
    lus = {f for f, _, _ in effets} | {f for s in signaux for f in s.faits} | ({"stade"} if stades else set())
    par_fait = {
        fait: (tuple(e for e in effets if e[0] == fait), tuple(s for s in signaux if fait in s.faits))
        for fait in lus
    }
    lies = frozenset(frozenset(p) for s in signaux for p in combinations(s.faits, 2))
    return Grille(fiche.id, effets, signaux, stades, critere, frozenset(lus), par_fait, lies)


def contributions(grille: Grille, faits: Faits, besoins: Mapping[str, float]) -> tuple[Contribution, ...]:
    """The non-zero terms, the largest first (sign apart); their sum is `grille.total`.

    Args:
        grille: the compiled terms.
        faits: known facts.
        besoins: points of each need that the enterprise answers; only the largest counts.
    """
    termes = [*_criteres(grille, faits), *_signaux(grille.signaux, faits)]
    stade = grille.stades.get(str(faits.get("stade")))
    if stade is not None:
        termes.append(
            Contribution(
                "stade", stade.stade, STADE[stade.convient], stade.motif, stade.convient, stade.provenance
            )
        )
    if grille.critere_besoin and besoins:
        points, besoin = max((v, k) for k, v in besoins.items())
        termes.append(Contribution("besoin", besoin, points, etat=grille.critere_besoin))
    return tuple(sorted((t for t in termes if t.points), key=lambda t: (-abs(t.points), t.nature, t.cle)))


def hors_moyens(natures: Iterable[str], moyens: frozenset[str]) -> tuple[Contribution, ...]:
    """The term of an action none of whose instruments is of a kind that the actor can use."""
    connues = set(natures)
    if not moyens or not connues or connues & moyens:
        return ()
    return (Contribution("moyens", "", HORS_MOYENS),)


def signaux_inconnus(grille: Grille, faits: Faits) -> tuple[SignalCompile, ...]:
    """The signals whose truth is not known yet."""
    return tuple(s for s in grille.signaux if s.fonction(faits) is None)


def somme(termes: Sequence[Contribution]) -> float:
    """The points of an action."""
    return sum(t.points for t in termes)


def _criteres(grille: Grille, faits: Faits) -> Iterable[Contribution]:
    for fait, points, effet in grille.effets:
        reponse = faits.get(fait)
        if reponse is not None:
            yield Contribution(
                "critere",
                effet.critere,
                points * ECART.get(str(reponse), 0.0),
                effet.motif,
                str(reponse),
                effet.provenance,
            )


def _signaux(signaux: Iterable[SignalCompile], faits: Faits) -> Iterable[Contribution]:
    for s in signaux:
        if s.fonction(faits):
            yield Contribution("signal", s.signal.si, s.points, s.signal.motif, "", s.signal.provenance)
