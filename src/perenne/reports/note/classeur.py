"""The note as a workbook: one sheet per table, numbers as numbers, nothing that a spreadsheet would run."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from openpyxl import Workbook
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE, Cell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from perenne.reports.note.elements import Cellule, Note, Point, Tableau

LARGEUR_MAX = 60
NOMS = {
    "indicateurs": "Indicateurs",
    "donnees": "Données",
    "cget": "Trois critères",
    "tendances": "Évolutions",
    "carte": "Carte",
    "zonages": "Zonages",
    "besoins": "Besoins",
    "offre-besoins": "Offre par besoin",
    "offre-activites": "Offre par activité",
    "offre-donnees": "Données de l’offre",
    "operateurs": "Opérateurs",
    "pairs": "Comparables",
    "sources": "Sources",
}
"""Sheet names: at most 31 characters, none of those that Excel refuses."""


def ecrire_texte(cellule: Cell, texte: str) -> None:
    """Write words that a spreadsheet must never run, whatever they start with (=, +, -, @).

    The cell is typed as text and carries the quote prefix, so that editing it keeps it text.
    """
    cellule.value = ILLEGAL_CHARACTERS_RE.sub("", texte)
    cellule.data_type = "s"
    if texte[:1] in "=+-@\t\r" and texte:
        cellule.quotePrefix = True


def _remplir(cellule: Cell, contenu: Cellule) -> None:
    if contenu.brut is None:
        ecrire_texte(cellule, contenu.texte)
        if contenu.genre == "absent":
            cellule.font = Font(italic=True, color="56606B")
    else:
        cellule.value = contenu.brut
        cellule.number_format = contenu.format or "General"


def _preparer(feuille: Any, titre: str) -> None:
    feuille.page_setup.paperSize = feuille.PAPERSIZE_A4
    feuille.page_setup.orientation = "landscape"
    feuille.page_setup.fitToHeight = 0
    feuille.sheet_properties.pageSetUpPr.fitToPage = True
    ecrire_texte(feuille.cell(1, 1), titre)
    feuille.cell(1, 1).font = Font(bold=True, size=13)


def ajouter_feuille(classeur: Workbook, tableau: Tableau) -> None:
    """Add a sheet that holds a table, under its name in `NOMS`."""
    feuille: Any = classeur.create_sheet(NOMS.get(tableau.ident, tableau.ident))
    _preparer(feuille, tableau.legende)
    for j, colonne in enumerate(tableau.colonnes, 1):
        cellule = feuille.cell(3, j)
        ecrire_texte(cellule, colonne.titre)
        cellule.font = Font(bold=True)
        cellule.alignment = Alignment(horizontal="right" if colonne.nombre else "left")
        contenus = [len(ligne[j - 1].texte) for ligne in tableau.lignes]
        largeur = min(LARGEUR_MAX, max([len(colonne.titre), *contenus]) + 2)
        feuille.column_dimensions[get_column_letter(j)].width = largeur
    for i, ligne in enumerate(tableau.lignes, 4):
        for j, contenu in enumerate(ligne, 1):
            cellule = feuille.cell(i, j)
            _remplir(cellule, contenu)
            droite = tableau.colonnes[j - 1].nombre
            cellule.alignment = Alignment(
                wrap_text=True, vertical="top", horizontal="right" if droite else "left"
            )
    if tableau.note:
        ecrire_texte(feuille.cell(len(tableau.lignes) + 5, 1), tableau.note)
    feuille.freeze_panes = "B4"
    feuille.auto_filter.ref = f"A3:{get_column_letter(len(tableau.colonnes))}{len(tableau.lignes) + 3}"
    feuille.print_title_rows = "3:3"


def _liste(feuille: Any, rang: int, titre: str, points: tuple[Point, ...]) -> int:
    ecrire_texte(feuille.cell(rang, 1), titre)
    feuille.cell(rang, 1).font = Font(bold=True, size=12)
    for point in points:
        rang += 1
        for j, texte in enumerate((point.titre, " ".join((point.texte, *point.details)).strip()), 1):
            ecrire_texte(feuille.cell(rang, j), texte)
            feuille.cell(rang, j).alignment = Alignment(wrap_text=True, vertical="top")
        feuille.cell(rang, 1).font = Font(bold=True)
    return rang + 2


def _accueil(feuille: Any, note: Note) -> None:
    feuille.title = "Note"
    _preparer(feuille, note.titre)
    for rang, texte in enumerate(
        (note.chapeau, f"Situation au {note.au}, données {note.version_atlas}", note.avertissement), 2
    ):
        ecrire_texte(feuille.cell(rang, 1), texte)
    feuille.column_dimensions["A"].width = 34
    feuille.column_dimensions["B"].width = 110
    rang = _liste(feuille, 6, "L’essentiel", note.essentiel)
    rang = _liste(feuille, rang, "Qui peut agir", note.acteurs)
    rang = _liste(feuille, rang, "Précédents dans des territoires proches", note.precedents)
    rang = _liste(feuille, rang, "Ce qui peut être fait ensuite", note.suites)
    _liste(feuille, rang, "Limites", tuple(Point(titre="", texte=x) for x in note.limites))


def ecrire_xlsx(note: Note) -> bytes:
    """Write the note as a workbook.

    Returns:
        The bytes of an .xlsx file: a first sheet with the answer, one sheet per table, sources last.
    """
    classeur = Workbook()
    _accueil(classeur.active, note)
    for tableau in (
        *note.tableaux()[:-1],
        note.operateurs,
        note.donnees,
        note.offre_donnees,
        note.sources,
    ):
        if tableau.lignes:
            ajouter_feuille(classeur, tableau)
    instant = dt.datetime.fromisoformat(note.au_iso)
    classeur.properties.title = note.titre
    classeur.properties.creator = "Pérenne"
    classeur.properties.language = "fr-FR"
    classeur.properties.created = instant
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()
