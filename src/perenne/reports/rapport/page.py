"""A report as one self-contained HTML page, with the style of the note."""

from __future__ import annotations

from perenne import __version__
from perenne.reports.page import preparer_gabarit
from perenne.reports.rapport.elements import Rapport


def ecrire_html(rapport: Rapport) -> str:
    """Write a report as a page: no script, nothing fetched, light and dark, prints on A4."""
    return preparer_gabarit("rapport.html.j2", rapport=rapport, version=__version__)
