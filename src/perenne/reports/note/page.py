"""The note as one self-contained HTML page."""

from __future__ import annotations

from perenne import __version__
from perenne.reports.note.elements import Note
from perenne.reports.page import preparer_gabarit


def ecrire_html(note: Note) -> str:
    """Write the note as a page.

    Returns:
        A complete document in French; its only links are those of the sources.
    """
    return preparer_gabarit("note.html.j2", note=note, version=__version__)
