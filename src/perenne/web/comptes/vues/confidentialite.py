"""What is kept of people, why, and how long: with the very settings that the purge applies."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from perenne.web.common.rendu import Etape, page


def confidentialite(requete: HttpRequest) -> HttpResponse:
    """The page."""
    return page(
        requete,
        "comptes/confidentialite.html.j2",
        jumeau=reverse("api:page", args=["confidentialite"]),
        titre="Confidentialité",
        fil=(Etape(titre="Confidentialité"),),
        d=settings.DUREES,
        avec_fournisseur=settings.FOURNISSEUR.nom if settings.FOURNISSEUR else "",
    )
