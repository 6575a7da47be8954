"""The style sheet: that of the notes, that of the site, and the colours of the operator, in one file."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from perenne.reports.page import lire_gabarit
from perenne.web.config.marque import obtenir_marque

_SITE = Path(__file__).resolve().parent / "feuille.css"
UN_AN = 365 * 24 * 3600


@cache
def lire_feuille() -> str:
    """The whole style sheet; the colours of the white label come last and win."""
    marque = obtenir_marque()
    couleurs = (
        f":root{{--accent:{marque.accent}}}"
        f"@media (prefers-color-scheme:dark){{:root{{--accent:{marque.accent_sombre}}}}}"
        f"@media print{{:root{{--accent:{marque.accent}}}}}\n"
    )
    return lire_gabarit("note.css") + _SITE.read_text(encoding="utf-8") + couleurs


@cache
def adresse_feuille() -> str:
    """Its address, which changes with its content: it may be kept for a year."""
    empreinte = hashlib.sha256(lire_feuille().encode()).hexdigest()[:12]
    return f"{reverse('feuille')}?v={empreinte}"


def feuille(requete: HttpRequest) -> HttpResponse:
    """The style sheet."""
    del requete
    reponse = HttpResponse(lire_feuille(), content_type="text/css; charset=utf-8")
    reponse.headers["Cache-Control"] = f"public, max-age={UN_AN}, immutable"
    return reponse
