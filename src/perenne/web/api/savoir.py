"""The knowledge base: needs, activities, levers, rules, cases and their crossing."""

from __future__ import annotations

from typing import Annotated, Any

from django.http import HttpRequest
from ninja import Query, Router

from perenne.domain.leviers.evaluation.croisement import Axe, Grain
from perenne.services.consulter import cas as les_cas
from perenne.services.consulter import croisement as crois
from perenne.services.consulter import donnees, leviers, regles
from perenne.web.api.commun import ERREURS, Au, Filtre, Nom
from perenne.web.common.dates import aujourd_hui

routeur = Router(tags=["Base de savoir"])


@routeur.get(
    "/besoins",
    response={200: list[donnees.BesoinResume], **ERREURS},
    url_name="besoins",
    summary="Les besoins",
)
def besoins(request: HttpRequest) -> Any:
    """The needs and the activities that serve them."""
    del request
    return list(donnees.lister_besoins())


@routeur.get(
    "/activites",
    response={200: list[donnees.ActiviteResumee], **ERREURS},
    url_name="activites",
    summary="Les activités d’utilité sociale",
)
def activites(request: HttpRequest) -> Any:
    """The activities, the needs that each serves, the cases that carry it on."""
    del request
    return list(donnees.lister_activites())


@routeur.get(
    "/leviers",
    response={200: list[leviers.LevierResume], **ERREURS},
    url_name="leviers",
    summary="Les leviers et leurs actions",
)
def lister_leviers(request: HttpRequest) -> Any:
    """The six levers."""
    del request
    return list(leviers.lister_leviers())


@routeur.get(
    "/leviers/{action}",
    response={200: leviers.FicheAction, **ERREURS},
    url_name="action",
    summary="La fiche d’une action",
)
def action(request: HttpRequest, action: Nom, au: Au = None) -> Any:
    """Instruments, who may, rules at the date, precedents, first steps."""
    del request
    return leviers.lire_action(action, au or aujourd_hui())


@routeur.get(
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


@routeur.get(
    "/regles-changees",
    response={200: list[regles.Changement], **ERREURS},
    url_name="regles-changees",
    summary="Ce qui change dans une année",
)
def changements(request: HttpRequest, annee: Annotated[int | None, Query(ge=1900, le=2100)] = None) -> Any:
    """What changes in a year; this year by default."""
    del request
    return list(regles.lister_changements(annee or aujourd_hui().year))


@routeur.get(
    "/regles/{domaine}/{regle}",
    response={200: regles.FicheRegle, **ERREURS},
    url_name="regle",
    summary="Une règle au fil du temps",
)
def regle(request: HttpRequest, domaine: Nom, regle: Nom, au: Au = None) -> Any:
    """One rule, its periods, its references."""
    del request
    return regles.lire_regle(f"{domaine}/{regle}", au or aujourd_hui())


@routeur.get("/cas", response={200: list[les_cas.CasResume], **ERREURS}, url_name="cas", summary="Les cas")
def lister_cas(request: HttpRequest, levier: Filtre = "", activite: Filtre = "", zonage: Filtre = "") -> Any:
    """The cases, filtered by lever, activity and zoning."""
    del request
    return list(les_cas.lister_cas(levier=levier, activite=activite, zonage=zonage))


@routeur.get(
    "/cas/{cas}",
    response={200: les_cas.FicheCas, **ERREURS},
    url_name="un-cas",
    summary="Un cas et ses faits",
)
def un_cas(request: HttpRequest, cas: Nom) -> Any:
    """One case and its facts."""
    del request
    return les_cas.lire_cas(cas)


@routeur.get(
    "/croisement",
    response={200: crois.Croisement, **ERREURS},
    url_name="croisement",
    summary="Leviers × activités, thèmes ou zonages des cas",
)
def croisement(request: HttpRequest, par: Axe = "activite", grain: Grain = "levier") -> Any:
    """Raw counts, shares shrunk towards the wider group, 95 % intervals."""
    del request
    return crois.lire_croisement(par, grain)
