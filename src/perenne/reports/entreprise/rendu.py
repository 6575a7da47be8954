"""The single door of the shared diagnosis: a diagnosis and a format in, a file out."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

from perenne.domain.entreprise.diagnostic import Diagnostic
from perenne.domain.entreprise.faits import tirer_faits
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.criteres import Critere, Famille, Mesure, Repere
from perenne.reports.entreprise.composer import composer_rapport
from perenne.reports.rapport.elements import Rapport

Format = Literal["texte", "json", "html", "docx", "pdf", "xlsx"]
FORMATS: tuple[Format, ...] = ("texte", "json", "html", "docx", "pdf", "xlsx")
NOMS = {
    "questions": "à demander",
    "poids": "poids",
    "bilan": "bilan",
    "ressources": "sortes d'argent",
    "payeurs": "qui paie",
    "departs": "départs",
    "activites": "parts d'activité",
    "evolution": "évolution",
    "famille-t": "famille T",
    "famille-a": "famille A",
    "famille-b": "famille B",
    "famille-c": "famille C",
    "stade": "stade de vie",
    "sources": "sources des repères",
}


def rendre(
    diagnostic: Diagnostic,
    format_: Format,
    base: BaseSavoir,
    *,
    avis: Sequence[str] = (),
    gabarit: Path | None = None,
) -> bytes:
    """Write the shared diagnosis.

    Args:
        avis: what must be said about the reading of the file.
        gabarit: Word document whose styles are used, for docx only.

    Returns:
        The bytes of the file; text, JSON and HTML are UTF-8. JSON amounts are integer cents. The workbook
        holds the file itself, read back the same, and the readings on sheets that the import leaves aside.

    Raises:
        ErreurUtilisateur: the Word template cannot be used.
        ValueError: the format is unknown.
    """
    if format_ == "json":
        contenu = simple(diagnostic) | {"faits": simple(tirer_faits(diagnostic)), "avis": list(avis)}
        return (json.dumps(contenu, ensure_ascii=False, indent=1) + "\n").encode()
    rapport = composer_rapport(diagnostic, base, avis)
    if format_ == "texte":
        from perenne.reports.rapport.texte import ecrire_texte  # noqa: PLC0415 - loads what it needs

        return ecrire_texte(rapport).encode()
    if format_ == "html":
        from perenne.reports.rapport.page import ecrire_html  # noqa: PLC0415

        return ecrire_html(rapport).encode()
    if format_ == "pdf":
        from perenne.reports.rapport.pdf import ecrire_pdf  # noqa: PLC0415

        return ecrire_pdf(rapport)
    if format_ == "docx":
        from perenne.reports.rapport.word import ecrire_docx  # noqa: PLC0415

        return ecrire_docx(rapport, gabarit)
    if format_ == "xlsx":
        return _xlsx(diagnostic, base, rapport)
    raise ValueError(f"unknown format: {format_}")


def _xlsx(diagnostic: Diagnostic, base: BaseSavoir, rapport: Rapport) -> bytes:
    from perenne.reports.entreprise.classeur_dossier import ecrire_dossier  # noqa: PLC0415

    lectures = [(NOMS[t.ident], t) for t in rapport.tableaux() if t.ident in NOMS]
    return ecrire_dossier(diagnostic.dossier, base.criteres, lectures)


def simple(valeur: Any) -> Any:  # noqa: PLR0911 - one return a kind
    """Plain JSON values; items of the knowledge base are named by their identifier."""
    if isinstance(valeur, Critere | Famille | Mesure):
        return valeur.id
    if isinstance(valeur, Repere):
        return {
            "type": valeur.type, "mesure": valeur.mesure, "texte": valeur.texte, "lecture": valeur.lecture,
            "source": valeur.source.document if valeur.source else None,
        }  # fmt: skip
    if is_dataclass(valeur) and not isinstance(valeur, type):
        return {f.name: simple(getattr(valeur, f.name)) for f in fields(valeur)}
    if isinstance(valeur, Mapping):
        return {str(c): simple(v) for c, v in valeur.items()}
    if isinstance(valeur, list | tuple | set | frozenset):
        return [simple(v) for v in valeur]
    if isinstance(valeur, dt.date):
        return valeur.isoformat()
    return float(valeur) if isinstance(valeur, Decimal) else valeur
