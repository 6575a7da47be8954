"""The API: one address per page, typed answers, one error shape, OpenAPI 3.1."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Query, Schema
from ninja.errors import HttpError, ValidationError
from ninja.renderers import JSONRenderer

from perenne import __version__
from perenne.services.consulter import donnees, recherche
from perenne.services.consulter.territoires import Ambigu
from perenne.web.api import (
    calculs,
    entreprises,
    geojson,
    pages,
    savoir,
    statistiques,
    territoires,
    vrac,
)
from perenne.web.api.commun import ERREURS, Mots
from perenne.web.api.contrats import composants
from perenne.web.common.erreurs import en_donnees


class Accueil(Schema):
    """What the API holds."""

    nom: str
    version: str
    atlas: str
    adresses: list[str]


class Ecriture(JSONRenderer):
    """JSON in UTF-8, as it is read."""

    json_dumps_params = {"ensure_ascii": False}  # noqa: RUF012 - as its parent declares it


class Api(NinjaAPI):
    """Adds to the description the schemas that no Python type of the API gives."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """The description."""
        description = super().get_openapi_schema(**options)
        description["components"]["schemas"].update(composants())
        return description


# Lists, never tuples: Ninja reads a pair as (status, content).
api = Api(
    title="Pérenne",
    version="1",
    description="Les pages publiques de Pérenne, en données. Les noms de champs sont en français, "
    "les dates en ISO 8601, « au » est la date à laquelle lire le droit et les zonages.",
    urls_namespace="api",
    docs_url=None,
    renderer=Ecriture(),
    openapi_extra={"info": {"license": {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"}}},
)


@api.exception_handler(ValidationError)
def _invalide(requete: HttpRequest, erreur: ValidationError) -> HttpResponse:
    details = [f"{'.'.join(str(x) for x in e['loc'])} : {e['msg']}" for e in erreur.errors]
    contenu = {
        "message": "La demande n’a pas la forme attendue.",
        "conseil": "Voyez /api/v1/openapi.json.",
        "details": details,
    }
    return api.create_response(requete, contenu, status=422)


@api.exception_handler(HttpError)
def _refuse(requete: HttpRequest, erreur: HttpError) -> HttpResponse:
    contenu = {
        "message": "La demande ne peut pas être lue.",
        "conseil": "Voyez /api/v1/openapi.json.",
        "details": [str(erreur)],
    }
    return api.create_response(requete, contenu, status=erreur.status_code)


@api.exception_handler(Ambigu)
def _ambigu(requete: HttpRequest, erreur: Ambigu) -> HttpResponse:
    # As the page does: a name that several bear is a choice, a name that nobody bears is not.
    trouve = erreur.candidats[0].qualite in ("exact", "ancien", "partiel")
    return api.create_response(requete, en_donnees(erreur), status=300 if trouve else 404)


@api.get("/", response={200: Accueil, **ERREURS}, url_name="accueil", summary="Ce que contient l’API")
def accueil(request: HttpRequest) -> Accueil:
    """Its addresses, its version, and that of the atlas."""
    del request
    chemins = sorted(str(c) for c in api.get_openapi_schema()["paths"])
    return Accueil(nom="Pérenne", version=__version__, atlas=donnees.lire_etat().version, adresses=chemins)


@api.get(
    "/recherche",
    response={200: recherche.Trouvailles, **ERREURS},
    url_name="recherche",
    summary="Chercher partout",
)
def chercher(request: HttpRequest, q: Mots = "", limite: Annotated[int, Query(ge=1, le=50)] = 20) -> Any:
    """Territories, actions, instruments, cases and rules."""
    del request
    return recherche.chercher_tout(q, limite)


@api.get(
    "/sources",
    response={200: donnees.EtatDesDonnees, **ERREURS},
    url_name="sources",
    summary="Les jeux de données de l’atlas",
)
def sources(request: HttpRequest) -> Any:
    """The data sets of the atlas, with vintage and licence."""
    del request
    return donnees.lire_etat()


for _partie in (savoir, territoires, entreprises, calculs, geojson, vrac, pages, statistiques):
    api.add_router("", _partie.routeur)
