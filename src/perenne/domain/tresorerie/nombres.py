"""Integer arithmetic shared by both engines: it takes Python integers and numpy int64 arrays alike."""

from __future__ import annotations

from typing import TypeVar

import numpy as np
import numpy.typing as npt

Entiers = TypeVar("Entiers", int, npt.NDArray[np.int64])

POINTS = 10_000
"""Basis points in one."""
MILLION = 1_000_000
"""Parts drawn at random are integers in millionths."""
JOURS_AN = 365
"""Day-count basis of short interest (exact/365)."""


def quotient_arrondi(numerateur: Entiers, denominateur: int) -> Entiers:
    """Nearest integer to `numerateur / denominateur`, halves upwards (towards +∞).

    Args:
        numerateur: integer or int64 array, |value| < 4.6e18 (it is doubled).
        denominateur: strictly positive integer.
    """
    return (2 * numerateur + denominateur) // (2 * denominateur)


def proportion(montant: Entiers, points: int) -> Entiers:
    """`points` basis points of an amount in cents, rounded to the cent."""
    return quotient_arrondi(montant * points, POINTS)


def interets(capital_jours: Entiers, taux: int) -> Entiers:
    """Simple interest in cents on a sum of daily balances (cents × days) at `taux` basis points a year."""
    return quotient_arrondi(capital_jours * taux, POINTS * JOURS_AN)
