"""The same decision for many legal units at once: every combination is decided once, then looked up."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from itertools import product
from typing import Any

import numpy as np
import numpy.typing as npt

from perenne.domain.ess.verdict import Decision, Indices, decider

VALEURS: dict[str, tuple[Any, ...]] = {
    "forme": ("", "de_droit", "sous_conditions", "non"),
    "forme_sure": (False, True),
    "association": (False, True),
    "mention": ("", "O", "N"),
    "ess_france": (False, True),
    "esus": (False, True),
    "siae": (False, True),
    "rna": (False, True),
    "etat_sirene": ("", "A", "C"),
    "etat_rna": ("", "A", "C"),
}
"""What each field may hold, in the order of `Indices`; the rank of a value is its code."""


@cache
def table_de_decision() -> tuple[Decision, ...]:
    """The decision of each combination, in the order of its number."""
    return tuple(
        decider(Indices(**dict(zip(VALEURS, valeurs, strict=True)))) for valeurs in product(*VALEURS.values())
    )


def numeroter(colonnes: Mapping[str, npt.NDArray[Any]]) -> npt.NDArray[np.int32]:
    """Number of the combination of each row.

    Args:
        colonnes: for each field of `Indices`, an array of codes (rank in `VALEURS`) or of booleans, all of
            one length.

    Returns:
        An index into `table_de_decision`.

    Raises:
        ValueError: a field is missing, or a code is out of bounds.
    """
    numero: npt.NDArray[np.int32] | None = None
    for nom, valeurs in VALEURS.items():
        if nom not in colonnes:
            raise ValueError(f"champ absent : {nom}")
        codes = np.asarray(colonnes[nom]).astype(np.int32)
        if codes.size and (codes.min() < 0 or codes.max() >= len(valeurs)):
            raise ValueError(f"code hors bornes : {nom}")
        numero = codes if numero is None else numero * len(valeurs) + codes
    assert numero is not None
    return numero


def coder(nom: str, textes: npt.NDArray[Any]) -> npt.NDArray[np.int32]:
    """Codes of a column of texts; a text that the field does not know counts as « not known » (0)."""
    codes = np.zeros(len(textes), np.int32)
    for rang, valeur in enumerate(VALEURS[nom]):
        if rang:
            codes[textes == valeur] = rang
    return codes
