"""Text that a spreadsheet must not run as a formula (CSV and XLSX exports)."""

from __future__ import annotations

import re

_DANGER = re.compile(r"\s*[=+\-@|%]|[\t\r\n]")
_NOMBRE = re.compile(r"[+-]?\d[\d \u00a0\u202f]*([.,]\d+)?")


def proteger_cellule(texte: str) -> str:
    """A text that starts as a formula, preceded by an apostrophe; anything else, numbers included, unchanged.

    Source: OWASP, CSV injection. `liberer_cellule` gives the text back.
    """
    return f"'{texte}" if _DANGER.match(texte) and not _NOMBRE.fullmatch(texte) else texte


def liberer_cellule(texte: str) -> str:
    """The text that `proteger_cellule` was given: an export is read again unchanged."""
    libre = texte[1:]
    return libre if texte.startswith("'") and proteger_cellule(libre) == texte else texte
