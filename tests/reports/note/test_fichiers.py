"""PDF, Word and Excel: opened again with other libraries, they say the answer and keep their promises."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
import openpyxl
import pypdf
import pytest
import typst

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.territoire.resultat import Diagnostic
from perenne.reports.note.composer import composer_note
from perenne.reports.note.gabarit_docx import GABARIT, construire
from perenne.reports.note.pdf import ecrire_pdf
from perenne.reports.note.rendu import FORMATS, rendre
from perenne.reports.note.word import ecrire_docx
from perenne.reports.page import lire_gabarit
from perenne.reports.typst_moteur import compiler_pdf

REPONSE = "24,0\u202f%"


@pytest.fixture(scope="module")
def pdf(diagnostic: Diagnostic) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(rendre(diagnostic, "pdf")))


def test_the_pdf_is_tagged_titled_and_in_french(pdf: pypdf.PdfReader) -> None:
    racine: Any = pdf.trailer["/Root"]
    assert racine["/MarkInfo"]["/Marked"].value is True
    assert "/StructTreeRoot" in racine
    assert str(racine["/Lang"]).startswith("fr")
    assert racine["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert pdf.metadata is not None
    assert pdf.metadata.title == "Note de territoire\u00a0: Val & Fictif <sur> Brume"
    assert b"pdfuaid:part" in racine["/Metadata"].get_data()


def test_the_pdf_has_two_pages_of_a4_and_says_the_answer(pdf: pypdf.PdfReader) -> None:
    assert len(pdf.pages) == 2
    assert [round(float(v)) for v in pdf.pages[0].mediabox[2:]] == [595, 842]
    premiere = pdf.pages[0].extract_text()
    assert "L’essentiel" in premiere
    assert "secret statistique" in premiere
    assert "Sources et limites" in pdf.pages[1].extract_text()


def _balises(noeud: Any, vues: list[str]) -> list[str]:
    noeud = noeud.get_object()
    if isinstance(noeud, list):
        for enfant in noeud:
            _balises(enfant, vues)
    elif isinstance(noeud, dict):
        if "/S" in noeud and noeud.get("/Type") != "/OBJR":
            vues.append(str(noeud["/S"]))
            if noeud["/S"] == "/Figure":
                assert str(noeud.get("/Alt", ""))
        if "/K" in noeud and not isinstance(noeud["/K"], int):
            _balises(noeud["/K"], vues)
    return vues


def test_the_tags_of_the_pdf_name_headings_tables_lists_and_figures(pdf: pypdf.PdfReader) -> None:
    racine: Any = pdf.trailer["/Root"]
    balises = _balises(racine["/StructTreeRoot"], [])
    assert balises.count("/H1") == 1
    assert {"/H2", "/Table", "/TH", "/TD", "/Figure", "/Caption", "/LI"} <= set(balises)
    assert balises.count("/Figure") == 3


def test_the_same_note_gives_the_same_pdf_bytes(diagnostic: Diagnostic) -> None:
    note = composer_note(diagnostic)
    assert ecrire_pdf(note) == ecrire_pdf(note)


def test_an_image_without_a_text_alternative_is_refused(diagnostic: Diagnostic) -> None:
    source = lire_gabarit("note.typ").replace(", alt: i.alt", "")
    assert source != lire_gabarit("note.typ")
    note = composer_note(diagnostic)
    from perenne.reports.note import pdf as module  # the private inputs, to compile a damaged template

    entrees = module._entrees(note, module.DENSITES[0])
    with pytest.raises(typst.TypstError, match="alt"):
        compiler_pdf(source, entrees, diagnostic.au)


def test_word_opens_with_the_answer_in_tables_and_described_images(diagnostic: Diagnostic) -> None:
    document = docx.Document(io.BytesIO(rendre(diagnostic, "docx")))
    textes = [p.text for p in document.paragraphs]
    assert any("Ce qui pèse ici" in t and REPONSE in t for t in textes)
    assert not any("{{" in t or "{%" in t for t in textes)
    cellules = [c.text for t in document.tables for ligne in t.rows for c in ligne.cells]
    assert REPONSE in cellules
    assert "secret statistique" in cellules
    assert not any("{{" in c or "{%" in c for c in cellules)
    descriptions = [f._inline.docPr.get("descr") for f in document.inline_shapes]
    assert len(descriptions) == 2
    assert all(d for d in descriptions)
    assert document.core_properties.title.endswith("Val & Fictif <sur> Brume")


def test_the_word_template_shipped_is_the_one_its_script_makes(tmp_path: Path) -> None:
    construire().save(str(tmp_path / "neuf.docx"))
    with zipfile.ZipFile(GABARIT) as livre, zipfile.ZipFile(tmp_path / "neuf.docx") as neuf:
        for partie in ("word/document.xml", "word/styles.xml", "word/footer1.xml", "docProps/core.xml"):
            assert livre.read(partie) == neuf.read(partie), "python -m perenne.reports.note.gabarit_docx"


def test_an_authority_may_edit_the_word_template(diagnostic: Diagnostic, tmp_path: Path) -> None:
    modele = docx.Document(str(GABARIT))
    modele.paragraphs[0].insert_paragraph_before("Communauté de communes d'essai : {{ note.nom }}")
    modele.save(str(tmp_path / "modele.docx"))
    document = docx.Document(io.BytesIO(ecrire_docx(composer_note(diagnostic), tmp_path / "modele.docx")))
    assert document.paragraphs[0].text == "Communauté de communes d'essai : Val & Fictif <sur> Brume"


@pytest.mark.parametrize("contenu", [b"pas un document", None])
def test_a_word_template_that_cannot_be_read_is_said(
    diagnostic: Diagnostic, tmp_path: Path, contenu: bytes | None
) -> None:
    modele = tmp_path / "modele.docx"
    if contenu is not None:
        modele.write_bytes(contenu)
    with pytest.raises(ErreurUtilisateur, match="modèle Word"):
        ecrire_docx(composer_note(diagnostic), modele)


def test_a_word_template_with_a_broken_tag_is_said(diagnostic: Diagnostic, tmp_path: Path) -> None:
    modele = docx.Document()
    modele.add_paragraph("{{ note.titre ")
    modele.add_paragraph("{% if %}")
    modele.save(str(tmp_path / "modele.docx"))
    with pytest.raises(ErreurUtilisateur, match="modèle Word"):
        ecrire_docx(composer_note(diagnostic), tmp_path / "modele.docx")


@pytest.fixture(scope="module")
def classeur(diagnostic: Diagnostic) -> openpyxl.Workbook:
    return openpyxl.load_workbook(io.BytesIO(rendre(diagnostic, "xlsx")))


def test_the_workbook_has_one_sheet_per_table_and_ends_with_its_sources(classeur: openpyxl.Workbook) -> None:
    assert classeur.sheetnames[0] == "Note"
    assert classeur.sheetnames[-1] == "Sources"
    assert {"Indicateurs", "Zonages", "Besoins", "Données", "Trois critères"} <= set(classeur.sheetnames)


def test_numbers_are_numbers_and_absences_are_words(classeur: openpyxl.Workbook) -> None:
    feuille = classeur["Indicateurs"]
    ici = {feuille.cell(r, 1).value: feuille.cell(r, 2) for r in range(4, 8)}
    assert ici["Taux de pauvreté"].value == 24.0
    assert ici["Taux de pauvreté"].number_format == '#,##0.0" %"'
    assert ici["Part des logements vacants"].value == 0.0
    assert ici["Pauvreté des 75 ans et plus"].value == "secret statistique"


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t=", '=HYPERLINK("https://exemple.fr")'])
def test_no_text_is_ever_a_formula(diagnostic: Diagnostic, debut: str) -> None:
    territoire = replace(diagnostic.territoire, nom=f"{debut}1+1")
    pair = replace(diagnostic.pairs[0], nom=f"{debut}cmd")
    piege = replace(diagnostic, territoire=territoire, pairs=(pair,))
    lu = openpyxl.load_workbook(io.BytesIO(rendre(piege, "xlsx")))
    cellules = [c for feuille in lu for ligne in feuille.iter_rows() for c in ligne if c.value is not None]
    assert all(c.data_type != "f" for c in cellules)
    (nom,) = [c for c in cellules if str(c.value).startswith(f"{debut}cmd")]
    assert nom.quotePrefix


def test_an_unknown_format_is_refused(diagnostic: Diagnostic) -> None:
    assert FORMATS == ("html", "pdf", "docx", "xlsx")
    with pytest.raises(ValueError, match="format"):
        rendre(diagnostic, "odt")  # type: ignore[arg-type]


def test_a_word_template_cannot_reach_out_of_the_note(diagnostic: Diagnostic, tmp_path: Path) -> None:
    modele = docx.Document()
    modele.add_paragraph("{{ note.__class__.__mro__[1].__subclasses__() }}")
    modele.save(str(tmp_path / "modele.docx"))
    with pytest.raises(ErreurUtilisateur, match="modèle Word"):
        ecrire_docx(composer_note(diagnostic), tmp_path / "modele.docx")
