"""Reads WKB polygons and projects them on a small map, without the weight of a geometry library."""

from __future__ import annotations

import math
import struct
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Anneau = tuple[tuple[float, float], ...]
"""A closed ring of (longitude, latitude), in degrees; or of (x, y) once projected."""

POLYGONE, MULTIPOLYGONE, COLLECTION = 3, 6, 7
BITS_EWKB = 0x1FFFFFFF


def lire_wkb(octets: bytes) -> tuple[Anneau, ...]:
    """Read the rings of a (multi)polygon, holes included, in two dimensions.

    Raises:
        ValueError: the bytes are cut, or hold something else than polygons.
    """
    try:
        anneaux, _ = _geometrie(octets, 0)
    except struct.error as erreur:
        raise ValueError("a WKB geometry is cut short") from erreur
    return tuple(anneaux)


def _geometrie(octets: bytes, place: int) -> tuple[list[Anneau], int]:
    if place >= len(octets):
        raise ValueError("a WKB geometry is cut short")
    ordre = "<" if octets[place] == 1 else ">"
    (genre,) = struct.unpack_from(f"{ordre}I", octets, place + 1)
    (nombre,) = struct.unpack_from(f"{ordre}I", octets, place + 5)
    genre, place = genre & BITS_EWKB, place + 9
    anneaux: list[Anneau] = []
    if genre == POLYGONE:
        for _ in range(nombre):
            (points,) = struct.unpack_from(f"{ordre}I", octets, place)
            plat = struct.unpack_from(f"{ordre}{2 * points}d", octets, place + 4)
            anneaux.append(tuple(zip(plat[::2], plat[1::2], strict=True)))
            place += 4 + 16 * points
    elif genre in (MULTIPOLYGONE, COLLECTION):
        for _ in range(nombre):
            partie, place = _geometrie(octets, place)
            anneaux += partie
    else:
        raise ValueError(f"a WKB geometry of type {genre} is not a polygon")
    return anneaux, place


@dataclass(frozen=True, kw_only=True)
class Cadre:
    """An equirectangular projection adjusted by latitude, fitted in a box of the figure.

    Attributes:
        lon0, lat0: upper left corner, degrees.
        echelle: units of the figure per degree of latitude.
        etirement: length of a degree of longitude over one of latitude, cosine of the mean latitude.
        x0, y0: where the corner is drawn.
    """

    lon0: float
    lat0: float
    echelle: float
    etirement: float
    x0: float
    y0: float

    def placer(self, lon: float, lat: float) -> tuple[float, float]:
        """Project a point, in units of the figure."""
        x = self.x0 + (lon - self.lon0) * self.etirement * self.echelle
        return x, self.y0 + (self.lat0 - lat) * self.echelle

    def km_par_unite(self) -> float:
        """Kilometres that one unit of the figure stands for (a degree of latitude is 111.2 km)."""
        return 111.2 / self.echelle


def cadrer(anneaux: Iterable[Anneau], x: float, y: float, largeur: float, hauteur: float) -> Cadre:
    """Fit the rings in a box, keeping shapes true at their mean latitude.

    Raises:
        ValueError: there is no point to fit.
    """
    points = [p for anneau in anneaux for p in anneau]
    if not points:
        raise ValueError("no point to fit in the map")
    ouest, est = min(p[0] for p in points), max(p[0] for p in points)
    sud, nord = min(p[1] for p in points), max(p[1] for p in points)
    etirement = max(0.05, math.cos(math.radians((sud + nord) / 2)))
    etendue_x, etendue_y = max((est - ouest) * etirement, 1e-6), max(nord - sud, 1e-6)
    echelle = min(largeur / etendue_x, hauteur / etendue_y)
    return Cadre(
        lon0=ouest,
        lat0=nord,
        echelle=echelle,
        etirement=etirement,
        x0=x + (largeur - etendue_x * echelle) / 2,
        y0=y + (hauteur - etendue_y * echelle) / 2,
    )


def _dedans(p: tuple[float, float], bord: int, boite: tuple[float, float, float, float]) -> bool:
    x1, y1, x2, y2 = boite
    return (p[0] >= x1, p[0] <= x2, p[1] >= y1, p[1] <= y2)[bord]


def _croiser(
    p: tuple[float, float], q: tuple[float, float], bord: int, boite: tuple[float, float, float, float]
) -> tuple[float, float]:
    x1, y1, x2, y2 = boite
    if bord < 2:
        x = x1 if bord == 0 else x2
        return x, p[1] + (q[1] - p[1]) * (x - p[0]) / (q[0] - p[0])
    y = y1 if bord == 2 else y2
    return p[0] + (q[0] - p[0]) * (y - p[1]) / (q[1] - p[1]), y


def rogner(anneau: Anneau, boite: tuple[float, float, float, float]) -> Anneau:
    """Cut a ring to a box (x1, y1, x2, y2), by the Sutherland-Hodgman algorithm; empty when outside."""
    points: Sequence[tuple[float, float]] = anneau
    for bord in range(4):
        sortie: list[tuple[float, float]] = []
        for i, q in enumerate(points):
            p = points[i - 1]
            if _dedans(q, bord, boite):
                if not _dedans(p, bord, boite):
                    sortie.append(_croiser(p, q, bord, boite))
                sortie.append(q)
            elif _dedans(p, bord, boite):
                sortie.append(_croiser(p, q, bord, boite))
        points = sortie
    return tuple(points)


def tracer(cadre: Cadre, anneaux: Iterable[Anneau], boite: tuple[float, float, float, float]) -> str:
    """The `d` attribute of a path: rings projected, cut to the box, rounded to half a unit, no repeats."""
    morceaux = []
    for anneau in anneaux:
        rogne = rogner(tuple(cadre.placer(*p) for p in anneau), boite)
        ronds = [(round(2 * x) / 2, round(2 * y) / 2) for x, y in rogne]
        uniques = [p for i, p in enumerate(ronds) if i == 0 or p != ronds[i - 1]]
        if len(uniques) >= 3:
            morceaux.append("M" + "L".join(f"{x:g} {y:g}" for x, y in uniques) + "z")
    return "".join(morceaux)
