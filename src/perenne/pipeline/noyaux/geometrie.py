"""Outlines as arrays: repair, simplify, dissolve, compare."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import shapely
from pyproj import Geod

_ELLIPSOIDE = Geod(ellps="GRS80")

SOMMETS_MAX = 60
"""Mean number of vertices above which outlines are simplified."""
TOLERANCE = 0.002
"""In degrees, about 200 m: enough for a map of a département, and neighbours still touch."""

EPAISSEUR = 0.001
"""Half-width given to an outline that was simplified down to a line, in degrees (about 100 m)."""


def epurer(formes: Any) -> Any:
    """Valid polygons, whatever the file holds; lines and points left by a repair are dropped."""
    formes = np.asarray(formes, dtype=object)
    fautives = ~shapely.is_valid(formes)
    if fautives.any():
        formes = formes.copy()
        formes[fautives] = [_surfaces(g) for g in shapely.make_valid(formes[fautives])]
    return formes


def _surfaces(forme: Any) -> Any:
    parts = [p for p in shapely.get_parts(forme) if shapely.get_dimensions(p) == 2]
    # A tiny commune simplified down to a line keeps a place on the map.
    return shapely.union_all(parts) if parts else shapely.buffer(forme, EPAISSEUR)


def simplifier(formes: Any) -> Any:
    """Simplify together, so that neighbours keep a common border, only when there are many vertices."""
    if not len(formes) or shapely.get_num_coordinates(formes).mean() <= SOMMETS_MAX:
        return formes
    return epurer(shapely.coverage_simplify(formes, TOLERANCE))


def aire_km2(forme: Any) -> float:
    """Area on the ellipsoid, in km², of an outline in longitude and latitude."""
    aire, _ = _ELLIPSOIDE.geometry_area_perimeter(forme)
    return abs(float(aire)) / 1e6


def dissoudre(formes: Sequence[Any]) -> Any:
    """One outline for several; a commune more or fewer changes nothing to the rest."""
    return shapely.union_all(np.asarray(formes, dtype=object))


def recouvrement_median(paires: Sequence[tuple[Any, Any]]) -> float:
    """Median intersection over union of pairs of polygons, in [0, 1]."""
    a = np.array([p[0] for p in paires], dtype=object)
    b = np.array([p[1] for p in paires], dtype=object)
    commun = shapely.area(shapely.intersection(a, b))
    return float(np.median(commun / (shapely.area(a) + shapely.area(b) - commun)))
