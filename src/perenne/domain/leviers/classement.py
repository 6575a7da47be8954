"""Orders the actions by their points, and keeps the three scales in sight."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from perenne.domain.leviers.bareme import TETE
from perenne.domain.savoir.leviers import Action, Echelle

ECHELLES: tuple[Echelle, ...] = ("individuelle", "collective", "promotion")


@dataclass(frozen=True)
class Tete:
    """What comes first.

    Attributes:
        premieres: the first actions, at most `TETE`, best first.
        echelles: the best action of each scale that is absent from them, if something calls for it. Nothing
        is
            removed from the first ones to make room: these are shown beside.
    """

    premieres: tuple[str, ...]
    echelles: tuple[tuple[Echelle, str], ...]


def classer(actions: Sequence[Action], points: Sequence[float], cas: Mapping[str, int]) -> tuple[int, ...]:
    """The ranks of the actions in the tables, best first.

    Equal points are separated by the number of precedents, then by the order of the study: never by chance.
    """
    return tuple(
        sorted(range(len(actions)), key=lambda r: (-points[r], -cas.get(actions[r].id, 0), actions[r].code))
    )


def choisir_tete(
    actions: Sequence[Action], ordre: Sequence[int], points: Sequence[float], appelees: Sequence[bool]
) -> Tete:
    """The first actions, and what keeps every scale in sight.

    Args:
        actions: every action.
        ordre: ranks of those that may be advised, best first.
        points: by rank.
        appelees: by rank, whether something of the situation calls for it (stage apart).
    """
    premieres = ordre[:TETE]
    presentes = {actions[r].echelle for r in premieres}
    ajouts: list[tuple[Echelle, str]] = []
    for echelle in ECHELLES:
        if echelle in presentes:
            continue
        rang = next((r for r in ordre[TETE:] if actions[r].echelle == echelle), None)
        if rang is not None and appelees[rang] and points[rang] > 0:
            ajouts.append((echelle, actions[rang].id))
    return Tete(tuple(actions[r].id for r in premieres), tuple(ajouts))
