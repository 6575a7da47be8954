"""Reads the dates given on the command line."""

from __future__ import annotations

import datetime as dt
import re

from perenne.domain.erreurs import ErreurUtilisateur

_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def lire_date(texte: str) -> dt.date:
    """Read a date written AAAA-MM-JJ, and only so; today when the text is empty.

    Raises:
        ErreurUtilisateur: not a date of the calendar.
    """
    if not texte:
        return dt.datetime.now().astimezone().date()
    try:
        if _ISO.fullmatch(texte):  # fromisoformat also takes 20261123 and week dates
            return dt.date.fromisoformat(texte)
    except ValueError:
        pass
    raise ErreurUtilisateur(
        f"« {texte} » n'est pas une date.", conseil="Écrivez-la AAAA-MM-JJ, par exemple 2026-11-23."
    )
