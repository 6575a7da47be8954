"""Read a figure beside its benchmark: never a norm, always with its source or labelled as our proposal."""

from __future__ import annotations

import operator
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from perenne.domain.entreprise.dossier import ValeurChiffre
from perenne.domain.savoir.criteres import Mesure, Repere

_COMPARER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
}


@dataclass(frozen=True, kw_only=True)
class LectureRepere:
    """A benchmark and whether the figure meets its comparison; None when it compares nothing."""

    repere: Repere
    tient: bool | None


def lire_reperes(
    reperes: Sequence[Repere], mesure: Mesure, valeur: ValeurChiffre | None
) -> tuple[LectureRepere, ...]:
    """The benchmarks of a measure beside its value (None when it is not known)."""
    return tuple(LectureRepere(repere=r, tient=_tient(r, valeur)) for r in reperes if r.mesure == mesure.id)


def _tient(repere: Repere, valeur: ValeurChiffre | None) -> bool | None:
    if repere.operateur is None or repere.valeur is None:
        return None
    if isinstance(valeur, bool) or not isinstance(valeur, int | float):
        return None
    return _COMPARER[repere.operateur](float(valeur), repere.valeur)
