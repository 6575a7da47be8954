"""The tables of the atlas in bulk: what there is, and each file."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponseBase
from ninja import Path, Router

from perenne.services.vrac import tables
from perenne.web.api.commun import SANS_ATLAS, Erreur
from perenne.web.common.fichiers import servir_fichier

routeur = Router(tags=["En masse"])
TYPES: dict[tables.Format, str] = {
    "parquet": "application/vnd.apache.parquet",
    "csv": "text/csv; charset=utf-8",
    "geojson": "application/geo+json",
}
_OCTETS = {"type": "string", "format": "binary"}
_FICHIER = {
    "description": "OK",
    "content": {mime: {"schema": _OCTETS} for mime in (*TYPES.values(), "text/csv")},
}


@routeur.get(
    "/vrac",
    response={200: tables.Vrac, **SANS_ATLAS},
    url_name="vrac",
    summary="Les tables de l’atlas, leurs colonnes et leurs formats",
)
def lister(request: HttpRequest) -> Any:
    """The tables, documented column by column; each is at /vrac/TABLE.FORMAT."""
    del request
    return tables.lister_tables()


@routeur.api_operation(
    ["GET", "HEAD"],
    "/vrac/{table}.{format}",
    response={200: None, 206: None, 416: Erreur, **SANS_ATLAS},
    url_name="vrac-fichier",
    summary="Une table entière",
    openapi_extra={"responses": {200: _FICHIER, 206: {**_FICHIER, "description": "Une partie (Range)"}}},
)
def telecharger(
    request: HttpRequest,
    table: Annotated[str, Path(pattern=r"^[a-z_]+$", max_length=60)],
    format: Annotated[tables.Format, Path()],  # noqa: A002 - public name
) -> HttpResponseBase:
    """Parquet as it is published; CSV and GeoJSON made from it once. Parts of the file may be asked for."""
    fichier = tables.obtenir_fichier(table, format)
    return servir_fichier(
        request, fichier.chemin, type_mime=TYPES[format], nom=fichier.nom, empreinte=fichier.empreinte
    )
