"""The single door of the treasury report: a result and a format in, a file out."""

from __future__ import annotations

import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from typing import Any, Literal

import numpy as np

from perenne.domain.tresorerie.resultat import Resultat
from perenne.reports.rapport.classeur import ecrire_xlsx
from perenne.reports.rapport.page import ecrire_html
from perenne.reports.rapport.texte import ecrire_texte
from perenne.reports.tresorerie.composer import composer_rapport
from perenne.reports.tresorerie.tableaux import NOMS

Format = Literal["texte", "json", "html", "pdf", "xlsx"]
FORMATS: tuple[Format, ...] = ("texte", "json", "html", "pdf", "xlsx")


def rendre(resultat: Resultat, format_: Format) -> bytes:
    """Write the report of a run.

    Returns:
        The bytes of the file; text, JSON and HTML are UTF-8. JSON amounts are integer cents.

    Raises:
        ValueError: the format is unknown.
    """
    if format_ == "json":
        return (json.dumps(_simple(resultat), ensure_ascii=False, indent=1) + "\n").encode()
    rapport = composer_rapport(resultat)
    if format_ == "texte":
        # Period by period is for the other formats: the curve says it in a terminal.
        return ecrire_texte(replace(rapport, sections=rapport.sections[:-1])).encode()
    if format_ == "html":
        return ecrire_html(rapport).encode()
    if format_ == "xlsx":
        return ecrire_xlsx(rapport, NOMS)
    if format_ == "pdf":
        from perenne.reports.rapport.pdf import ecrire_pdf  # noqa: PLC0415 - loads what it needs

        return ecrire_pdf(rapport)
    raise ValueError(f"unknown format: {format_}")


def _simple(valeur: Any) -> Any:
    """Plain JSON values; a flow also says its kind."""
    if is_dataclass(valeur) and not isinstance(valeur, type):
        nature = getattr(type(valeur), "nature", None)
        tete = {"nature": nature} if isinstance(nature, str) else {}
        return tete | {f.name: _simple(getattr(valeur, f.name)) for f in fields(valeur)}
    if isinstance(valeur, np.ndarray):
        return valeur.tolist()
    if isinstance(valeur, date):
        return valeur.isoformat()
    if isinstance(valeur, dict):
        return {str(c): _simple(v) for c, v in valeur.items()}
    if isinstance(valeur, tuple | list):
        return [_simple(v) for v in valeur]
    return valeur
