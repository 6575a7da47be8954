"""Laws of delays and parts, and their draws: integers, reproducible by seed, independent of the other flows.

A flow has one uniform number a draw for its delays and one for its amounts: a payer late once is late for
all its
instalments, a weak year is weak all year. Independent months would average out and understate the risk.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Vecteur = npt.NDArray[np.int64]
Uniformes = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Loi:
    """A law over integers: days of difference with the central delay, or parts in millionths.

    Attributes:
        flux: id of the flow, which owns the uniform numbers.
        sorte: "delai" or "part".
        minimum, mode, maximum: triangular law, minimum ≤ mode ≤ maximum.
        observes: when not empty, each value is equally likely and the triangle is ignored.
    """

    flux: str
    sorte: str
    minimum: int
    mode: int
    maximum: int
    observes: tuple[int, ...] = ()

    @property
    def central(self) -> int:
        """Value of the central run: the mode, or the (lower) median of what was observed."""
        if self.observes:
            tries = sorted(self.observes)
            return tries[(len(tries) - 1) // 2]
        return self.mode

    @property
    def pire(self) -> int:
        """Worst value for a receipt: the longest delay, the smallest part."""
        if self.sorte == "delai":
            return max(self.observes) if self.observes else self.maximum
        return min(self.observes) if self.observes else self.minimum

    @property
    def haut(self) -> int:
        """Largest value."""
        return max(self.observes) if self.observes else self.maximum

    def quantile(self, u: Uniformes) -> Vecteur:
        """Inverse distribution function, rounded to the nearest integer.

        Args:
            u: numbers in [0, 1).
        """
        if self.observes:
            tries = np.array(sorted(self.observes), dtype=np.int64)
            return tries[(u * len(tries)).astype(np.int64)]
        a, c, b = float(self.minimum), float(self.mode), float(self.maximum)
        if b <= a:
            return np.full(u.shape, self.mode, dtype=np.int64)
        coupe = (c - a) / (b - a)
        gauche = a + np.sqrt(u * (b - a) * (c - a))
        droite = b - np.sqrt((1.0 - u) * (b - a) * (b - c))
        return np.rint(np.where(u < coupe, gauche, droite)).astype(np.int64)


@dataclass(frozen=True)
class Tirages:
    """Values drawn: one row a law (in the order of the compiled plan), one column a draw."""

    valeurs: Vecteur

    @property
    def nombre(self) -> int:
        """Number of draws."""
        return int(self.valeurs.shape[1])

    def colonne(self, rang: int) -> tuple[int, ...]:
        """The values of one draw, for the reference engine."""
        return tuple(int(v) for v in self.valeurs[:, rang])


def tirer(lois: Sequence[Loi], nombre: int, graine: int) -> Tirages:
    """Draw all laws.

    The stream of a flow depends on the seed and its id only: a lever added to the plan leaves the other draws
    as they were, so that two plans are compared on the same luck.

    Args:
        lois: laws of the compiled plan.
        nombre: number of draws, at least 1.
        graine: any non-negative integer.
    """
    uniformes: dict[tuple[str, str], Uniformes] = {}
    valeurs = np.empty((len(lois), nombre), dtype=np.int64)
    for rang, loi in enumerate(lois):
        cle = (loi.flux, loi.sorte)
        if cle not in uniformes:
            empreinte = hashlib.sha256("/".join(cle).encode()).digest()
            uniformes[cle] = np.random.default_rng([graine, int.from_bytes(empreinte[:8], "big")]).random(
                nombre
            )
        valeurs[rang] = loi.quantile(uniformes[cle])
    return Tirages(valeurs)


def centrer(lois: Sequence[Loi]) -> Tirages:
    """One draw with every law at its central value."""
    return Tirages(np.array([[loi.central] for loi in lois], dtype=np.int64).reshape(len(lois), 1))
