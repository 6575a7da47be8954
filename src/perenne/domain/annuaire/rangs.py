"""Lists of ranks written in few bytes: as they are, as small gaps, or as bits, whichever is shortest."""

from __future__ import annotations

import numpy as np

from perenne.domain.annuaire.masques import Masque, Rangs, masquer

_BRUTS, _ECARTS, _BITS = b"\x00", b"\x01", b"\x02"
_GRAND = 255


def ecrire_rangs(rangs: Rangs, total: int) -> bytes:
    """Ranks in increasing order, without repetition, out of `total`, as bytes."""
    if len(rangs) * _GRAND < total:  # most gaps would not hold in a byte
        return _BRUTS + rangs.astype("<u4").tobytes()
    ecarts = np.diff(rangs.astype(np.int64), prepend=-1) - 1
    grands = ecarts >= _GRAND
    taille = len(ecarts) + 4 * int(grands.sum())
    if taille > total / 8:
        return _BITS + masquer(rangs, total).tobytes()
    if taille >= 4 * len(rangs):
        return _BRUTS + rangs.astype("<u4").tobytes()
    # One byte a gap; 255 says that the gap is in the second part, on four bytes.
    petits = np.where(grands, _GRAND, ecarts).astype(np.uint8)
    return (
        _ECARTS
        + len(petits).to_bytes(4, "little")
        + petits.tobytes()
        + ecarts[grands].astype("<u4").tobytes()
    )


def est_masque(octets: bytes) -> bool:
    """Whether they are written as bits."""
    return octets[:1] == _BITS


def lire_masque(octets: bytes, total: int) -> Masque:
    """The set written so."""
    if est_masque(octets):
        return np.frombuffer(octets[1:], np.uint64)  # copied, so that it is aligned
    return masquer(lire_rangs(octets), total)


def lire_rangs(octets: bytes) -> Rangs:
    """The ranks written as they are or as gaps.

    Raises:
        ValueError: they are written as bits; `lire_masque` reads those.
    """
    if octets[:1] == _BRUTS:
        return np.frombuffer(octets, "<u4", offset=1)
    if octets[:1] != _ECARTS:
        raise ValueError("ranks written as bits")
    nombre = int.from_bytes(octets[1:5], "little")
    ecarts = np.frombuffer(octets, np.uint8, count=nombre, offset=5).astype(np.uint32)
    ecarts[ecarts == _GRAND] = np.frombuffer(octets, "<u4", offset=5 + nombre)
    return np.cumsum(ecarts + 1, dtype=np.uint32) - np.uint32(1)
