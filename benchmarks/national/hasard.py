"""Draws that depend on a rank and on nothing else: the same row comes out the same in every file.

A legal unit is known to Sirene, to the register of associations and to the lists. Each of these files is
written on its own, by its own process; what they have in common is drawn again, from the rank of the unit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
import numpy.typing as npt

Rangs = npt.NDArray[np.uint64]
GRAINE = 20261123
_BITS = 20


def tirer(rangs: Rangs, sel: int) -> Rangs:
    """64 random bits for each rank; another `sel`, an independent draw (splitmix64)."""
    z = rangs * np.uint64(0x9E3779B97F4A7C15) + np.uint64((GRAINE * 1_000_003 + sel * 0xD1B54A33) % 2**64)
    z ^= z >> np.uint64(30)
    z *= np.uint64(0xBF58476D1CE4E5B9)
    z ^= z >> np.uint64(27)
    z *= np.uint64(0x94D049BB133111EB)
    z ^= z >> np.uint64(31)
    return z


def parmi(rangs: Rangs, sel: int, nombre: int) -> npt.NDArray[np.int64]:
    """An integer in [0, nombre) for each rank."""
    return ((tirer(rangs, sel) >> np.uint64(11)) % np.uint64(nombre)).astype(np.int64)


def unite(rangs: Rangs, sel: int) -> npt.NDArray[np.float64]:
    """A number in [0, 1) for each rank."""
    return (tirer(rangs, sel) >> np.uint64(11)).astype(np.float64) / 2.0**53


def chance(rangs: Rangs, sel: int, part: float) -> npt.NDArray[np.bool_]:
    """True for that part of the ranks."""
    return tirer(rangs, sel) < np.uint64(min(part * 2.0**64, 2.0**64 - 2048))


class Urne:
    """Draws among values of unequal parts, in one look-up."""

    def __init__(self, parts: Sequence[float] | npt.NDArray[np.float64]) -> None:
        poids = np.asarray(parts, np.float64)
        bornes = np.round(np.cumsum(poids) / poids.sum() * 2**_BITS).astype(np.int64)
        self._table = np.repeat(np.arange(len(poids), dtype=np.int32), np.diff(bornes, prepend=0))

    def tirer(self, rangs: Rangs, sel: int) -> npt.NDArray[np.int32]:
        """Index of a value for each rank; a part under one in a million may never come out."""
        return self._table[(tirer(rangs, sel) >> np.uint64(64 - _BITS)).astype(np.int64)]


class Choix:
    """An urn of named values: `valeurs` for the dictionary of a column, `tirer` for its indices."""

    def __init__(self, parts: Mapping[str, float]) -> None:
        self.valeurs = tuple(parts)
        self._urne = Urne(list(parts.values()))

    def tirer(self, rangs: Rangs, sel: int) -> npt.NDArray[np.int32]:
        """Index in `valeurs` for each rank."""
        return self._urne.tirer(rangs, sel)
