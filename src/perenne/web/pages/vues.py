"""Pages about the site, and what machines ask of it: health, security contact, robots."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse

from perenne import __version__
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.accessibilite.declaration import lire_declaration
from perenne.services.atlas_ouvert import AtlasIndisponible, obtenir_atlas
from perenne.services.consulter.cas import lister_cas
from perenne.services.consulter.donnees import lire_etat
from perenne.services.consulter.leviers import lister_leviers
from perenne.services.consulter.regles import lister_domaines
from perenne.services.savoir import obtenir_base
from perenne.services.vrac.tables import Vrac, lister_tables
from perenne.web.common.dates import aujourd_hui
from perenne.web.common.rendu import Etape, page
from perenne.web.config.marque import obtenir_marque

VALIDITE = dt.timedelta(days=365)


def donnees(requete: HttpRequest) -> HttpResponse:
    """The data sets that are read, and the API."""
    return page(
        requete,
        "donnees.html.j2",
        titre="Données et sources",
        jumeau=reverse("api:sources"),
        fil=(Etape(titre="Données et sources"),),
        etat=lire_etat(),
        vrac=_tables(),
    )


def _tables() -> Vrac | None:
    try:
        return lister_tables()
    except AtlasIndisponible:
        return None


def simple(requete: HttpRequest, gabarit: str, titre: str) -> HttpResponse:
    """A page of text."""
    jumeau = reverse("api:page", args=[gabarit.removesuffix(".html.j2")])
    return page(requete, gabarit, titre=titre, jumeau=jumeau, fil=(Etape(titre=titre),))


def accessibilite(requete: HttpRequest) -> HttpResponse:
    """The declaration, made of its data."""
    declaration = lire_declaration()
    return page(
        requete,
        "accessibilite.html.j2",
        titre="Accessibilité",
        jumeau=reverse("api:page", args=["accessibilite"]),
        fil=(Etape(titre="Accessibilité"),),
        declaration=declaration,
        comptes=declaration.compter(),
        conformite=declaration.conformite(aujourd_hui()),
    )


def plan(requete: HttpRequest) -> HttpResponse:
    """Every page of the site."""
    return page(
        requete,
        "plan.html.j2",
        titre="Plan du site",
        jumeau=reverse("api:page", args=["plan"]),
        fil=(Etape(titre="Plan du site"),),
        leviers=lister_leviers(),
        liste_cas=lister_cas(),
        domaines=lister_domaines(),
    )


def sante(requete: HttpRequest) -> JsonResponse:
    """The process answers."""
    del requete
    return JsonResponse({"etat": "ok", "version": __version__})


def pret(requete: HttpRequest) -> JsonResponse:
    """The knowledge base and the atlas can be read; 503 otherwise, with what is missing."""
    del requete
    try:
        etat = {"etat": "pret", "atlas": obtenir_atlas().version, "fiches": len(obtenir_base().chemins)}
    except ErreurUtilisateur as erreur:
        return JsonResponse({"etat": "indisponible", "motif": type(erreur).__name__}, status=503)
    return JsonResponse(etat)


def securite(requete: HttpRequest) -> HttpResponse:
    """RFC 9116; absent while no address is set, since a contact is its one mandatory line."""
    contact = obtenir_marque().securite
    if not contact:
        return HttpResponse(
            "Aucune adresse n'est réglée.\n", status=404, content_type="text/plain; charset=utf-8"
        )
    adresse = contact if ":" in contact else f"mailto:{contact}"
    fin = (dt.datetime.now(dt.UTC) + VALIDITE).replace(hour=0, minute=0, second=0, microsecond=0)
    lignes = (
        f"Contact: {adresse}",
        f"Expires: {fin.isoformat().replace('+00:00', 'Z')}",
        "Preferred-Languages: fr, en",
        f"Canonical: {requete.build_absolute_uri()}",
    )
    return HttpResponse("\n".join(lignes) + "\n", content_type="text/plain; charset=utf-8")


def robots(requete: HttpRequest) -> HttpResponse:
    """What crawlers leave alone: the search and the files, which cost and repeat the pages."""
    del requete
    laisses = ("/recherche", "/suggestions", "/territoires/*/note.", "/connexion", "/inscription", "/compte")
    texte = "User-agent: *\n" + "".join(f"Disallow: {adresse}\n" for adresse in laisses)
    return HttpResponse(texte, content_type="text/plain; charset=utf-8")
