"""A workbook is read as it is opened: rows high enough, a named font, pages that print."""

from __future__ import annotations

import io

from openpyxl import load_workbook

from perenne.reports.entreprise.classeur_dossier import ecrire_modele
from perenne.reports.tresorerie.classeur import ecrire_classeur
from perenne.services.savoir import obtenir_base


def test_wrapped_rows_are_high_enough_and_every_word_has_a_font() -> None:
    classeurs = (
        ecrire_classeur(None),
        ecrire_modele(obtenir_base().criteres, ["entreprise"], essentielle=False),
    )
    for octets in classeurs:
        for page in load_workbook(io.BytesIO(octets)).worksheets:
            for ligne in page.iter_rows():
                for cellule in ligne:
                    if not isinstance(cellule.value, str):
                        continue
                    assert cellule.font.name == "Calibri", (page.title, cellule.coordinate)
                    if cellule.alignment.wrap_text:
                        largeur = page.column_dimensions[cellule.column_letter].width
                        points = page.row_dimensions[cellule.row].height or 15
                        # A letter of running text is at least 0.8 of a digit wide, a line is 15 points high.
                        assert len(cellule.value) * 0.8 <= largeur * points / 15, cellule.coordinate


def test_every_sheet_prints_on_a4_with_its_headings() -> None:
    pages = load_workbook(io.BytesIO(ecrire_classeur(None))).worksheets
    assert {p.page_setup.orientation for p in pages} == {"landscape"}
    assert all(p.print_title_rows == "$3:$3" for p in pages[2:])
