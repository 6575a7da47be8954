"""How a workbook to fill in looks, on a screen and on paper, in Excel and in LibreOffice."""

from __future__ import annotations

import math
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

NOM = "Calibri"
"""Said each time: a font without a name is a serif one in LibreOffice."""
TITRE = Font(name=NOM, bold=True, size=14, color="0B6B6B")
GRIS = Font(name=NOM, italic=True, color="56606B")
GRAS, MAIGRE = Font(name=NOM, bold=True), Font(name=NOM)
FOND_ENTETE = PatternFill("solid", fgColor="E3F0EF")
FOND_OBLIGATOIRE = PatternFill("solid", fgColor="A9D3D0")
TRAIT = Border(bottom=Side(style="medium", color="0B6B6B"))
_FILET = Side(style="thin", color="9FB3B1")
CASE = Border(left=_FILET, right=_FILET, top=_FILET, bottom=_FILET)
"""Around a cell to fill in."""
RENVOI = Alignment(wrap_text=True, vertical="top")
HAUT = Alignment(vertical="top")
POINTS_PAR_LIGNE = 15
SERRE = 1.1
"""Letters of running text in one unit of width, which is that of a digit."""
LARGEUR_D_UNE_PAGE = 180
"""Characters of a column width that stay readable across an A4 page in landscape."""


def imprimer(page: Any, ligne_de_titres: int = 0) -> None:
    """Print on A4 in landscape, on as many pages across as stay readable, headings and names repeated.

    Args:
        ligne_de_titres: row of the headings of a table, 0 when the sheet is not one.
    """
    largeur = sum(d.width for d in page.column_dimensions.values() if d.width)
    page.page_setup.paperSize = page.PAPERSIZE_A4
    page.page_setup.orientation = "landscape"
    page.page_setup.fitToWidth = max(1, math.ceil(largeur / LARGEUR_D_UNE_PAGE))
    page.page_setup.fitToHeight = 0
    page.sheet_properties.pageSetUpPr.fitToPage = True
    if ligne_de_titres:
        page.print_title_rows = f"{ligne_de_titres}:{ligne_de_titres}"
        page.print_title_cols = "A:A"


def ajuster_hauteur(page: Any, ligne: int) -> None:
    """Make a row high enough for its wrapped cells: LibreOffice does not do it when it opens a file."""
    lignes = 1
    for cellule in page[ligne]:
        if isinstance(cellule.value, str) and cellule.alignment.wrap_text:
            largeur = page.column_dimensions[cellule.column_letter].width or 13
            lignes = max(
                lignes, sum(math.ceil(len(p) / (largeur * SERRE)) or 1 for p in cellule.value.split("\n"))
            )
    if lignes > 1:
        page.row_dimensions[ligne].height = lignes * POINTS_PAR_LIGNE
