"""Nomenclatures: codes that pages must be able to spell out."""

from __future__ import annotations

from perenne.domain.savoir.commun import Source, fiche


@fiche
class Nomenclature:
    """Labels of the codes used in the knowledge base (an extract, not the whole nomenclature).

    Attributes:
        libelles: code, always a quoted string, to its French label.
    """

    id: str
    titre: str
    producteur: str = ""
    version: str = ""
    libelles: dict[str, str]
    note: str = ""
    source: Source
