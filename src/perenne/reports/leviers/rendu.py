"""The advice in the format asked for."""

from __future__ import annotations

from typing import Literal

from perenne.domain.leviers.recommandation import Recommandation
from perenne.domain.savoir.base import BaseSavoir
from perenne.reports.leviers.composer import composer_rapport

Format = Literal["texte", "json", "html", "docx", "pdf", "xlsx"]
FEUILLES = {"dix-neuf-actions": "Dix-neuf actions", "points": "Points", "faits": "Faits"}
"""Sheet names of the tables."""


def rendre(
    reco: Recommandation, base: BaseSavoir, format_: Format, *, deduits: tuple[str, ...] = ()
) -> bytes:
    """Write an advice; each format is imported only when it is asked for."""
    if format_ == "json":
        from perenne.reports.leviers.machine import ecrire_json  # noqa: PLC0415

        return ecrire_json(reco).encode()
    rapport = composer_rapport(reco, base, deduits=deduits)
    if format_ == "html":
        from perenne.reports.rapport.page import ecrire_html  # noqa: PLC0415

        return ecrire_html(rapport).encode()
    if format_ == "docx":
        from perenne.reports.rapport.word import ecrire_docx  # noqa: PLC0415

        return ecrire_docx(rapport)
    if format_ == "xlsx":
        from perenne.reports.rapport.classeur import ecrire_xlsx  # noqa: PLC0415

        return ecrire_xlsx(rapport, FEUILLES, points=True)
    if format_ == "pdf":
        from perenne.reports.rapport.pdf import ecrire_pdf  # noqa: PLC0415

        return ecrire_pdf(rapport)
    from perenne.reports.rapport.texte import ecrire_texte  # noqa: PLC0415

    return ecrire_texte(rapport).encode()
