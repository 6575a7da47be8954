"""A report as a workbook: the answer on the first sheet, then one sheet a table, numbers as numbers."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

from perenne.reports.note.classeur import ecrire_texte
from perenne.reports.note.elements import Tableau
from perenne.reports.rapport.elements import Rapport

LARGEUR_MAX = 60
TITRE_MAX = 31


def ecrire_xlsx(rapport: Rapport, noms: dict[str, str], *, points: bool = False) -> bytes:
    """Write a report as a workbook.

    Args:
        noms: sheet name of each table, by its identifier; tables without a name are left out.
        points: whether the first sheet also holds the points of every section.
    """
    classeur = Workbook()
    accueil: Any = classeur.active
    accueil.title = "Réponse"
    accueil.column_dimensions["A"].width = 34
    accueil.column_dimensions["B"].width = 110
    ecrire_texte(accueil.cell(1, 1), rapport.titre)
    accueil.cell(1, 1).font = Font(bold=True, size=14)
    ecrire_texte(accueil.cell(2, 1), rapport.chapeau)
    ecrire_texte(accueil.cell(3, 1), rapport.avertissement)
    rang = 5
    suite = [p for s in rapport.sections for p in s.points] if points else []
    for titre, texte in (
        *((p.titre, "\n".join((p.texte, *p.details))) for p in (*rapport.essentiel, *suite)),
        *(("Limite", x) for x in rapport.limites),
    ):
        for colonne, contenu in enumerate((titre, texte), 1):
            ecrire_texte(accueil.cell(rang, colonne), contenu)
            accueil.cell(rang, colonne).alignment = Alignment(wrap_text=True, vertical="top")
        accueil.cell(rang, 1).font = Font(bold=True)
        rang += 1
    for tableau in rapport.tableaux():
        if tableau.lignes and tableau.ident in noms:
            ecrire_tableau(classeur.create_sheet(noms[tableau.ident][:TITRE_MAX]), tableau)
    classeur.properties.title = rapport.titre
    classeur.properties.creator = "Pérenne"
    classeur.properties.language = "fr-FR"
    classeur.properties.created = dt.datetime.combine(rapport.jour, dt.time())
    sortie = io.BytesIO()
    classeur.save(sortie)
    return sortie.getvalue()


def ecrire_tableau(page: Any, tableau: Tableau) -> None:
    """Write a table on a sheet."""
    page.page_setup.paperSize, page.page_setup.orientation = page.PAPERSIZE_A4, "landscape"
    ecrire_texte(page.cell(1, 1), tableau.legende)
    page.cell(1, 1).font = Font(bold=True, size=13)
    for j, colonne in enumerate(tableau.colonnes, 1):
        ecrire_texte(page.cell(3, j), colonne.titre)
        page.cell(3, j).font = Font(bold=True)
        contenus = [len(ligne[j - 1].texte) for ligne in tableau.lignes]
        page.column_dimensions[get_column_letter(j)].width = min(
            LARGEUR_MAX, max([len(colonne.titre), *contenus]) + 2
        )
    for i, ligne in enumerate(tableau.lignes, 4):
        for j, contenu in enumerate(ligne, 1):
            cellule = page.cell(i, j)
            if contenu.brut is None:
                ecrire_texte(cellule, contenu.texte)
            else:
                cellule.value, cellule.number_format = contenu.brut, contenu.format or "General"
            cellule.alignment = Alignment(wrap_text=True, vertical="top")
    if tableau.note:
        ecrire_texte(page.cell(len(tableau.lignes) + 5, 1), tableau.note)
    page.freeze_panes = "B4"
