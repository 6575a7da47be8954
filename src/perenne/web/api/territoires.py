"""The territories: found by name, walked through, diagnosed."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Literal

from django.http import HttpRequest, HttpResponse
from ninja import Field, Path, Query, Router, Schema

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.atlas_ouvert import AtlasIndisponible
from perenne.services.carte.lire import lire_carte
from perenne.services.carte.resultat import CarteEntreprises, Lecture
from perenne.services.consulter import territoires
from perenne.services.consulter.elements import Introuvable
from perenne.web.api.commun import DESIGNATION, SANS_ATLAS, Au, Curseur, Filtre, Limite, PageDeListe, lier
from perenne.web.api.contrats import reponse
from perenne.web.common.dates import aujourd_hui

routeur = Router(tags=["Territoires"])


class Filtres(Schema):
    """What a list of territories is restricted to; `q` searches a name instead."""

    q: str = Field("", max_length=200, description="Nom, code ou mots.")
    type: Literal["", "commune", "arrondissement-municipal", "epci", "departement", "region", "qpv"] = Field(
        "", description="Un type de territoire."
    )
    departement: str = Field("", max_length=3, description="Code du département.")
    region: str = Field("", max_length=2, description="Code de la région.")
    epci: str = Field("", max_length=9, description="SIREN de l’intercommunalité.")


@routeur.get(
    "/territoires",
    response={200: PageDeListe[territoires.Trouve], **SANS_ATLAS},
    url_name="territoires",
    summary="Chercher un territoire, ou les parcourir tous",
)
def lister(
    request: HttpRequest,
    response: HttpResponse,
    filtres: Annotated[Filtres, Query()],
    curseur: Curseur = "",
    limite: Limite = 100,
) -> Any:
    """With `q`, territories by name: exact, former, partial, then near names. Without, all of them by type
    and code, a page at a time; `qualite` is then always exact."""
    if filtres.q.strip():
        return {"elements": territoires.chercher_territoires(filtres.q, limite), "suivant": ""}
    tranche = territoires.parcourir_territoires(
        filtres.model_dump(exclude={"q"}), curseur=curseur, limite=limite
    )
    lier(request, response, tranche.suivant)
    return {"elements": tranche.elements, "suivant": tranche.suivant}


@routeur.get(
    "/territoires/{code}",
    response={200: None, **DESIGNATION},
    url_name="territoire",
    summary="Le diagnostic d’un territoire",
    openapi_extra=reponse("TerritoireDiagnostic"),
)
def territoire(
    request: HttpRequest, code: Annotated[str, Path(max_length=400)], au: Au = None
) -> HttpResponse:
    """Everything that the page of a territory says, with codes instead of sentences."""
    del request
    contenu = territoires.ecrire_donnees(code, au or aujourd_hui())
    return HttpResponse(contenu, content_type="application/json; charset=utf-8")


@routeur.get(
    "/territoires/{code}/comparer",
    response={200: territoires.Comparaison, **DESIGNATION},
    url_name="comparer",
    summary="Deux territoires côte à côte",
)
def comparer(
    request: HttpRequest,
    code: Annotated[str, Path(max_length=400)],
    avec: Annotated[str, Query(min_length=1, max_length=400, description="L’autre territoire.")],
    au: Au = None,
) -> Any:
    """Indicators, zonings and documented needs of both, at the same date."""
    del request
    return territoires.comparer_territoires(code, avec, au or aujourd_hui())


@routeur.get(
    "/territoires/{code}/carte",
    response={200: CarteEntreprises, **DESIGNATION},
    url_name="territoire-carte",
    summary="Les entreprises d’un territoire, telles que sa carte les montre",
)
def carte(
    request: HttpRequest,
    code: Annotated[str, Path(max_length=400)],
    activite: Filtre = "",
    besoin: Filtre = "",
    au: Au = None,
) -> Any:
    """Those that are drawn and those that are not, with the reason; the outlines and all the points are under
    `/geojson/territoires/{code}/entreprises`."""
    del request
    return situer(code, au or aujourd_hui(), activite, besoin).carte


def situer(code: str, au: dt.date, activite: str, besoin: str) -> Lecture:
    """The map of a territory; what leads to nothing is not found."""
    try:
        return lire_carte(code, au, activite=activite.strip(), besoin=besoin.strip())
    except (AtlasIndisponible, Introuvable, territoires.Ambigu):
        raise
    except ErreurUtilisateur as erreur:
        raise Introuvable(erreur.message, conseil=erreur.conseil, anomalies=erreur.anomalies) from erreur
