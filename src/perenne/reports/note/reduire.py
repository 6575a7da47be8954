"""Keeps a note on two pages: fewer rows, smaller text, and every row left out is said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from perenne.reports.note.elements import Note, Point
from perenne.reports.typographie import accorder

SUITE = "la page ou le classeur de cette note"


@dataclass(frozen=True, kw_only=True)
class Densite:
    """How much a page holds.

    Attributes:
        taille: size of the text, in points.
        figure: width of the figures, in percent of half the page.
    """

    taille: float
    figure: int
    indicateurs: int
    zonages: int
    besoins: int
    offre: int
    acteurs: int
    suites: int
    details: int


def _densite(taille: float, figure: int, lignes: tuple[int, int, int, int, int, int, int]) -> Densite:
    indicateurs, zonages, besoins, offre, acteurs, suites, details = lignes
    return Densite(
        taille=taille, figure=figure, indicateurs=indicateurs, zonages=zonages, besoins=besoins, offre=offre,
        acteurs=acteurs, suites=suites, details=details,
    )  # fmt: skip


DENSITES = (
    _densite(9.5, 100, (20, 16, 10, 16, 9, 6, 4)),
    _densite(9.2, 94, (20, 14, 9, 16, 8, 5, 4)),
    _densite(9, 90, (20, 12, 8, 16, 8, 5, 4)),
    _densite(8.7, 88, (16, 12, 8, 12, 8, 5, 3)),
    _densite(8.5, 84, (14, 10, 8, 10, 7, 4, 3)),
    _densite(8.5, 80, (12, 9, 7, 8, 6, 4, 3)),
    _densite(8.3, 78, (10, 8, 6, 7, 5, 4, 3)),
    _densite(8.2, 74, (9, 7, 5, 6, 5, 3, 2)),
    _densite(8, 70, (8, 6, 5, 5, 4, 3, 2)),
    _densite(8, 66, (6, 5, 4, 4, 3, 3, 2)),
)
"""From the roomiest to the tightest; a text under 8 points is not read by an élu."""


def _borner(points: tuple[Point, ...], maximum: int) -> tuple[Point, ...]:
    reste = len(points) - maximum
    if reste <= 0:
        return points
    return (*points[:maximum], Point(titre=f"Et {accorder(reste, 'autre')}", texte=f"à lire dans {SUITE}."))


def reduire(note: Note, densite: Densite) -> Note:
    """Keep what the density allows; what is left out is counted in the note of its table or list."""
    return replace(
        note,
        indicateurs=note.indicateurs.borner(densite.indicateurs, SUITE),
        zonages=note.zonages.borner(densite.zonages, SUITE),
        besoins=note.besoins.borner(densite.besoins, SUITE),
        offre_resume=note.offre_resume.borner(densite.offre, SUITE),
        carte=note.carte.borner(6, SUITE),
        cget=note.cget.borner(3, SUITE),
        acteurs=_borner(note.acteurs, densite.acteurs),
        suites=_borner(note.suites, densite.suites),
        precedents=tuple(_raccourcir(p, densite.details) for p in note.precedents),
    )


def _raccourcir(point: Point, maximum: int) -> Point:
    """Keep the first details and always the last one, which is the source."""
    if len(point.details) <= maximum:
        return point
    return replace(point, details=(*point.details[: maximum - 1], point.details[-1]))
