"""A report as a Word document that can be edited and pasted: real headings, real tables, images described."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt, RGBColor

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.reports.note.elements import Cellule, Point, Tableau
from perenne.reports.note.gabarit_docx import preparer
from perenne.reports.rapport.elements import Rapport, Section
from perenne.reports.typst_moteur import convertir_png

LARGEUR = 17.8
LARGEUR_IMAGE = Cm(10)
ALERTE, SOURDINE = RGBColor(0x9A, 0x4A, 0x00), RGBColor(0x56, 0x60, 0x6B)


def ecrire_docx(rapport: Rapport, gabarit: Path | None = None) -> bytes:
    """Write a report as a Word document.

    Args:
        gabarit: a .docx whose styles, header and footer are used (its text is kept before the report); None
            for the styles of the package.

    Raises:
        ErreurUtilisateur: the template cannot be opened, or lacks a style.
    """
    document = _ouvrir(gabarit, rapport.titre)
    try:
        _remplir(document, rapport)
    except KeyError as erreur:
        raise ErreurUtilisateur(
            "Le modèle Word ne peut pas être employé.",
            anomalies=(Anomalie(ou=str(gabarit), message=f"un style manque : {erreur}."),),
            conseil=(
                "Partez d'un document Word ordinaire, qui a les styles Titre, Titre 1, Titre 2 et Légende."
            ),
        ) from erreur
    proprietes = document.core_properties
    proprietes.title, proprietes.author, proprietes.language = rapport.titre, "Pérenne", "fr-FR"
    proprietes.created = proprietes.modified = dt.datetime.combine(rapport.jour, dt.time())
    sortie = io.BytesIO()
    document.save(sortie)
    return sortie.getvalue()


def _ouvrir(gabarit: Path | None, titre: str) -> Any:
    if gabarit is None:
        document = docx.Document()
        preparer(document, titre)
        return document
    try:
        return docx.Document(str(gabarit))
    except Exception as erreur:  # whatever a broken file raises, the user is told the same thing
        raise ErreurUtilisateur(
            f"Le modèle Word ne peut pas être ouvert : {gabarit}.",
            conseil="Donnez un fichier .docx.",
        ) from erreur


def _remplir(document: Any, rapport: Rapport) -> None:
    document.add_paragraph(rapport.titre, style="Title")
    _petit(document.add_paragraph(rapport.chapeau))
    if rapport.avertissement:
        document.add_paragraph().add_run(rapport.avertissement).bold = True
    document.add_heading("L’essentiel", 1)
    for point in rapport.essentiel:
        _point(document, point, "Normal")
    for section in rapport.sections:
        _section(document, section)
    document.add_heading("Limites", 1)
    for limite in rapport.limites:
        _petit(document.add_paragraph(limite, style="List Bullet"))


def _section(document: Any, section: Section) -> None:
    document.add_heading(section.titre, 1)
    for phrase in section.phrases:
        document.add_paragraph(phrase)
    for illustration in section.illustrations:
        figure = illustration.figure
        image = document.add_picture(io.BytesIO(convertir_png(figure)), width=LARGEUR_IMAGE)
        image._inline.docPr.set("descr", f"{figure.titre}. {figure.description}")
        image._inline.docPr.set("title", figure.titre)
        document.add_paragraph(illustration.legende, style="Caption")
    for point in section.points:
        _point(document, point, "List Bullet")
    for tableau in section.tableaux:
        if tableau.lignes:
            _tableau(document, tableau)


def _point(document: Any, point: Point, style: str) -> None:
    paragraphe = document.add_paragraph(style=style)
    if point.titre:
        paragraphe.add_run(point.titre).bold = True
        paragraphe.add_run("\u00a0: " if point.texte else "")
    paragraphe.add_run(point.texte)
    for detail in point.details:
        suite = document.add_paragraph(detail)
        suite.paragraph_format.left_indent = Cm(0.6)
        _petit(suite)


def _tableau(document: Any, tableau: Tableau) -> None:
    document.add_paragraph(tableau.legende, style="Caption").paragraph_format.keep_with_next = True
    table = document.add_table(rows=1, cols=len(tableau.colonnes), style="Table Grid")
    table.autofit = False
    total = sum(c.part for c in tableau.colonnes)
    largeurs = [Cm(LARGEUR * c.part / total) for c in tableau.colonnes]
    for colonne, largeur in zip(table.columns, largeurs, strict=True):
        colonne.width = largeur  # LibreOffice reads the grid, Word the cells
    titres = [Cellule(texte=c.titre) for c in tableau.colonnes]
    droites = [c.nombre for c in tableau.colonnes]
    _ligne(table.rows[0], titres, largeurs, droites, gras=True)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for ligne in tableau.lignes:
        _ligne(table.add_row(), ligne, largeurs, droites, gras=False)
    _petit(document.add_paragraph(tableau.note))


def _ligne(
    rangee: Any, cellules: Sequence[Cellule], largeurs: Sequence[Any], droites: Sequence[bool], *, gras: bool
) -> None:
    for cellule, contenu, largeur, droite in zip(rangee.cells, cellules, largeurs, droites, strict=True):
        cellule.width = largeur
        paragraphe = cellule.paragraphs[0]
        plage = paragraphe.add_run(contenu.texte or "—")
        plage.font.size, plage.font.bold = Pt(8.5), gras or contenu.genre == "alerte"
        if contenu.genre == "alerte":
            plage.font.color.rgb = ALERTE
        elif contenu.genre == "absent":
            plage.font.color.rgb, plage.font.italic = SOURDINE, True
        if droite:
            paragraphe.alignment = 2
    rangee._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _petit(paragraphe: Any) -> None:
    for plage in paragraphe.runs:
        plage.font.size = Pt(8.5)
        plage.font.color.rgb = SOURDINE
