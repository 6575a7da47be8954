"""Measures of an order against the actions really taken, with paired bootstrap intervals."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Mesure = Callable[[Sequence[str], Collection[str]], float]


def rappel(k: int) -> Mesure:
    """Share of the actions taken that stand among the first k."""
    return lambda ordre, vrais: len(set(ordre[:k]) & set(vrais)) / len(vrais)


def touche(k: int) -> Mesure:
    """1 when one of the first k was taken."""
    return lambda ordre, vrais: float(bool(set(ordre[:k]) & set(vrais)))


def ndcg(k: int) -> Mesure:
    """Discounted gain of the first k, relative to the best possible order; gain 1 for an action taken.

    Source: Järvelin & Kekäläinen, 2002, with a log2 discount.
    """

    def mesurer(ordre: Sequence[str], vrais: Collection[str]) -> float:
        gain = sum(1 / math.log2(i + 2) for i, a in enumerate(ordre[:k]) if a in vrais)
        return gain / sum(1 / math.log2(i + 2) for i in range(min(k, len(vrais))))

    return mesurer


MESURES: Mapping[str, Mesure] = {
    "rappel@3": rappel(3),
    "rappel@5": rappel(5),
    "touche@3": touche(3),
    "ndcg@5": ndcg(5),
}


def couverture(ordres: Sequence[Sequence[str]], k: int, nombre: int) -> float:
    """Share of the `nombre` actions that stand at least once among the first k."""
    return len({a for o in ordres for a in o[:k]}) / nombre


@dataclass(frozen=True)
class Intervalle:
    """A mean over enterprises and its 95 % percentile interval."""

    moyenne: float
    bas: float
    haut: float

    @property
    def exclut_zero(self) -> bool:
        """Whether the interval is wholly on one side of zero."""
        return self.bas > 0 or self.haut < 0


TIRAGES = 10_000


def tirer(nombre: int, graine: int, tirages: int = TIRAGES) -> NDArray[np.int64]:
    """Bootstrap samples of enterprises, drawn once so that every comparison is paired.

    Returns:
        Indices, shape (tirages, nombre).
    """
    return np.random.default_rng(graine).integers(0, nombre, size=(tirages, nombre))


def intervalle(valeurs: Sequence[float], indices: NDArray[np.int64]) -> Intervalle:
    """Mean and percentile interval.

    Args:
        valeurs: one per enterprise; differences for a paired comparison.
        indices: samples of `tirer`, for as many enterprises.
    """
    tableau = np.asarray(valeurs, dtype=float)
    moyennes = tableau[indices].mean(axis=1)
    bas, haut = np.percentile(moyennes, [2.5, 97.5])
    return Intervalle(float(tableau.mean()), float(bas), float(haut))
