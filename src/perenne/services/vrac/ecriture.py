"""Writes a published table as CSV or GeoJSON, a batch of rows at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

LOT = 20_000
DECIMALES = 5
"""Of a degree: about one metre."""

CONTOURS = frozenset({"territoire"})
"""Tables whose rows are surfaces, drawn in the table `contour` under the same key."""

SANS_POINT, NON_DIFFUSIBLE = "aucun fichier ne donne de point", "non diffusible"

A_RISQUE = "^[=+\\-@\t\r]"
"""How a text starts that a spreadsheet would run."""


def ecrire_csv(publie: Path, cible: Path) -> None:
    """UTF-8, commas, one line of names. A text that a spreadsheet would run gets an apostrophe before it."""
    import pyarrow as pa  # noqa: PLC0415 - only the first download of a table pays for it
    import pyarrow.compute as pc  # noqa: PLC0415
    import pyarrow.csv as pacsv  # noqa: PLC0415
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetFile(publie) as source, pacsv.CSVWriter(cible, source.schema_arrow) as sortie:
        for lot in source.iter_batches(batch_size=LOT):
            colonnes = []
            for colonne in lot.columns:
                if not pa.types.is_string(colonne.type):
                    colonnes.append(colonne)
                    continue
                risque = pc.match_substring_regex(colonne, A_RISQUE)
                colonnes.append(pc.if_else(risque, pc.binary_join_element_wise("'", colonne, ""), colonne))
            sortie.write_batch(pa.record_batch(colonnes, schema=source.schema_arrow))


def ecrire_geojson(nom: str, publie: Path, cible: Path) -> None:
    """A collection (RFC 7946), one entity a line; without a known place, its geometry is null."""
    contours = _lire_contours(publie.with_name("contour.parquet")) if nom in CONTOURS else None
    with cible.open("w", encoding="utf-8") as sortie:
        sortie.write('{"type": "FeatureCollection", "features": [\n')
        separateur = ""
        for ligne in _lignes(publie):
            geometrie = (
                _point(ligne) if contours is None else _contour(contours.get((ligne["type"], ligne["code"])))
            )
            if geometrie is None and "diffusible" in ligne:
                ligne["sans_point"] = SANS_POINT if ligne["diffusible"] else NON_DIFFUSIBLE
            entite = {"type": "Feature", "geometry": geometrie, "properties": ligne}
            sortie.write(separateur + json.dumps(entite, ensure_ascii=False, allow_nan=False))
            separateur = ",\n"
        sortie.write("\n]}\n")


def _lignes(publie: Path) -> Iterator[dict[str, Any]]:
    import pyarrow.parquet as pq  # noqa: PLC0415

    with pq.ParquetFile(publie) as source:
        for lot in source.iter_batches(batch_size=LOT):
            yield from lot.to_pylist()


def _lire_contours(publie: Path) -> dict[tuple[str, str], bytes]:
    return {(x["type"], x["code"]): x["wkb"] for x in _lignes(publie)} if publie.is_file() else {}


def _point(ligne: dict[str, Any]) -> dict[str, Any] | None:
    lon, lat = ligne.pop("lon"), ligne.pop("lat")
    if lon is None or lat is None:
        return None
    return {"type": "Point", "coordinates": [round(lon, DECIMALES), round(lat, DECIMALES)]}


def _contour(wkb: bytes | None) -> dict[str, Any] | None:
    return None if wkb is None else dessiner(wkb)


def dessiner(wkb: bytes) -> dict[str, Any]:
    """An outline as GeoJSON: outer rings turn counter-clockwise."""
    import shapely  # noqa: PLC0415

    forme = shapely.orient_polygons(shapely.from_wkb(wkb), exterior_cw=False)
    return _arrondir(shapely.geometry.mapping(forme))


def _arrondir(geometrie: Any) -> dict[str, Any]:
    def arrondi(valeur: Any) -> Any:
        if isinstance(valeur, float):
            return round(valeur, DECIMALES)
        return [arrondi(v) for v in valeur]

    return {"type": geometrie["type"], "coordinates": arrondi(geometrie["coordinates"])}
