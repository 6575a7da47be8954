"""Sets of enterprises as bits, one for each rank, crossed and counted sixty-four at a time."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

Masque = npt.NDArray[np.uint64]
Rangs = npt.NDArray[np.uint32]
_BITS = 64
_PEU = 20_000
"""Under this number of ranks, setting them one by one is faster than packing bits."""

_PREMIERS = 4096
"""Bytes looked at first when only some ranks are wanted."""


def vide(total: int) -> Masque:
    """No enterprise, out of `total`."""
    return np.zeros(-(-total // _BITS), np.uint64)


def plein(total: int) -> Masque:
    """All of them."""
    masque = np.full(-(-total // _BITS), ~np.uint64(0))
    if total % _BITS:
        masque[-1] = (np.uint64(1) << np.uint64(total % _BITS)) - np.uint64(1)
    return masque


def masquer(rangs: Rangs, total: int) -> Masque:
    """The set of these ranks, in any order, repeated or not."""
    if len(rangs) < _PEU:
        masque = vide(total)
        bits = np.uint64(1) << (rangs & np.uint32(_BITS - 1)).astype(np.uint64)
        np.bitwise_or.at(masque, rangs >> np.uint32(6), bits)
        return masque
    presents = np.zeros(-(-total // _BITS) * _BITS, np.bool_)
    presents[rangs] = True
    return np.packbits(presents, bitorder="little").view(np.uint64)


def unir(masques: Iterable[Masque], total: int) -> Masque:
    """Those that are in one of the sets."""
    somme = vide(total)
    for masque in masques:
        somme |= masque
    return somme


def compter(masque: Masque) -> int:
    """How many."""
    return int(np.bitwise_count(masque).sum())


def compter_parmi(masque: Masque, rangs: Rangs) -> int:
    """How many of these ranks, each given once, are in the set."""
    bits = masque[rangs >> np.uint32(6)] >> (rangs & np.uint32(63)).astype(np.uint64)
    return int((bits & np.uint64(1)).sum())


def lister(masque: Masque, debut: int = 0, limite: int | None = None) -> Rangs:
    """Ranks of the set, in order.

    Args:
        debut: the first rank wanted.
        limite: how many at most; all when None.
    """
    octets = masque.view(np.uint8)
    premier = debut // 8
    fin = len(octets) if limite is None else min(len(octets), premier + _PREMIERS)
    while True:
        pleins = np.flatnonzero(octets[premier:fin]) + premier
        if limite is not None:
            if len(pleins) <= limite and fin < len(octets):
                fin = min(len(octets), premier + 16 * (fin - premier))
                continue
            pleins = pleins[: limite + 1]  # the first byte may hold only ranks before the one wanted
        bits = np.unpackbits(octets[pleins], bitorder="little").reshape(-1, 8)
        lignes, colonnes = np.nonzero(bits)
        rangs = (pleins[lignes] * 8 + colonnes).astype(np.uint32)
        return rangs[rangs >= debut][:limite]
