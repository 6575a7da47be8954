"""The place of a value among comparable ones: mid-rank percentile, rank, quartiles."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perenne.domain.savoir.indicateurs import Sens

Vecteur = npt.NDArray[np.float64]


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a value stands.

    Attributes:
        percentile: mid-rank in percent, in (0, 100): 100 × (lower + half of the equal ones) / all, itself
            included.
        rang: 1 for the highest; equal values share the best rank.
        compares: values compared, itself included.
        quartile_bas, mediane, quartile_haut: of the values compared.
    """

    percentile: float
    rang: int
    compares: int
    quartile_bas: float
    mediane: float
    quartile_haut: float


def placer(valeur: float, autres: Vecteur) -> Place:
    """Place a value among others.

    Args:
        valeur: the value placed, finite.
        autres: values of the other comparable territories, itself excluded, finite, any order.

    Returns:
        Its place. The percentile and the rank do not change when a strictly increasing function is applied to
        all values; they do not depend on the order of `autres`.

    Raises:
        ValueError: a value is not finite.
    """
    if not np.isfinite(valeur) or not np.isfinite(autres).all():
        raise ValueError("values must be finite")
    plus_bas = int(np.count_nonzero(autres < valeur))
    plus_haut = int(np.count_nonzero(autres > valeur))
    n = len(autres) + 1
    egaux = n - plus_bas - plus_haut
    toutes = np.sort(np.append(autres, valeur))
    q1, q2, q3 = (_quantile(toutes, q) for q in (0.25, 0.5, 0.75))
    return Place(
        percentile=100 * (plus_bas + egaux / 2) / n,
        rang=plus_haut + 1,
        compares=n,
        quartile_bas=q1,
        mediane=q2,
        quartile_haut=q3,
    )


def _quantile(triees: Vecteur, part: float) -> float:
    """Linear interpolation between the two nearest ranks, as `numpy.percentile`, whose import costs more."""
    place = part * (len(triees) - 1)
    bas = int(place)
    haut = min(bas + 1, len(triees) - 1)
    return float(triees[bas] + (place - bas) * (triees[haut] - triees[bas]))


def fragilite(percentile: float, sens: Sens) -> float | None:
    """Turn a percentile so that 100 is the most fragile; None for an indicator of context."""
    if sens == "contexte":
        return None
    return percentile if sens == "plus_haut" else 100 - percentile


def decile(fragilite_pct: float) -> int:
    """The decile of a fragility in [0, 100]: 0 to 9, 9 for the tenth most fragile."""
    return max(0, min(9, int(fragilite_pct // 10)))
