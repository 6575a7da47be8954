"""Keeps a note on two pages: fewer rows, smaller text, and every row left out is said."""

from __future__ import annotations

from dataclasses import dataclass, replace

from perenne.reports.note.elements import Note, Point

SUITE = "la page ou le classeur de cette note"


@dataclass(frozen=True, kw_only=True)
class Densite:
    """How much a page holds.

    Attributes:
        taille: size of the text, in points.
        largeur: width of each figure, in millimetres; two stand side by side.
    """

    taille: float
    largeur: float
    indicateurs: int
    zonages: int
    besoins: int
    acteurs: int
    suites: int
    details: int
    sources: int


DENSITES = (
    Densite(
        taille=9.5,
        largeur=86,
        indicateurs=14,
        zonages=14,
        besoins=10,
        acteurs=8,
        suites=6,
        details=4,
        sources=12,
    ),
    Densite(
        taille=9,
        largeur=82,
        indicateurs=14,
        zonages=12,
        besoins=8,
        acteurs=8,
        suites=5,
        details=3,
        sources=12,
    ),
    Densite(
        taille=8.5,
        largeur=78,
        indicateurs=12,
        zonages=9,
        besoins=7,
        acteurs=6,
        suites=4,
        details=3,
        sources=12,
    ),
    Densite(
        taille=8.5,
        largeur=74,
        indicateurs=10,
        zonages=7,
        besoins=6,
        acteurs=5,
        suites=4,
        details=2,
        sources=10,
    ),
    Densite(
        taille=8.2, largeur=70, indicateurs=8, zonages=6, besoins=5, acteurs=4, suites=3, details=2, sources=8
    ),
    Densite(
        taille=8, largeur=66, indicateurs=6, zonages=5, besoins=4, acteurs=3, suites=3, details=1, sources=6
    ),
)
"""From the roomiest to the tightest; a text under 8 points is not read by an élu."""


def _borner(points: tuple[Point, ...], maximum: int) -> tuple[Point, ...]:
    reste = len(points) - maximum
    if reste <= 0:
        return points
    mots = "autre figure" if reste == 1 else "autres figurent"
    return (*points[:maximum], Point(titre=f"Et {reste} de plus", texte=f"{reste} {mots} dans {SUITE}."))


def reduire(note: Note, densite: Densite) -> Note:
    """Keep what the density allows; what is left out is counted in the note of its table or list."""
    return replace(
        note,
        indicateurs=note.indicateurs.borner(densite.indicateurs, SUITE),
        zonages=note.zonages.borner(densite.zonages, SUITE),
        besoins=note.besoins.borner(densite.besoins, SUITE),
        sources=note.sources.borner(densite.sources, SUITE),
        acteurs=_borner(note.acteurs, densite.acteurs),
        suites=_borner(note.suites, densite.suites),
        precedents=tuple(_raccourcir(p, densite.details) for p in note.precedents),
    )


def _raccourcir(point: Point, maximum: int) -> Point:
    """Keep the first details and always the last one, which is the source."""
    if len(point.details) <= maximum:
        return point
    return replace(point, details=(*point.details[: maximum - 1], point.details[-1]))
