"""A report as a tagged PDF/UA-1."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from perenne.reports.page import lire_gabarit
from perenne.reports.rapport.elements import Rapport, Section
from perenne.reports.typst_moteur import compiler_pdf


def ecrire_pdf(rapport: Rapport) -> bytes:
    """Write a report as a PDF on A4."""
    jour = rapport.jour
    contenu: dict[str, Any] = {
        "titre": rapport.titre,
        "chapeau": rapport.chapeau,
        "avertissement": rapport.avertissement,
        "essentiel": [asdict(p) for p in rapport.essentiel],
        "limites": rapport.limites,
        "date": {"year": jour.year, "month": jour.month, "day": jour.day},
        "sections": [_section(s) for s in rapport.sections],
    }
    source = lire_gabarit("rapport.typ")
    return compiler_pdf(source, {"rapport": json.dumps(contenu, ensure_ascii=False, default=str)}, jour)


def _section(section: Section) -> dict[str, Any]:
    return {
        "titre": section.titre,
        "phrases": section.phrases,
        "points": [asdict(p) for p in section.points],
        "tableaux": [asdict(t) for t in section.tableaux],
        "illustrations": [
            {"svg": i.figure.svg, "alt": f"{i.figure.titre}. {i.figure.description}", "legende": i.legende}
            for i in section.illustrations
        ],
    }
