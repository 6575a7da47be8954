"""The order in which enterprises are shown: active ones first, then by verdict, employer, size and name."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

VERDICTS = ("oui", "probable", "inconnu", "non")
EMPLOYEURS = ("O", "", "N")
ETATS_FERMES = ("fermee", "dissoute")
EFFECTIFS = ("53", "52", "51", "42", "41", "32", "31", "22", "21", "12", "11", "03", "02", "01", "00")
"""Bands of headcount of Insee, the largest first; what is not one of them comes last."""


def classer(entreprises: pa.Table, alphabet: npt.NDArray[np.int64]) -> npt.NDArray[np.uint32]:
    """The rank of each enterprise, in the order of the table.

    Args:
        entreprises: columns `etat`, `verdict`, `employeur` and `effectif`.
        alphabet: place of each in the alphabetical order of names, those without a name last.
    """
    fermee = pc.is_in(entreprises["etat"], pa.array(ETATS_FERMES)).to_numpy(zero_copy_only=False)
    ordre = np.lexsort(
        (
            alphabet,
            _place(entreprises["effectif"], EFFECTIFS),
            _place(entreprises["employeur"], EMPLOYEURS),
            _place(entreprises["verdict"], VERDICTS),
            fermee,
        )
    )
    rangs = np.empty(len(ordre), np.uint32)
    rangs[ordre] = np.arange(len(ordre), dtype=np.uint32)
    return rangs


def _place(colonne: pa.ChunkedArray, valeurs: tuple[str, ...]) -> npt.NDArray[np.int64]:
    """Place of each value, the number of values for one that is not among them."""
    trouvees = pc.index_in(pc.fill_null(colonne, ""), pa.array(valeurs))
    return np.asarray(pc.fill_null(trouvees, len(valeurs)).to_numpy(), np.int64)
