"""The single door of the note: a diagnosis and a format in, a file out. A format loads only its library."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

from perenne.domain.territoire.operateurs import Liste
from perenne.domain.territoire.resultat import Diagnostic
from perenne.reports.note.composer import composer_note

Format = Literal["html", "pdf", "docx", "xlsx"]
FORMATS: tuple[Format, ...] = ("html", "pdf", "docx", "xlsx")


def rendre(
    diagnostic: Diagnostic,
    format_: Format,
    *,
    mention: str = "",
    gabarit: Path | None = None,
    operateurs: Liste | None = None,
) -> bytes:
    """Write the note of a territory.

    Args:
        diagnostic: the diagnosis.
        format_: html, pdf, docx or xlsx.
        mention: what must be said before anything else, empty for nothing.
        gabarit: Word template of the authority, for docx only.
        operateurs: those of the territory, for xlsx only.

    Returns:
        The bytes of the file; HTML is UTF-8.

    Raises:
        ErreurUtilisateur: the Word template cannot be filled.
        ValueError: the format is unknown.
    """
    note = composer_note(diagnostic, mention=mention, operateurs=operateurs)
    if format_ == "html":
        from perenne.reports.note.page import ecrire_html  # noqa: PLC0415 - loads what it needs

        return ecrire_html(note).encode()
    if format_ == "pdf":
        from perenne.reports.note.pdf import ecrire_pdf  # noqa: PLC0415

        return ecrire_pdf(note)
    if format_ == "docx":
        from perenne.reports.note.word import ecrire_docx  # noqa: PLC0415

        return ecrire_docx(note, gabarit)
    if format_ == "xlsx":
        from perenne.reports.note.classeur import ecrire_xlsx  # noqa: PLC0415

        return ecrire_xlsx(note)
    raise ValueError(f"unknown format: {format_}")
