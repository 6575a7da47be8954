"""The API: one address per page, typed answers, one error shape, OpenAPI 3.1."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse
from ninja import NinjaAPI, Path, Query, Schema
from ninja.errors import ValidationError

from perenne import __version__
from perenne.services.consulter import cas as les_cas
from perenne.services.consulter import donnees, leviers, recherche, regles, territoires
from perenne.web.common.dates import aujourd_hui


class Erreur(Schema):
    """The shape of every error: what is wrong, what to do, the details."""

    message: str
    conseil: str = ""
    details: tuple[str, ...] = ()


class Accueil(Schema):
    """What the API holds."""

    nom: str
    version: str
    atlas: str
    adresses: list[str]


# Lists, never tuples: Ninja reads a pair as (status, content).
api = NinjaAPI(
    title="Pérenne",
    version="1",
    description="Les pages publiques de Pérenne, en données. Les noms de champs sont en français, "
    "les dates en ISO 8601, « au » est la date à laquelle lire le droit et les zonages.",
    urls_namespace="api",
    docs_url=None,
    openapi_extra={"info": {"license": {"name": "Licence Ouverte 2.0", "identifier": "etalab-2.0"}}},
)

Au = Annotated[
    dt.date | None,
    Query(description="Date de lecture du droit et des zonages ; aujourd’hui par défaut."),
]
Mots = Annotated[str, Query(max_length=200, description="Nom, code ou mots.")]
Nom = Annotated[str, Path(pattern=r"^[a-z0-9-]+$", max_length=120)]
ERREURS: dict[int, Any] = {400: Erreur, 404: Erreur, 422: Erreur}
SANS_ATLAS: dict[int, Any] = {**ERREURS, 503: Erreur}


@api.exception_handler(ValidationError)
def _invalide(requete: HttpRequest, erreur: ValidationError) -> HttpResponse:
    details = [f"{'.'.join(str(x) for x in e['loc'])} : {e['msg']}" for e in erreur.errors]
    contenu = {
        "message": "La demande n’a pas la forme attendue.",
        "conseil": "Voyez /api/v1/openapi.json.",
        "details": details,
    }
    return api.create_response(requete, contenu, status=422)


@api.get("/", response={200: Accueil}, url_name="accueil", summary="Ce que contient l’API")
def accueil(request: HttpRequest) -> Accueil:
    """Its addresses, its version, and that of the atlas."""
    del request
    chemins = sorted(str(c) for c in api.get_openapi_schema()["paths"])
    return Accueil(nom="Pérenne", version=__version__, atlas=donnees.lire_etat().version, adresses=chemins)


@api.get(
    "/territoires",
    response={200: list[territoires.Trouve], **SANS_ATLAS},
    url_name="territoires",
    summary="Chercher un territoire",
)
def chercher_territoires(request: HttpRequest, q: Mots = "") -> Any:
    """Territories by name: exact, former, partial, then near names."""
    del request
    return list(territoires.chercher_territoires(q)) if q.strip() else []


@api.get(
    "/territoires/{code}",
    response={200: dict[str, Any], **SANS_ATLAS},
    url_name="territoire",
    summary="Le diagnostic d’un territoire",
)
def territoire(
    request: HttpRequest, code: Annotated[str, Path(max_length=400)], au: Au = None
) -> HttpResponse:
    """Everything that the page of a territory says, with codes instead of sentences."""
    del request
    contenu = territoires.ecrire_donnees(code, au or aujourd_hui())
    return HttpResponse(contenu, content_type="application/json; charset=utf-8")


@api.get("/besoins", response={200: list[donnees.BesoinResume]}, url_name="besoins", summary="Les besoins")
def besoins(request: HttpRequest) -> Any:
    """The needs and the activities that serve them."""
    del request
    return list(donnees.lister_besoins())


@api.get(
    "/activites",
    response={200: list[donnees.ActiviteResumee]},
    url_name="activites",
    summary="Les activités d’utilité sociale",
)
def activites(request: HttpRequest) -> Any:
    """The activities, the needs that each serves, the cases that carry it on."""
    del request
    return list(donnees.lister_activites())


@api.get(
    "/leviers",
    response={200: list[leviers.LevierResume]},
    url_name="leviers",
    summary="Les leviers et leurs actions",
)
def lister_leviers(request: HttpRequest) -> Any:
    """The six levers."""
    del request
    return list(leviers.lister_leviers())


@api.get(
    "/leviers/{action}",
    response={200: leviers.FicheAction, **ERREURS},
    url_name="action",
    summary="La fiche d’une action",
)
def action(request: HttpRequest, action: Nom, au: Au = None) -> Any:
    """Instruments, who may, rules at the date, precedents, first steps."""
    del request
    return leviers.lire_action(action, au or aujourd_hui())


@api.get(
    "/regles",
    response={200: list[regles.RegleResumee], **ERREURS},
    url_name="regles",
    summary="Les règles à une date",
)
def lister_regles(
    request: HttpRequest,
    au: Au = None,
    domaine: Annotated[
        str, Query(max_length=80, description="Un domaine, par exemple commande-publique.")
    ] = "",
) -> Any:
    """Every rule in one line, at the date."""
    del request
    return list(regles.lister_regles(au or aujourd_hui(), domaine=domaine))


@api.get(
    "/regles-changees",
    response={200: list[regles.Changement], 422: Erreur},
    url_name="regles-changees",
    summary="Ce qui change dans une année",
)
def changements(request: HttpRequest, annee: Annotated[int | None, Query(ge=1900, le=2100)] = None) -> Any:
    """What changes in a year; this year by default."""
    del request
    return list(regles.lister_changements(annee or aujourd_hui().year))


@api.get(
    "/regles/{domaine}/{regle}",
    response={200: regles.FicheRegle, **ERREURS},
    url_name="regle",
    summary="Une règle au fil du temps",
)
def regle(request: HttpRequest, domaine: Nom, regle: Nom, au: Au = None) -> Any:
    """One rule, its periods, its references."""
    del request
    return regles.lire_regle(f"{domaine}/{regle}", au or aujourd_hui())


@api.get("/cas", response={200: list[les_cas.CasResume], **ERREURS}, url_name="cas", summary="Les cas")
def lister_cas(
    request: HttpRequest,
    levier: Annotated[str, Query(max_length=80)] = "",
    activite: Annotated[str, Query(max_length=80)] = "",
) -> Any:
    """The cases, filtered by lever and activity."""
    del request
    return list(les_cas.lister_cas(levier=levier, activite=activite))


@api.get(
    "/cas/{cas}",
    response={200: les_cas.FicheCas, **ERREURS},
    url_name="un-cas",
    summary="Un cas et ses faits",
)
def un_cas(request: HttpRequest, cas: Nom) -> Any:
    """One case and its facts."""
    del request
    return les_cas.lire_cas(cas)


@api.get(
    "/recherche",
    response={200: recherche.Trouvailles, 422: Erreur},
    url_name="recherche",
    summary="Chercher partout",
)
def chercher(request: HttpRequest, q: Mots = "", limite: Annotated[int, Query(ge=1, le=50)] = 20) -> Any:
    """Territories, actions, instruments, cases and rules."""
    del request
    return recherche.chercher_tout(q, limite)


@api.get(
    "/sources",
    response={200: donnees.EtatDesDonnees},
    url_name="sources",
    summary="Les jeux de données de l’atlas",
)
def sources(request: HttpRequest) -> Any:
    """The data sets of the atlas, with vintage and licence."""
    del request
    return donnees.lire_etat()
