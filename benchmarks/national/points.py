"""Point in polygon: the kernel of the quartiers, against `geopandas.sjoin` on the same points.

    python -m benchmarks.national.points DOSSIER

geopandas is not a dependency of the project: without it, the baseline is the query of shapely that its join
makes, without what it adds around.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import shapely

from perenne.pipeline.noyaux.projections import vers_lon_lat
from perenne.pipeline.noyaux.quartiers import ADRESSE, Quartiers

NOMBRE = 1_000_000


def lire_points(sources: Path) -> tuple[Any, Any, Any]:
    """Longitude, latitude and commune of the first establishments that have a point."""
    chemin = sources / "entreprises" / "StockEtablissement_utf8.parquet"
    lu = duckdb.sql(
        f"SELECT * FROM (SELECT TRY_CAST(coordonneeLambertAbscisseEtablissement AS DOUBLE) AS x, "
        "TRY_CAST(coordonneeLambertOrdonneeEtablissement AS DOUBLE) AS y, codeCommuneEtablissement AS code "
        f"FROM read_parquet('{chemin}')) WHERE x IS NOT NULL AND code IS NOT NULL LIMIT {NOMBRE}"
    ).fetchnumpy()
    codes = np.asarray(lu["code"], object)
    departements = np.array([c[:3] if c.startswith("97") else c[:2] for c in codes], object)
    lon, lat = vers_lon_lat(np.asarray(lu["x"], np.float64), np.asarray(lu["y"], np.float64), departements)
    bons = np.isfinite(lon)
    return lon[bons], lat[bons], codes[bons]


def mesurer(sources: Path) -> dict[str, Any]:
    """Seconds of processor of each, and whether they found the same points."""
    lon, lat, communes = lire_points(sources)
    entites = json.loads((sources / "zonages" / "qpv_polygones_anct_2026.geojson").read_text("utf-8"))[
        "features"
    ]
    codes = [e["properties"]["code_qp"] for e in entites]
    formes = shapely.from_geojson([json.dumps(e["geometry"]) for e in entites])
    par_commune: dict[str, set[str]] = {}
    for code, entite in zip(codes, entites, strict=True):
        par_commune.setdefault(entite["properties"]["insee_com"], set()).add(code)
    # Every commune has a quartier here: each point goes through the polygons, as it does in the baseline.
    tous = {c: set(codes[:1]) for c in set(communes.tolist())} | par_commune
    precision = np.full(len(lon), ADRESSE, object)
    depart = time.process_time()
    statut, _ = Quartiers(tous, dict(zip(codes, formes, strict=True))).situer(lon, lat, precision, communes)
    noyau = time.process_time() - depart
    dedans = statut == "dedans"
    temoin, duree, autres = _temoin(lon, lat, formes)
    return {
        "points": len(lon), "polygones": len(formes), "noyau": noyau, "temoin": temoin, "temoin_s": duree,
        "dedans": int(dedans.sum()), "memes_points": bool((dedans == autres).all()),
    }  # fmt: skip


def _temoin(lon: Any, lat: Any, formes: Any) -> tuple[str, float, Any]:
    dedans = np.zeros(len(lon), bool)
    if find_spec("geopandas"):
        import geopandas as gpd  # noqa: PLC0415

        quartiers = gpd.GeoDataFrame(geometry=formes, crs=4326)
        depart = time.process_time()
        points = gpd.GeoDataFrame(geometry=gpd.points_from_xy(lon, lat), crs=4326)
        joints = gpd.sjoin(points, quartiers, predicate="intersects")
        duree = time.process_time() - depart
        dedans[joints.index.to_numpy()] = True
        return "geopandas.sjoin", duree, dedans
    depart = time.process_time()
    points = shapely.points(lon, lat)
    trouves, _ = shapely.STRtree(formes).query(points, predicate="intersects")
    duree = time.process_time() - depart
    dedans[trouves] = True
    return "l'arbre de shapely, que geopandas.sjoin interroge (geopandas absent)", duree, dedans


if __name__ == "__main__":
    print(json.dumps(mesurer(Path(sys.argv[1]))))
