"""Builds the Word template that an authority may then edit: `python -m perenne.reports.note.gabarit_docx`.

The template is shipped as `gabarits/note.docx`; a test checks that it is what this script makes.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

GABARIT = Path(__file__).resolve().parents[1] / "gabarits" / "note.docx"
ACCENT, SOURDINE = RGBColor(0x0B, 0x6B, 0x6B), RGBColor(0x56, 0x60, 0x6B)
POLICE = "Calibri"
PIED = "{{ note.titre }} · {{ note.au }} · données {{ note.version_atlas }}"
LARGEUR_CM = 18.0
A_DROITE = {"Ici", "Médiane", "Moitié centrale", "Décile", "Contours", "Habitants"}
"""Columns of numbers."""


def _styles(document: Any) -> None:
    for nom, taille, couleur in (
        ("Normal", 8.5, None), ("Title", 18, None), ("Heading 1", 12, ACCENT), ("Heading 2", 10, None),
        ("Caption", 8.5, SOURDINE), ("List Bullet", 8.5, None), ("List Number", 8.5, None),
    ):  # fmt: skip
        style = document.styles[nom]
        style.font.name, style.font.size = POLICE, Pt(taille)
        style.paragraph_format.space_after = Pt(2)
        style.paragraph_format.line_spacing = 1.0
        style.paragraph_format.space_before = Pt(6 if nom == "Heading 1" else 0)
        fontes = style.element.get_or_add_rPr().get_or_add_rFonts()
        for cle in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
            fontes.attrib.pop(qn(cle), None)
        fontes.set(qn("w:hAnsi"), POLICE)
        if nom == "Caption":
            style.font.bold = False
        if couleur is not None:
            style.font.color.rgb = couleur
    langue = OxmlElement("w:lang")
    langue.set(qn("w:val"), "fr-FR")
    document.styles["Normal"].element.get_or_add_rPr().append(langue)


def preparer(document: Any, pied: str) -> None:
    """Give an empty document the styles, the page and the footer of our documents."""
    _styles(document)
    _mise_en_page(document, pied)


def _mise_en_page(document: Any, texte: str = PIED) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(1.5)
    section.top_margin = section.bottom_margin = Cm(1.1)
    pied = section.footer.paragraphs[0]
    pied.text = texte
    pied.runs[0].font.size = Pt(8)


def _entete_repete(ligne: Any) -> None:
    proprietes = ligne._tr.get_or_add_trPr()
    proprietes.append(OxmlElement("w:tblHeader"))


def _tableau(document: Any, nom: str, titres: Sequence[str], parts: Sequence[float]) -> None:
    """A table whose rows repeat over `note.<nom>.lignes`, with its caption above and its note below."""
    document.add_paragraph(f"{{%p if note.{nom}.lignes %}}")
    document.add_paragraph(f"{{{{ note.{nom}.legende }}}}", style="Caption")
    tableau = document.add_table(rows=4, cols=len(titres), style="Table Grid")
    tableau.autofit = False
    contenus = (
        list(titres),
        [f"{{%tr for l in note.{nom}.lignes %}}"],
        [f"{{{{ l[{i}].texte }}}}" for i in range(len(titres))],
        ["{%tr endfor %}"],
    )
    total = sum(parts)
    for ligne, textes in zip(tableau.rows, contenus, strict=True):
        for i, cellule in enumerate(ligne.cells):
            cellule.width = Cm(LARGEUR_CM * parts[i] / total)
            cellule.text = textes[i] if i < len(textes) else ""
            cellule.paragraphs[0].paragraph_format.space_after = Pt(0)
            if titres[i] in A_DROITE:
                cellule.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT
            for plage in cellule.paragraphs[0].runs:
                plage.font.size = Pt(7.5)
                plage.font.bold = textes is contenus[0]
    for colonne, part in zip(tableau.columns, parts, strict=True):
        colonne.width = Cm(LARGEUR_CM * part / total)
    _entete_repete(tableau.rows[0])
    tableau.rows[2]._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    _petit(document.add_paragraph(f"{{{{ note.{nom}.note }}}}"))
    document.add_paragraph("{%p endif %}")


def _images(document: Any) -> None:
    """The figures side by side, one cell each."""
    tableau = document.add_table(rows=1, cols=3)
    debut, image, fin = tableau.rows[0].cells
    debut.text, fin.text = "{%tc for i in images %}", "{%tc endfor %}"
    image.text = "{{ i.image }}"
    image.add_paragraph("{{ i.legende }}", style="Caption")


def _cote_a_cote(document: Any, nom: str) -> None:
    """The items of a list in columns, one cell each."""
    tableau = document.add_table(rows=1, cols=3)
    debut, milieu, fin = tableau.rows[0].cells
    debut.text, fin.text = f"{{%tc for p in note.{nom} %}}", "{%tc endfor %}"
    milieu.paragraphs[0].add_run("{{ p.titre }}").bold = True
    milieu.add_paragraph("{{ p.texte }}")
    milieu.add_paragraph("{%p for d in p.details %}")
    _petit(milieu.add_paragraph("{{ d }}"))
    milieu.add_paragraph("{%p endfor %}")


def _petit(paragraphe: Any) -> None:
    for plage in paragraphe.runs:
        plage.font.size = Pt(7.5)
        plage.font.color.rgb = SOURDINE


def _points(document: Any, nom: str, style: str) -> None:
    document.add_paragraph(f"{{%p for p in note.{nom} %}}")
    paragraphe = document.add_paragraph(style=style)
    paragraphe.add_run("{{ p.titre }}").bold = True
    paragraphe.add_run("{% if p.texte %} : {{ p.texte }}{% endif %}")
    plage = paragraphe.add_run("{% if p.details %} {{ p.details | join(' ') }}{% endif %}")
    plage.font.size, plage.font.color.rgb = Pt(8), SOURDINE
    document.add_paragraph("{%p endfor %}")


def construire() -> Any:
    """The template, as a python-docx document."""
    document = docx.Document()
    _styles(document)
    _mise_en_page(document)
    document.add_paragraph("{{ note.titre }}", style="Title")
    _petit(document.add_paragraph("{{ note.chapeau }} · code {{ note.code }} · situation au {{ note.au }}"))
    document.add_paragraph("{%p if note.avertissement %}")
    document.add_paragraph().add_run("{{ note.avertissement }}").bold = True
    document.add_paragraph("{%p endif %}")
    document.add_heading("L’essentiel", 1)
    _points(document, "essentiel", "Normal")
    document.add_heading("Ce qui pèse ici", 1)
    document.add_paragraph("{%p if note.constat %}")
    document.add_paragraph("{{ note.constat }}")
    document.add_paragraph("{%p endif %}")
    _images(document)
    _tableau(
        document, "indicateurs", ("Indicateur", "Ici", "Médiane", "Moitié centrale", "Place", "Année"),
        (2.1, 1.2, 1.2, 1.3, 3.3, 0.9),
    )  # fmt: skip
    _tableau(document, "cget", ("Critère", "Lu sur", "Ici", "Décile"), (1, 2, 1, 1))
    _tableau(document, "carte", ("Classement", "Contours", "Habitants"), (2, 1, 1))
    document.add_heading("Zonages et programmes", 1)
    titres: tuple[str, ...] = ("Zonage ou programme", "Statut", "Étendue", "Période", "Référence")
    _tableau(document, "zonages", titres, (2.4, 0.8, 1.3, 2.1, 2.7))
    document.add_heading("Besoins et offre", 1)
    document.add_paragraph("{{ note.offre }}")
    titres = ("Besoin", "Niveau", "Ce qui le documente", "Activités qui y répondent", "Offre repérée ici")
    _tableau(document, "besoins", titres, (1.7, 0.75, 2.3, 2.3, 1.9))
    _petit(document.add_paragraph("{{ note.besoins_suite }}"))
    titres = ("Besoin", "Réponse repérée", "ESS, au regard de ses semblables")
    _tableau(document, "offre_resume", titres, (2.6, 3.2, 2.2))
    document.add_heading("Qui peut agir", 1)
    _points(document, "acteurs", "List Bullet")
    document.add_heading("Précédents dans des territoires proches", 1)
    _cote_a_cote(document, "precedents")
    document.add_heading("Ce qui peut être fait ensuite", 1)
    _points(document, "suites", "List Number")
    document.add_heading("Sources et limites", 1)
    _petit(document.add_paragraph("{{ note.sources_citees | join(' ') }}"))
    _petit(document.add_paragraph("{{ note.limites | join(' ') }}"))
    proprietes = document.core_properties
    proprietes.title, proprietes.author, proprietes.language = "Note de territoire", "Pérenne", "fr-FR"
    proprietes.created = proprietes.modified = dt.datetime(2026, 11, 23)  # noqa: DTZ001 - Word keeps no zone
    return document


if __name__ == "__main__":
    construire().save(str(GABARIT))
