"""Nothing too big is read: refused from its announced length, before a byte of it is kept."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponseBase

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.tresorerie.garde_xlsx import OCTETS_MAX

ENVOI_MAX = OCTETS_MAX + 500_000
"""Bytes of a whole request: one workbook, and the fields beside it."""


class TropGros(ErreurUtilisateur):
    """What is sent is too big."""

    statut = 413


def annoncee(requete: HttpRequest) -> int:
    """The announced length of the body; 0 when none is, and then nothing is read (WSGI)."""
    try:
        return int(requete.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0


class Tailles:
    """Refuses (413) the requests that are too big, whatever their address."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Answer, unless it is too big."""
        if annoncee(requete) > ENVOI_MAX:
            from perenne.web.common.erreurs import repondre  # noqa: PLC0415 - it names this error

            return repondre(requete, trop_gros(ENVOI_MAX))
        return self._suite(requete)


def trop_gros(maximum: int) -> TropGros:
    """The error, with the limit in words."""
    limite = f"{maximum // 1_000_000} Mo" if maximum >= 1_000_000 else f"{maximum // 1_000} ko"
    return TropGros(
        f"Ce que vous envoyez est trop gros : {limite} au plus.",
        conseil="Retirez les images et les feuilles inutiles, ou envoyez moins de lignes.",
    )
