"""The enterprises found as JSON and GeoJSON, written as they are read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from perenne.domain.annuaire.resultat import EntrepriseTrouvee
from perenne.reports.annuaire.colonnes import decrire
from perenne.reports.annuaire.phrases import Libelles

DECIMALES = 5
"""Of a degree: about one metre."""


def ecrire_json(entreprises: Iterable[EntrepriseTrouvee], entete: Mapping[str, Any]) -> Iterator[str]:
    """Pieces of one JSON document: what was asked and counted, then the enterprises, one a line."""
    yield (
        json.dumps(dict(entete), ensure_ascii=False, indent=2, allow_nan=False)[:-2] + ',\n  "entreprises": ['
    )
    yield from _suite(_objet(e) for e in entreprises)
    yield "\n  ]\n}\n"


def _objet(e: EntrepriseTrouvee) -> dict[str, Any]:
    objet = asdict(e) | {"activites": [{"id": a, "confiance": c} for a, c in e.activites]}
    if not e.diffusible:
        objet |= {"nom": "", "sigle": "", "sous": None, "lon": None, "lat": None}
    return objet


def ecrire_geojson(
    entreprises: Iterable[EntrepriseTrouvee], libelles: Libelles, entete: Mapping[str, Any]
) -> Iterator[str]:
    """Pieces of a collection (RFC 7946, WGS 84). Without a known point the geometry is null, and
    `sans_point` says why."""
    tete = json.dumps({"perenne": dict(entete)}, ensure_ascii=False, allow_nan=False)[1:-1]
    yield f'{{"type": "FeatureCollection", {tete}, "features": ['
    yield from _suite(_entite(e, libelles) for e in entreprises)
    yield "\n]}\n"


def _entite(e: EntrepriseTrouvee, libelles: Libelles) -> dict[str, Any]:
    proprietes = decrire(e, libelles)
    lon, lat = proprietes.pop("lon"), proprietes.pop("lat")
    point = None
    if isinstance(lon, float) and isinstance(lat, float):
        point = {"type": "Point", "coordinates": [round(lon, DECIMALES), round(lat, DECIMALES)]}
    return {"type": "Feature", "id": e.id, "geometry": point, "properties": proprietes}


def _suite(objets: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    separateur = "\n"
    for objet in objets:
        yield separateur + json.dumps(objet, ensure_ascii=False, allow_nan=False)
        separateur = ",\n"
