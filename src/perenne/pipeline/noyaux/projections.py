"""From projected coordinates to longitude and latitude: one projection a territory."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
from pyproj import CRS, Transformer

PROJECTIONS = {
    "971": 5490,
    "972": 5490,
    "973": 2972,
    "974": 2975,
    "975": 4467,
    "976": 4471,
    "977": 5490,
    "978": 5490,
}
"""EPSG codes of the legal projections overseas (RGAF09 UTM 20N, RGFG95 UTM 22N, RGR92 UTM 40S,
RGSPM06 UTM 21N, RGM04 UTM 38S); RGF93 Lambert-93 (2154) everywhere else."""

LAMBERT_93 = 2154
MARGE = 0.5
"""Degrees around the area of use of a projection beyond which a point is not believed."""


@cache
def _transformation(epsg: int) -> tuple[Transformer, tuple[float, float, float, float]]:
    crs = CRS.from_epsg(epsg)
    zone = crs.area_of_use
    assert zone is not None
    boite = (zone.west - MARGE, zone.south - MARGE, zone.east + MARGE, zone.north + MARGE)
    return Transformer.from_crs(crs, 4326, always_xy=True), boite


def vers_lon_lat(
    x: npt.NDArray[np.float64], y: npt.NDArray[np.float64], departement: npt.NDArray[Any]
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """Longitude and latitude (WGS84, degrees) of points given in the legal projection of their territory.

    Args:
        x, y: metres; NaN when not known.
        departement: two or three characters; the projection follows from it.

    Returns:
        Two arrays; NaN where the point is not known, where the territory has no projection here (986 and
        beyond), or where it falls out of the area of its projection: its territory or its figures are wrong.
    """
    lon, lat = np.full(len(x), np.nan), np.full(len(x), np.nan)
    connus = np.isfinite(x) & np.isfinite(y)
    codes = np.array([_epsg(str(d)) for d in departement], np.int32) if len(x) else np.zeros(0, np.int32)
    for epsg in np.unique(codes[connus]):
        if epsg == 0:
            continue
        ici = connus & (codes == epsg)
        transformation, (ouest, sud, est, nord) = _transformation(int(epsg))
        a, b = transformation.transform(x[ici], y[ici])
        a, b = np.asarray(a, np.float64), np.asarray(b, np.float64)
        dedans = (a >= ouest) & (a <= est) & (b >= sud) & (b <= nord)
        lon[ici], lat[ici] = np.where(dedans, a, np.nan), np.where(dedans, b, np.nan)
    return lon, lat


def _epsg(departement: str) -> int:
    if departement in PROJECTIONS:
        return PROJECTIONS[departement]
    return 0 if not departement or departement.startswith(("97", "98")) else LAMBERT_93
