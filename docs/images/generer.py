"""Draws the pictures of the documentation: `.venv/bin/python docs/images/generer.py`.

The picture of the README is the first page of the note of the demonstration's EPCI, at a fixed date.
"""

from __future__ import annotations

import datetime as dt
import tempfile
from pathlib import Path

from perenne.reports.note.composer import composer_note
from perenne.reports.note.pdf import dessiner_premiere_page
from perenne.services.construction_atlas import construire_atlas
from perenne.services.demonstration import MENTION, TERRITOIRES, trouver_sources
from perenne.services.reglages import lire_reglages
from perenne.services.savoir import obtenir_base
from perenne.services.territoire import diagnostiquer

INSTANT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


def dessiner() -> bytes:
    """The first page of the note, as PNG."""
    reglages = lire_reglages()
    with tempfile.TemporaryDirectory() as dossier:
        atlas = Path(dossier) / "atlas"
        construire_atlas(reglages, sources=trouver_sources(), vers=atlas, maintenant=INSTANT)
        diagnostic = diagnostiquer(
            TERRITOIRES[0][0], au=INSTANT.date(), dossier_atlas=atlas, savoir=obtenir_base(reglages.savoir)
        )
    return dessiner_premiere_page(composer_note(diagnostic, mention=MENTION), ppp=84)


if __name__ == "__main__":
    (Path(__file__).parent / "note-demo.png").write_bytes(dessiner())
