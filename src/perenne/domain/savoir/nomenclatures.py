"""Nomenclatures: codes that pages must be able to spell out."""

from __future__ import annotations

from perenne.domain.savoir.commun import Source, fiche


@fiche
class Nomenclature:
    """Labels of the codes used in the knowledge base (an extract, not the whole nomenclature).

    Attributes:
        libelles: code, always a quoted string, to its French label.
        precisions: code to what its label does not say (producer, key, limits of a register).
    """

    id: str
    titre: str
    producteur: str = ""
    version: str = ""
    libelles: dict[str, str]
    precisions: dict[str, str] | None = None
    note: str = ""
    source: Source
