"""The enterprises found as CSV and XLSX: nothing that a spreadsheet would run, and what goes out comes in."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from perenne.domain.annuaire.resultat import EntrepriseTrouvee
from perenne.reports.annuaire.colonnes import COLONNES, Valeur, decrire
from perenne.reports.annuaire.phrases import Libelles
from perenne.reports.cellule_sure import proteger_cellule

LIGNES_MAX = 1_048_575
"""Rows of a sheet of XLSX, the first one apart."""

LARGEURS = {"nom": 42, "forme_libelle": 30, "activites_libelles": 48, "commune_nom": 24, "sans_point": 30}
_BOM = "\ufeff"


def ecrire_csv(entreprises: Iterable[EntrepriseTrouvee], libelles: Libelles) -> Iterator[str]:
    """Pieces of a CSV: semicolons, one line of names, the byte order mark by which Excel knows UTF-8."""
    yield _BOM + _ligne(COLONNES)
    for e in entreprises:
        valeurs = decrire(e, libelles)
        yield _ligne([_texte(valeurs[c]) for c in COLONNES])


def _texte(valeur: Valeur) -> str:
    if valeur is None:
        return ""
    return proteger_cellule(valeur) if isinstance(valeur, str) else str(valeur)


def _ligne(valeurs: Sequence[str]) -> str:
    sortie = io.StringIO()
    csv.writer(sortie, delimiter=";", lineterminator="\r\n").writerow(valeurs)
    return sortie.getvalue()


def ecrire_xlsx(
    entreprises: Iterable[EntrepriseTrouvee], libelles: Libelles, *, a_savoir: Sequence[tuple[str, str]]
) -> bytes:
    """A workbook: the enterprises, the names of the columns on the first row; then what must be known.

    Args:
        a_savoir: pairs of a title and a text: what was asked, what was left out, the sources.
    """
    from openpyxl import Workbook  # noqa: PLC0415 - only this format pays for it
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Font  # noqa: PLC0415
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    from perenne.reports.note.classeur import ecrire_texte  # noqa: PLC0415

    classeur = Workbook(write_only=True)
    page: Any = classeur.create_sheet("Entreprises")
    page.freeze_panes = "A2"
    for rang, nom in enumerate(COLONNES, 1):
        page.column_dimensions[get_column_letter(rang)].width = LARGEURS.get(nom, 14)

    def cellule(feuille: Any, valeur: Valeur, *, gras: bool = False) -> Any:
        if valeur is None:
            return None
        neuve: Any = WriteOnlyCell(feuille)
        if isinstance(valeur, str):
            ecrire_texte(neuve, valeur)
        else:
            neuve.value = valeur
        if gras:
            neuve.font = Font(bold=True)
        return neuve

    page.append([cellule(page, nom, gras=True) for nom in COLONNES])
    for e in entreprises:
        valeurs = decrire(e, libelles)
        page.append([cellule(page, valeurs[c]) for c in COLONNES])
    notes: Any = classeur.create_sheet("À savoir")
    notes.column_dimensions["A"].width, notes.column_dimensions["B"].width = 26, 100
    for titre, texte in a_savoir:
        notes.append([cellule(notes, titre, gras=True), cellule(notes, texte)])
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()
