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


class Compression(GZipMiddleware):
    """Compresses pages and answers, but not the files that may be asked for by parts."""

    def process_response(self, requete: HttpRequest, reponse: HttpResponseBase) -> HttpResponseBase:
        """The answer, smaller where it may be."""
        return reponse if reponse.has_header("Accept-Ranges") else super().process_response(requete, reponse)
