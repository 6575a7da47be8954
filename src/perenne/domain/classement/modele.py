"""The few numbers learnt from texts read by people: they only weigh what the patterns find."""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

FIABILITE_A_PRIORI = 0.8
"""Chance that a strong pattern nobody has measured yet is right (reading of fresh texts: 0.75 to 0.81)."""

POIDS_A_PRIORI = 3.0
"""How many readings that first guess is worth."""

MOTS_MINIMUM = 4
"""Below this number of words, a text is weighed as if it had that many: one word alone proves little."""


@dataclass(frozen=True, kw_only=True)
class Lineaire:
    """Logistic model of one activity over the words and pairs of words present in the text."""

    biais: float
    poids: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Modele:
    """Learnt numbers.

    Attributes:
        coefficients: weight of each trait of `traits.calculer`, and `constante`.
        fiabilites: for (activity, text of the strong pattern), how many read texts it matched, and rightly.
        lineaires: one linear model per activity with enough read texts; empty: patterns only.
        seuil: least probability to give an activity.
        seuil_haute: least probability for a high confidence.
        provenance: where and when it was learnt, as kept with it.
    """

    coefficients: Mapping[str, float]
    fiabilites: Mapping[tuple[str, str], tuple[int, int]] = field(default_factory=dict)
    lineaires: Mapping[str, Lineaire] = field(default_factory=dict)
    seuil: float = 0.35
    seuil_haute: float = 0.8
    provenance: Mapping[str, str] = field(default_factory=dict)

    def fiabilite(self, activite: str, motif: str) -> float:
        """Log-odds that the pattern is right, pulled towards the first guess when little was read."""
        vus, justes = self.fiabilites.get((activite, motif), (0, 0))
        return logit_de_fiabilite(vus, justes)


def logit_de_fiabilite(vus: int, justes: int) -> float:
    """Log-odds of the smoothed precision of a pattern (`vus` texts matched, `justes` rightly)."""
    p = (justes + FIABILITE_A_PRIORI * POIDS_A_PRIORI) / (vus + POIDS_A_PRIORI)
    return math.log(p / (1 - p))


def unites(forme: str) -> set[str]:
    """Words and pairs of neighbouring words of a normalised text."""
    mots = forme.split()
    return {*mots, *(f"{a} {b}" for a, b in itertools.pairwise(mots))}


def longueur(forme: str) -> float:
    """Square root of the number of distinct words: a long text does not weigh more than a short one."""
    return math.sqrt(max(MOTS_MINIMUM, len(set(forme.split()))))


def scores_lineaires(modele: Modele, forme: str) -> Iterator[tuple[str, float]]:
    """Log-odds of each activity that has a linear model."""
    if not modele.lineaires:
        return
    presentes, norme = unites(forme), longueur(forme)
    for activite, lineaire in modele.lineaires.items():
        poids = lineaire.poids
        total = sum(poids[u] for u in presentes if u in poids)
        yield activite, lineaire.biais + total / norme


def sigmoide(x: float) -> float:
    """Logistic function, without overflow."""
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))
