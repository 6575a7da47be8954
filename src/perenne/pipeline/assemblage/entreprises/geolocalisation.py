"""What INSEE's own geolocation says of each establishment kept, when its file was read."""

from __future__ import annotations

from typing import Any

import ibis
import numpy as np
import numpy.typing as npt
import pyarrow as pa

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.entreprises.selection import uniques
from perenne.pipeline.assemblage.entreprises.sources import reunir

DITS = ("lon_insee", "lat_insee", "precision_insee", "qpv_insee", "qpv_insee_qualite")
AU_HASARD = "commune"
"""Precision of a point drawn at random in the commune: it is not a place."""


def joindre(contexte: Contexte, etabs: Any) -> Any:
    """The establishments with `DITS`, null for those that the file does not have."""
    masse = contexte.masse
    if not contexte.tables.get("geolocalisation"):
        vides = {c: ibis.null().cast("float64" if c in DITS[:2] else "string") for c in DITS}
        return etabs.mutate(**vides)
    dites = reunir(contexte, "geolocalisation", lambda brut: brut.semi_join(etabs, "siret"))
    masse.materialiser("geo_brute", dites)
    geo = uniques(masse, "geo_brute", "siret", {"precision_insee": lambda p: p.asc(nulls_first=False)})
    return etabs.left_join(geo, "siret").select(etabs, *(geo[c] for c in DITS))


def preciser(
    lot: pa.RecordBatch,
    lon: npt.NDArray[np.float64],
    lat: npt.NDArray[np.float64],
    precision: npt.NDArray[np.object_],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64], npt.NDArray[np.object_]]:
    """The points and their precision, INSEE's in place of what was guessed from the address.

    A point drawn at random in the commune is not taken, but says that the address was not found there: that
    of Sirene, if any, is then no better than its commune.
    """
    lon_insee, lat_insee = (
        np.asarray(lot.column(c).to_numpy(zero_copy_only=False), np.float64) for c in DITS[:2]
    )
    dite = np.array(lot.column("precision_insee").to_pylist(), dtype=object)
    connue = np.array([d is not None for d in dite], bool)
    place = connue & (dite != AU_HASARD) & np.isfinite(lon_insee)
    perdue = connue & (dite == AU_HASARD) & np.isfinite(lon)
    precision = np.where(place, dite, np.where(perdue, AU_HASARD, precision))
    return np.where(place, lon_insee, lon), np.where(place, lat_insee, lat), precision
