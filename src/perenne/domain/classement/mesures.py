"""How good a classification is: counts, intervals, F1."""

from __future__ import annotations

import math
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

Z_95 = 1.959964
"""Two-sided 95 % quantile of the normal law."""


def wilson(succes: int, essais: int, z: float = Z_95) -> tuple[float, float]:
    """Wilson's score interval of a proportion; (0, 1) when nothing was tried.

    Source: Wilson 1927; recommended for small numbers by Brown, Cai and DasGupta 2001.
    """
    if essais == 0:
        return 0.0, 1.0
    p, n = succes / essais, float(essais)
    centre = (p + z * z / (2 * n)) / (1 + z * z / n)
    demi = z * math.sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
    return max(0.0, centre - demi), min(1.0, centre + demi)


@dataclass(frozen=True)
class Comptes:
    """Right, wrong and missed labels."""

    vrais: int = 0
    faux: int = 0
    oublis: int = 0

    def __add__(self, autre: Comptes) -> Comptes:
        return Comptes(self.vrais + autre.vrais, self.faux + autre.faux, self.oublis + autre.oublis)

    @property
    def precision(self) -> float | None:
        """Share of given labels that are right; None when none was given."""
        donnes = self.vrais + self.faux
        return self.vrais / donnes if donnes else None

    @property
    def rappel(self) -> float | None:
        """Share of expected labels that were given; None when none was expected."""
        attendus = self.vrais + self.oublis
        return self.vrais / attendus if attendus else None

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall; 0 when nothing was given nor expected."""
        total = 2 * self.vrais + self.faux + self.oublis
        return 2 * self.vrais / total if total else 0.0


@dataclass(frozen=True, kw_only=True)
class Bilan:
    """Counts per activity, and their two usual averages."""

    par_activite: dict[str, Comptes]

    @property
    def total(self) -> Comptes:
        """All labels together."""
        return sum(self.par_activite.values(), Comptes())

    @property
    def micro_f1(self) -> float:
        """F1 of all labels together: frequent activities weigh more."""
        return self.total.f1

    @property
    def macro_f1(self) -> float:
        """Mean F1 over the activities that are expected at least once."""
        presentes = [c for c in self.par_activite.values() if c.vrais + c.oublis]
        return sum(c.f1 for c in presentes) / len(presentes) if presentes else 0.0


def compter(
    attendus: Sequence[AbstractSet[str]], donnes: Sequence[AbstractSet[str]], activites: Sequence[str]
) -> Bilan:
    """Compare expected and given labels, text by text.

    Raises:
        ValueError: the two sequences do not have the same length.
    """
    par_activite = {a: Comptes() for a in activites}
    for attendu, donne in zip(attendus, donnes, strict=True):
        for a in attendu | donne:
            par_activite[a] = par_activite.get(a, Comptes()) + Comptes(
                int(a in attendu and a in donne), int(a not in attendu), int(a not in donne)
            )
    return Bilan(par_activite=par_activite)
