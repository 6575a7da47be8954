"""Renders a page in the frame of the site."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


@dataclass(frozen=True, kw_only=True)
class Etape:
    """A step of the breadcrumb; without an address, the page itself."""

    titre: str
    adresse: str = ""


def page(
    requete: HttpRequest,
    gabarit: str,
    *,
    titre: str,
    statut: int = 200,
    fil: tuple[Etape, ...] = (),
    jumeau: str = "",
    **valeurs: object,
) -> HttpResponse:
    """A page.

    Args:
        titre: of the page, first in `<title>`.
        fil: breadcrumb between the home page and this one.
        jumeau: address of the same content in the API, linked from the page; empty when there is none.
        valeurs: what the template reads.
    """
    contexte = {"titre": titre, "fil": fil, "jumeau": jumeau, **valeurs}
    reponse = render(requete, gabarit, contexte, status=statut)
    reponse.headers["Vary"] = "HX-Request"
    return reponse
