"""A report as one self-contained HTML page, with the style of the note."""

from __future__ import annotations

from functools import cache

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from perenne import __version__
from perenne.reports.note.page import adresse_courte, lire_gabarit
from perenne.reports.rapport.elements import Rapport


@cache
def _environnement() -> Environment:
    environnement = Environment(
        loader=FunctionLoader(lire_gabarit),
        autoescape=select_autoescape(["html.j2"], default=True),
        undefined=StrictUndefined,
    )
    environnement.filters["adresse"] = adresse_courte
    return environnement


def ecrire_html(rapport: Rapport) -> str:
    """Write a report as a page: no script, nothing fetched, light and dark, prints on A4."""
    gabarit = _environnement().get_template("rapport.html.j2")
    return gabarit.render(rapport=rapport, css=lire_gabarit("note.css"), version=__version__) + "\n"
