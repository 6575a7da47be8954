"""Penalised logistic regression, small enough to need no other library than scipy."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

Reels = NDArray[np.float64]


def ajuster(x: Any, y: NDArray[np.bool_], *, penalite: float, equilibre: bool = False) -> tuple[float, Reels]:
    """Intercept and weights that minimise the log-loss plus `penalite` / 2 × the squared weights.

    Args:
        x: dense or sparse matrix, one row per text.
        y: what is expected, one per row.
        penalite: of the weights, never of the intercept.
        equilibre: give as much weight to the rare answer as to the frequent one.

    Raises:
        ValueError: only one answer is present.
    """
    oui = int(y.sum())
    if oui in (0, len(y)):
        raise ValueError("il faut des exemples des deux sortes")
    poids = np.where(y, len(y) / (2 * oui), len(y) / (2 * (len(y) - oui))) if equilibre else np.ones(len(y))
    signe = np.where(y, 1.0, -1.0)

    def cout(theta: Reels) -> tuple[float, Reels]:
        marge = signe * (x @ theta[1:] + theta[0])
        pente = -poids * signe / (1 + np.exp(np.clip(marge, -500, 500)))
        perte = float(poids @ np.logaddexp(0, -marge)) + penalite / 2 * float(theta[1:] @ theta[1:])
        return perte, np.concatenate(([pente.sum()], np.asarray(x.T @ pente).ravel() + penalite * theta[1:]))

    depart = np.zeros(x.shape[1] + 1)
    trouve = minimize(cout, depart, jac=True, method="L-BFGS-B", options={"maxiter": 200})
    return float(trouve.x[0]), np.asarray(trouve.x[1:], dtype=np.float64)
