"""Arrow columns from arrays of numbers: digits, texts, dates, without a Python loop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Masque = npt.NDArray[np.bool_]
_ZERO = ord("0")


def chiffres(valeurs: npt.NDArray[Any], largeur: int) -> npt.NDArray[np.uint8]:
    """Characters of each number, zeros on the left: one row a number."""
    reste = valeurs.astype(np.uint64)
    lettres = np.empty((len(reste), largeur), np.uint8)
    for place in range(largeur - 1, -1, -1):
        quotient = reste // np.uint64(10)
        lettres[:, place] = (reste - quotient * np.uint64(10)).astype(np.uint8) + _ZERO
        reste = quotient
    return lettres


def cle_de_luhn(lettres: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The digit that makes a SIREN or a SIRET valid, for each row of its other digits."""
    somme = np.zeros(len(lettres), np.int64)
    for ecart, place in enumerate(range(lettres.shape[1] - 1, -1, -1)):
        chiffre = lettres[:, place].astype(np.int64) - _ZERO
        if ecart % 2 == 0:
            chiffre *= 2
            chiffre -= 9 * (chiffre > 9)
        somme += chiffre
    return (-somme % 10).astype(np.uint8) + _ZERO


def avec_cle(lettres: npt.NDArray[np.uint8]) -> npt.NDArray[np.uint8]:
    """The rows with their key."""
    return np.column_stack([lettres, cle_de_luhn(lettres)])


def textes(lettres: npt.NDArray[np.uint8], vides: Masque | None = None) -> pa.Array:
    """Texts of equal length from their characters; null where `vides`."""
    n, largeur = lettres.shape
    debuts = pa.py_buffer(np.arange(0, (n + 1) * largeur, largeur, dtype=np.int32))
    colonne = pa.StringArray.from_buffers(n, debuts, pa.py_buffer(np.ascontiguousarray(lettres)))
    return colonne if vides is None else sans(colonne, vides)


def sans(colonne: pa.Array, vides: Masque) -> pa.Array:
    """The column, null where `vides`."""
    return pc.if_else(pa.array(vides), pa.scalar(None, colonne.type), colonne)


def choix(
    rangs: npt.NDArray[Any], valeurs: Sequence[str] | pa.Array, vides: Masque | None = None
) -> pa.Array:
    """The value of each index, kept as a dictionary (small, and fast to write)."""
    indices = pa.array(rangs.astype(np.int32), mask=vides)
    table = valeurs if isinstance(valeurs, pa.Array) else pa.array(list(valeurs), pa.string())
    return pa.DictionaryArray.from_arrays(indices, table)


def en_clair(colonne: pa.Array) -> pa.Array:
    """A dictionary as plain texts."""
    return colonne.cast(pa.string()) if pa.types.is_dictionary(colonne.type) else colonne


def coller(*morceaux: Any, entre: str = " ") -> pa.Array:
    """Texts put side by side; a null piece is left out."""
    return pc.binary_join_element_wise(
        *[en_clair(m) if isinstance(m, pa.Array) else m for m in morceaux],
        entre,
        null_handling="skip",
    )


def drapeau(vrais: Masque, oui: str = "O", non: str = "N", vides: Masque | None = None) -> pa.Array:
    """Two texts."""
    return choix((~vrais).astype(np.int32), (oui, non), vides)


def dates(jours: npt.NDArray[Any], vides: Masque | None = None) -> pa.Array:
    """Days since 1970."""
    return pa.array(jours.astype(np.int32), pa.int32(), mask=vides).cast(pa.date32())


def instants(secondes: npt.NDArray[Any]) -> pa.Array:
    """Seconds since 1970."""
    return pa.array(secondes.astype(np.int64), pa.timestamp("s")).cast(pa.timestamp("ms"))


def entiers(valeurs: npt.NDArray[Any], vides: Masque | None = None) -> pa.Array:
    """64-bit integers."""
    return pa.array(valeurs.astype(np.int64), pa.int64(), mask=vides)


def rien(n: int, type_: pa.DataType | None = None) -> pa.Array:
    """A column without any value."""
    return pa.nulls(n, type_ or pa.string())
