"""Logs each request: method, path, status, milliseconds. No query string: people search names."""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

_SECRET = re.compile(r"[A-Za-z0-9_-]{40,}")
"""A token in an address (an invitation) opens something: whoever reads the logs must not."""

_journal = logging.getLogger("perenne.web.requete")


class Journal:
    """Outermost middleware, so that the time is that of the whole answer."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Answer, and log."""
        debut = time.perf_counter()
        reponse = self._suite(requete)
        ms = round(1000 * (time.perf_counter() - debut), 1)
        _journal.info(
            "requete",
            extra={
                "methode": requete.method,
                "chemin": _SECRET.sub("…", requete.path),
                "statut": reponse.status_code,
                "ms": ms,
            },
        )
        return reponse
