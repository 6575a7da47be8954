"""How the values of several communes make the value of one territory, and how much of it they cover.

The pipeline uses it for the territories that it publishes, the diagnosis for unions: one rule, one answer.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perenne.domain.savoir.indicateurs import Indicateur

Vecteur = npt.NDArray[np.float64]

COUVERTURE_ENTIERE = 1 - 1e-9


@dataclass(frozen=True, kw_only=True)
class Agregat:
    """The value of a set of communes.

    Attributes:
        valeur: in the unit of the indicator; None when no commune is observed or when it may not be
            aggregated.
        numerateur, denominateur: sums over the observed communes; None when they mean nothing for the rule.
        couverture: share of the inhabitants living in an observed commune, in [0, 1].
        approche: the rule is an approximation, or some inhabitants are not covered.
    """

    valeur: float | None
    numerateur: float | None
    denominateur: float | None
    couverture: float
    approche: bool


def agreger(
    indicateur: Indicateur,
    valeurs: Vecteur,
    numerateurs: Vecteur,
    denominateurs: Vecteur,
    populations: Vecteur,
) -> Agregat:
    """Aggregate communes.

    Args:
        indicateur: says the rule. For `moyenne-ponderee`, denominators are the weights; for `taux-annuel`,
            numerators are the last populations and denominators the first ones.
        valeurs, numerateurs, denominateurs: one number a commune, NaN when not observed.
        populations: inhabitants, NaN counted as 0; only used for the coverage.

    Returns:
        The aggregate; the order of the communes does not matter beyond rounding (sums are made in sorted
        order).

    Raises:
        ValueError: arrays of different lengths.
    """
    if len({len(valeurs), len(numerateurs), len(denominateurs), len(populations)}) != 1:
        raise ValueError("arrays of different lengths")
    habitants = np.nan_to_num(populations)
    regle = indicateur.agregation
    if regle == "somme":
        vus = ~np.isnan(valeurs)
    elif regle == "moyenne-ponderee":
        vus = ~(np.isnan(valeurs) | np.isnan(denominateurs))
    else:
        vus = ~(np.isnan(numerateurs) | np.isnan(denominateurs))
    couverture = _part(habitants, vus)
    rien = Agregat(valeur=None, numerateur=None, denominateur=None, couverture=couverture, approche=False)
    if regle == "aucune" or not vus.any():
        return rien
    partiel = couverture < COUVERTURE_ENTIERE
    if regle == "somme":
        total = _somme(valeurs[vus])
        return Agregat(
            valeur=total, numerateur=total, denominateur=None, couverture=couverture, approche=partiel
        )
    den = _somme(denominateurs[vus])
    num = _somme((valeurs * denominateurs if regle == "moyenne-ponderee" else numerateurs)[vus])
    if den <= 0 or (regle == "taux-annuel" and num <= 0):
        return rien
    if regle == "moyenne-ponderee":
        valeur = num / den
    elif regle == "taux-annuel":
        valeur = 100 * ((num / den) ** (1 / indicateur.duree_annees) - 1)
    else:
        valeur = indicateur.facteur * num / den
    return Agregat(
        valeur=valeur,
        numerateur=None if regle == "moyenne-ponderee" else num,
        denominateur=den,
        couverture=couverture,
        approche=partiel or regle == "moyenne-ponderee",
    )


def _somme(x: Vecteur) -> float:
    return float(np.sort(x).sum())


def _part(habitants: Vecteur, vus: npt.NDArray[np.bool_]) -> float:
    total = _somme(habitants)
    if total <= 0:
        return float(vus.mean()) if len(vus) else 0.0
    return min(1.0, _somme(habitants[vus]) / total)
