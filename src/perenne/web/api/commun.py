"""What every address of the API shares: errors, parameters, pages of long lists."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Any, Generic, TypeVar

from django.http import HttpRequest, HttpResponse
from ninja import Path, Query, Schema

T = TypeVar("T")


class Erreur(Schema):
    """The shape of every error: what is wrong, what to do, the details."""

    message: str
    conseil: str = ""
    details: tuple[str, ...] = ()


class PageDeListe(Schema, Generic[T]):
    """A part of a long list; `suivant` is the `curseur` of the next one, empty at the end."""

    elements: list[T]
    suivant: str


Au = Annotated[
    dt.date | None,
    Query(description="Date de lecture du droit et des zonages ; aujourd’hui par défaut."),
]
Mots = Annotated[str, Query(max_length=200, description="Nom, code ou mots.")]
Nom = Annotated[str, Path(pattern=r"^[a-z0-9-]+$", max_length=120)]
Filtre = Annotated[str, Query(max_length=80)]
Curseur = Annotated[
    str,
    Query(max_length=300, description="La valeur « suivant » de la page précédente ; vide pour la première."),
]
Limite = Annotated[int, Query(ge=1, le=500, description="Nombre d’éléments d’une page.")]

ERREURS: dict[int, Any] = {400: Erreur, 404: Erreur, 422: Erreur, 429: Erreur}
ENVOIS: dict[int, Any] = {**ERREURS, 413: Erreur}
SANS_ATLAS: dict[int, Any] = {**ERREURS, 503: Erreur}
DESIGNATION: dict[int, Any] = {300: Erreur, **SANS_ATLAS}
"""Of an address that names a territory: 300 when several bear the name."""


def lier(requete: HttpRequest, reponse: HttpResponse, suivant: str) -> None:
    """Say where the next page is, for the clients that follow `Link` (RFC 8288)."""
    if suivant:
        demande = requete.GET.copy()
        demande["curseur"] = suivant
        adresse = requete.build_absolute_uri(f"{requete.path}?{demande.urlencode()}")
        reponse.headers["Link"] = f'<{adresse}>; rel="next"'
