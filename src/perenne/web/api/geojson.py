"""GeoJSON, where there are places."""

from __future__ import annotations

import json
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Router

from perenne.services.carte.dessiner import ecrire_geojson
from perenne.services.consulter import geojson
from perenne.web.api.commun import DESIGNATION, SANS_ATLAS, Au, Curseur, Filtre, Limite, lier
from perenne.web.api.contrats import reponse
from perenne.web.api.entreprises import Recherche, chercher
from perenne.web.api.territoires import situer
from perenne.web.common.dates import aujourd_hui

routeur = Router(tags=["GeoJSON"])
MIME = "application/geo+json"
UN_JOUR = 24 * 3600


@routeur.get(
    "/geojson/cas",
    response={200: None, **SANS_ATLAS},
    url_name="geojson-cas",
    summary="Les cas, situés",
    openapi_extra=reponse("CollectionGeoJSON", mime=MIME),
)
def cas(
    request: HttpRequest, levier: Filtre = "", activite: Filtre = "", zonage: Filtre = ""
) -> HttpResponse:
    """The cases with their point; the geometry is null when no atlas places them."""
    del request
    return _ecrire(geojson.situer_cas(levier=levier, activite=activite, zonage=zonage))


@routeur.get(
    "/geojson/entreprises",
    response={200: None, **DESIGNATION},
    url_name="geojson-entreprises",
    summary="Les entreprises d’une recherche, situées",
    openapi_extra=reponse("CollectionGeoJSON", mime=MIME),
)
def entreprises(
    request: HttpRequest,
    filtres: Query[Recherche],
    curseur: Curseur = "",
    limite: Limite = 500,
    au: Au = None,
) -> HttpResponse:
    """A page of the search, each with its point; null when only its commune is known. `suivant` is the cursor
    of the next page, and `total` counts all of them."""
    liste = chercher(filtres, au or aujourd_hui(), curseur, limite)
    reponse_ = _ecrire(geojson.situer_entreprises(liste))
    lier(request, reponse_, liste.suivant)
    return reponse_


@routeur.get(
    "/geojson/territoires/{code}",
    response={200: None, **DESIGNATION},
    url_name="geojson-territoire",
    summary="Le contour d’un territoire",
    openapi_extra=reponse("CollectionGeoJSON", mime=MIME),
)
def territoire(
    request: HttpRequest,
    code: Annotated[str, Path(max_length=400)],
    communes: Annotated[bool, Query(description="Ses communes une par une, 2 000 au plus.")] = False,
) -> HttpResponse:
    """Its simplified outline, or those of its communes."""
    del request
    return _ecrire(geojson.dessiner_territoire(code, communes=communes))


@routeur.get(
    "/geojson/territoires/{code}/entreprises",
    response={200: None, **DESIGNATION},
    url_name="geojson-carte",
    summary="La carte des entreprises d’un territoire : contours, quartiers, points",
    openapi_extra=reponse("CollectionGeoJSON", mime=MIME),
)
def carte(  # noqa: PLR0917 - Ninja calls it by name
    request: HttpRequest,
    code: Annotated[str, Path(max_length=400)],
    activite: Filtre = "",
    besoin: Filtre = "",
    au: Au = None,
    version: Annotated[
        str,
        Query(max_length=80, description="Version de l’atlas : la réponse peut alors être gardée un jour."),
    ] = "",
) -> HttpResponse:
    """`role` tells what each feature is: territoire, alentours, quartier, entreprise, or groupe where the
    enterprises are too many to be drawn one by one."""
    del request
    lecture = situer(code, au or aujourd_hui(), activite, besoin)
    reponse_ = _ecrire(ecrire_geojson(lecture))
    if version == lecture.carte.atlas:
        reponse_.headers["Cache-Control"] = f"public, max-age={UN_JOUR}"
    return reponse_


def _ecrire(contenu: dict[str, Any]) -> HttpResponse:
    return HttpResponse(json.dumps(contenu, ensure_ascii=False), content_type=MIME)
