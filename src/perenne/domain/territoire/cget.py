"""The three-criteria reading of the CGET: population, employment, poverty, each as a decile, never added up.

Source: CGET, En bref n° 45 (December 2017) and report of March 2018, made for 203 villes moyennes (urban
units over
20,000 inhabitants, 2013). The way the CGET put the three together to name thirty towns was not seen: it is
not redone.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from perenne.domain.territoire.comparaison import decile
from perenne.domain.territoire.mesures import CritereCget, Lecture, LectureCget

CRITERES: tuple[Literal["population", "emploi", "pauvrete"], ...] = ("population", "emploi", "pauvrete")


def lire_cget(lectures: Iterable[Lecture]) -> LectureCget:
    """Read the three criteria among the indicators marked for them.

    Args:
        lectures: readings of the territory; the first one marked for a criterion is used.

    Returns:
        Three criteria in order; the decile is None where there is no data, no value, or no comparison.
    """
    par_critere: dict[str, Lecture] = {}
    for lecture in lectures:
        if lecture.indicateur.critere_cget:
            par_critere.setdefault(lecture.indicateur.critere_cget, lecture)
    return LectureCget(criteres=tuple(_critere(c, par_critere.get(c)) for c in CRITERES))


def _critere(nom: Literal["population", "emploi", "pauvrete"], lecture: Lecture | None) -> CritereCget:
    fragile = lecture.fragilite if lecture is not None else None
    return CritereCget(critere=nom, decile=None if fragile is None else decile(fragile), lecture=lecture)
