"""The note as a tagged PDF/UA-1 of two A4 pages."""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import asdict
from typing import Any

from perenne.reports.note.elements import Note
from perenne.reports.note.reduire import DENSITES, Densite, reduire
from perenne.reports.page import lire_gabarit
from perenne.reports.typst_moteur import compiler_pdf, dessiner_page

PAGES_MAX = 2
FIGURES_MAX = 3
"""The strips, the map and the trend; the others are in the page."""


def _entrees(note: Note, densite: Densite) -> dict[str, str]:
    reduite = reduire(note, densite)
    jour = dt.date.fromisoformat(note.au_iso)
    contenu: dict[str, Any] = {
        **asdict(reduite),
        "date": {"year": jour.year, "month": jour.month, "day": jour.day},
        "illustrations": [
            {
                "ident": i.figure.ident,
                "svg": i.figure.svg,
                "alt": f"{i.figure.titre}. {i.figure.description}",
                "legende": i.legende,
            }
            for i in reduite.illustrations[:FIGURES_MAX]
        ],
    }
    return {
        "note": json.dumps(contenu, ensure_ascii=False, default=str),
        "taille": str(densite.taille),
        "figure": str(densite.figure),
    }


def compter_pages(pdf: bytes) -> int:
    """Count the pages of a PDF that Typst wrote (its page objects are not compressed).

    Raises:
        ValueError: no page was found.
    """
    nombre = len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))
    if not nombre:
        raise ValueError("no page object in the PDF")
    return nombre


def ecrire_pdf(note: Note) -> bytes:
    """Write the note as a PDF of two pages at most where its content allows.

    The roomiest layout that holds in two pages is kept, found by halving. A note that does not hold in the
    tightest one keeps its extra page: nothing more is hidden to save paper.
    """
    return _mettre_en_page(note)[0]


def dessiner_premiere_page(note: Note, *, ppp: int = 110) -> bytes:
    """The first page of that PDF as a PNG image, to show what a note looks like."""
    densite = _mettre_en_page(note)[1]
    return dessiner_page(lire_gabarit("note.typ"), _entrees(note, densite), ppp=ppp)


def _mettre_en_page(note: Note) -> tuple[bytes, Densite]:
    jour = dt.date.fromisoformat(note.au_iso)
    source = lire_gabarit("note.typ")
    serre, large = len(DENSITES) - 1, 0
    garde: tuple[bytes, Densite] | None = None
    while True:
        densite = DENSITES[(large + serre) // 2]
        pdf = compiler_pdf(source, _entrees(note, densite), jour)
        if compter_pages(pdf) <= PAGES_MAX:
            garde, serre = (pdf, densite), (large + serre) // 2 - 1
        else:
            large = (large + serre) // 2 + 1
        if large > serre:
            return garde or (pdf, densite)
