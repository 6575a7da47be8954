"""The exact interval of a small count: what an observed number allows to say of the rate behind it."""

from __future__ import annotations

import math
from functools import lru_cache
from statistics import NormalDist

NIVEAU = 0.95
"""Coverage of the intervals: the usage of published rates."""

_PRECISION = 1e-12
_TOURS_MAX = 60
_GRAND = 200
"""From this count a series gives the quantile to 1e-9, without summing hundreds of terms."""


@lru_cache(maxsize=65536)
def borner(nombre: int, niveau: float = NIVEAU) -> tuple[float, float]:
    """The exact (Garwood) limits of the mean of a Poisson variable observed once.

    Args:
        nombre: the count observed, 0 or more.
        niveau: coverage, in (0, 1).

    Returns:
        The lower and the upper limit: the means for which a count as high, and as low, has a probability of
        (1 - niveau) / 2. The lower limit of a zero is 0. Relative error under 1e-9.

    Raises:
        ValueError: a negative count, or a coverage out of bounds.

    Source: Garwood, F. (1936), Biometrika 28. They are half the quantiles of a chi-squared law with
    2 × nombre and 2 × nombre + 2 degrees of freedom.
    """
    if nombre < 0 or not 0 < niveau < 1:
        raise ValueError("a count is positive and a coverage is between 0 and 1")
    queue = (1 - niveau) / 2
    bas = 0.0 if nombre == 0 else _resoudre(nombre - 1, 1 - queue)
    return bas, _resoudre(nombre, queue)


def _resoudre(k: int, probabilite: float) -> float:
    """The mean for which a count of at most k has that probability: Newton from Wilson and Hilferty."""
    degres = k + 1.0
    z = NormalDist().inv_cdf(1 - probabilite)
    if k >= _GRAND:
        return _developper(2 * degres, z) / 2
    moyenne = degres * max(0.05, 1 - 1 / (9 * degres) + z / (3 * math.sqrt(degres))) ** 3
    for _ in range(_TOURS_MAX):
        pas = (_repartition(k, moyenne) - probabilite) / _masse(k, moyenne)
        # Far from the root a whole step may leave the positive numbers: half of the way is always safe.
        suivante = max(moyenne + pas, moyenne / 2)
        if abs(suivante - moyenne) <= _PRECISION * suivante:
            return suivante
        moyenne = suivante
    return moyenne


def _developper(n: float, z: float) -> float:
    """Quantile of a chi-squared law of n degrees of freedom, z that of the normal law.

    Source: Goldberg and Levine (1946), Annals of Mathematical Statistics 17: series of Cornish and Fisher.
    """
    r, s = math.sqrt(2), math.sqrt(n)
    return (
        n
        + z * r * s
        + 2 * (z**2 - 1) / 3
        + (z**3 - 7 * z) / (9 * r) / s
        - (6 * z**4 + 14 * z**2 - 32) / 405 / n
        + (9 * z**5 + 256 * z**3 - 433 * z) / (4860 * r) / (n * s)
        + (12 * z**6 - 243 * z**4 - 923 * z**2 + 1472) / 25515 / (n * n)
    )


def _masse(k: int, moyenne: float) -> float:
    return math.exp(k * math.log(moyenne) - moyenne - math.lgamma(k + 1))


def _repartition(k: int, moyenne: float) -> float:
    """Probability of at most k, summed from k in the direction where the terms fall."""
    terme = _masse(k, moyenne)
    if moyenne >= k:
        total, i = terme, k
        while i > 0 and terme > total * 1e-17:
            terme *= i / moyenne
            total += terme
            i -= 1
        return total
    total, i = 0.0, k
    terme *= moyenne / (k + 1)
    while terme > 1e-17 * max(total, 1e-300):
        i += 1
        total += terme
        terme *= moyenne / (i + 1)
    return 1 - total
