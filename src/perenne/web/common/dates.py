"""The date that a visitor asks for."""

from __future__ import annotations

import datetime as dt
from zoneinfo import ZoneInfo

from django.http import HttpRequest

from perenne.domain.erreurs import ErreurUtilisateur

PARIS = ZoneInfo("Europe/Paris")
AN_MIN, AN_MAX = 1900, 2100


def aujourd_hui() -> dt.date:
    """The day it is in Paris."""
    return dt.datetime.now(PARIS).date()


def lire_au(texte: str) -> dt.date:
    """The date of `?au=`; today when it is empty.

    Raises:
        ErreurUtilisateur: it is not a date AAAA-MM-JJ between 1900 and 2100.
    """
    if not texte.strip():
        return aujourd_hui()
    try:
        jour = dt.date.fromisoformat(texte.strip())
    except ValueError:
        jour = dt.date.min
    if not AN_MIN <= jour.year <= AN_MAX:
        raise ErreurUtilisateur(
            f"« {texte} » n’est pas une date.", conseil="Écrivez l’année, le mois, le jour : 2026-04-01."
        )
    return jour


def date_demandee(requete: HttpRequest) -> dt.date:
    """The date of the request."""
    return lire_au(requete.GET.get("au", ""))
