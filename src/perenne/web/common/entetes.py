"""Security headers of every answer."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase
from django.middleware.gzip import GZipMiddleware

CSP = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
PARTIEL = 206
PERMISSIONS = "camera=(), geolocation=(), microphone=(), payment=(), usb=(), interest-cohort=()"


class Entetes:
    """Adds the content security policy and what goes with it; a view may set its own Cache-Control."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Answer, with its headers."""
        reponse = self._suite(requete)
        reponse.headers["Content-Security-Policy"] = CSP
        reponse.headers["Permissions-Policy"] = PERMISSIONS
        reponse.headers["X-Frame-Options"] = "DENY"
        if requete.path.startswith("/api/"):
            # Public data, read without a cookie: the pages of others may use it.
            reponse.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
            reponse.headers["Access-Control-Allow-Origin"] = "*"
            reponse.headers["Access-Control-Expose-Headers"] = "Content-Range, ETag, Link, Retry-After"
        else:
            reponse.headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if settings.SESSION_COOKIE_NAME in requete.COOKIES:
            # What a person sees when signed in is kept by no one, not even by the computer of the mairie.
            reponse.headers["Cache-Control"] = "private, no-store"
        # Asked again each time, answered 304 when nothing changed.
        reponse.headers.setdefault("Cache-Control", "no-cache")
        return reponse


COMPRESSIBLES = ("text/", "application/javascript", "application/json", "image/svg+xml")


class Compression(GZipMiddleware):
    """Compresses pages, answers, scripts; not what is asked for by parts, nor what is compressed already."""

    def process_response(self, requete: HttpRequest, reponse: HttpResponseBase) -> HttpResponseBase:
        """The answer, smaller where it may be."""
        par_parties = reponse.has_header("Accept-Ranges") or reponse.status_code == PARTIEL
        genre = reponse.headers.get("Content-Type", "")
        if par_parties or (reponse.streaming and not genre.startswith(COMPRESSIBLES)):
            return reponse
        return super().process_response(requete, reponse)
