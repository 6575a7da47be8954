"""The Beta distribution: what a proportion may be, after few observations."""

from __future__ import annotations

import math
from functools import lru_cache

_PRECISION = 1e-14
_TOURS = 300


def repartition_beta(x: float, a: float, b: float) -> float:
    """Regularised incomplete beta function I_x(a, b).

    Args:
        x: in [0, 1].
        a, b: shape parameters, above 0.

    Returns:
        Probability that a Beta(a, b) is at most x, within about 1e-12.

    Source: continued fraction of Numerical Recipes, §6.4, evaluated by Lentz's method.
    """
    if x <= 0.0:
        return 0.0
    if x >= 1.0:
        return 1.0
    log_facteur = math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log1p(-x)
    facteur = math.exp(log_facteur)
    if x < (a + 1) / (a + b + 2):
        return facteur * _fraction(x, a, b) / a
    return 1.0 - facteur * _fraction(1 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    minuscule = 1e-300
    c, d = 1.0, 1.0 / _sans_zero(1.0 - (a + b) * x / (a + 1.0), minuscule)
    h = d
    for m in range(1, _TOURS):
        pair = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        impair = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        for terme in (pair, impair):
            d = 1.0 / _sans_zero(1.0 + terme * d, minuscule)
            c = _sans_zero(1.0 + terme / c, minuscule)
            h *= d * c
        if abs(d * c - 1.0) < _PRECISION:
            break
    return h


def _sans_zero(x: float, minuscule: float) -> float:
    return x if abs(x) > minuscule else minuscule


@lru_cache(maxsize=8192)
def quantile_beta(p: float, a: float, b: float) -> float:
    """The value below which a Beta(a, b) falls with probability p, by bisection, within 1e-12.

    Raises:
        ValueError: p is outside [0, 1], or a shape parameter is not above 0.
    """
    if not 0.0 <= p <= 1.0 or a <= 0.0 or b <= 0.0:
        raise ValueError("p must be in [0, 1] and both parameters above 0")
    bas, haut = 0.0, 1.0
    for _ in range(60):
        milieu = (bas + haut) / 2
        if repartition_beta(milieu, a, b) < p:
            bas = milieu
        else:
            haut = milieu
    return (bas + haut) / 2
