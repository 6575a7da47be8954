"""The shared diagnosis as it is read: the answer first, voices apart, every figure with its origin."""

from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import docx
import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.entreprise.composer import composer_rapport
from perenne.reports.entreprise.rendu import FORMATS, rendre
from perenne.services.entreprise.diagnostic import DiagnosticLu, faire_diagnostic
from perenne.services.savoir import obtenir_base

AU = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def lu(racine: Path) -> DiagnosticLu:
    return faire_diagnostic(racine / "data/demo/diagnostics/ressourcerie-valfiction.yaml", AU)


def texte(lu: DiagnosticLu) -> str:
    return (
        rendre(lu.diagnostic, "texte", obtenir_base()).decode().replace("\u202f", " ").replace("\u00a0", " ")
    )


def test_the_answer_comes_first_and_the_example_is_said_to_be_fictional(lu: DiagnosticLu) -> None:
    t = " ".join(texte(lu).split())
    ordre = [
        "Exemple fictif", "Ce qui fragilise.", "La trésorerie.", "Ce qui tient.", "À trancher ensemble.",
        "Si le premier payeur "
        "part.", "Engagements à renouveler.", "Depuis 2024.", "Stade de vie.", "À demander ensuite.",
        "Désaccords à discuter", "Fragilités, et ce qui le montre", "La grille, réponse par réponse",
    ]  # fmt: skip

    places = [t.index(x) for x in ordre]
    assert places == sorted(places)
    assert "la trésorerie nette est de −40 200 €, soit −1,3 mois de charges" in t
    assert "l’attente des paiements immobilise 101 000 €" in t
    assert "Les tests proposaient « transformation ou rebond »" in t


def test_the_voices_stand_apart_with_their_reasons(lu: DiagnosticLu) -> None:
    t = " ".join(texte(lu).split())

    assert "l’entreprise dit non (Bail jusqu’en décembre, pas de réponse du propriétaire)" in t
    assert "l’élu dit oui (La communauté de communes rachète le bâtiment, c’est acquis)" in t


def test_benchmarks_are_labelled_with_their_source_and_no_score_is_given(lu: DiagnosticLu) -> None:
    rapport = composer_rapport(lu.diagnostic, obtenir_base())
    cellules = [c.texte for t in rapport.tableaux() for ligne in t.lignes for c in ligne]

    a6 = next(c for c in cellules if c.startswith("Mois de charges couverts") and "comptes" in c)
    assert "Repère (2025-03)" in a6
    source = obtenir_base().ressources["page-espace-associatif"]
    assert f"[{source.auteur}]" in a6
    citees = next(t for t in rapport.tableaux() if t.ident == "sources")
    assert any(ligne[0].texte == source.auteur and ligne[4].texte == source.url for ligne in citees.lignes)
    assert not any("[page-" in c for c in cellules)
    assert "−1,3" in a6
    assert "d’après les comptes 2025" in a6
    assert any("Proposition" in c for c in cellules)
    assert "aucun score" in " ".join(rapport.limites)


def test_every_format_is_written_and_says_the_same_answer(lu: DiagnosticLu) -> None:
    sorties = {f: rendre(lu.diagnostic, f, obtenir_base(), avis=lu.avis) for f in FORMATS}
    pdf = PdfReader(io.BytesIO(sorties["pdf"]))
    word = docx.Document(io.BytesIO(sorties["docx"]))
    mots = {
        "html": sorties["html"].decode(),
        "pdf": " ".join(p.extract_text() for p in pdf.pages),
        "docx": " ".join(p.text for p in word.paragraphs),
    }

    assert all("101000" in m.replace("\u202f", "").replace("\u00a0", "") for m in mots.values())
    assert all("Lieu assuré" in m for m in mots.values())
    assert "/MarkInfo" in pdf.trailer["/Root"]
    assert [p.style.name for p in word.paragraphs if p.text == "Le modèle économique"] == ["Heading 1"]
    assert len(word.tables) == len(
        [t for t in composer_rapport(lu.diagnostic, obtenir_base()).tableaux() if t.lignes]
    )
    assert all(f._inline.docPr.get("descr") for f in word.inline_shapes)
    assert rendre(lu.diagnostic, "pdf", obtenir_base(), avis=lu.avis) == sorties["pdf"]


def test_the_json_gives_the_facts_that_levers_read(lu: DiagnosticLu) -> None:
    faits = json.loads(rendre(lu.diagnostic, "json", obtenir_base()))["faits"]

    assert faits["faits"]["critere_a6"] == "non"
    assert faits["faits"]["stade"] == "consolidation"
    assert faits["faits"]["agrement_iae"] == "aci"
    assert faits["faits"]["tresorerie_mois"] == pytest.approx(-40_200 / (361_600 / 12))
    assert "critere_c11" in faits["en_desaccord"]


def test_words_typed_by_a_user_are_never_run_by_a_page_or_a_spreadsheet(tmp_path: Path) -> None:
    chemin = tmp_path / "d.yaml"
    chemin.write_text(
        "structure: {nom: '<script>alert(1)</script> =1+1 #let x'}\nrepondants: [{id: e, role: agent}]\n"
        "passages: [{id: n, date: 2026-01-05}]\nreponses: "
        "[{critere: A6, avis: non, justification: '=HYPERLINK(1)'}]\n"
        .replace("avis: non", "avis: 'non'")
    )  # fmt: skip
    lu = faire_diagnostic(chemin, AU)
    classeur = load_workbook(io.BytesIO(rendre(lu.diagnostic, "xlsx", obtenir_base())))

    assert "<script>" not in rendre(lu.diagnostic, "html", obtenir_base()).decode()
    assert all(c.data_type != "f" for p in classeur for ligne in p.iter_rows() for c in ligne)
    assert rendre(lu.diagnostic, "pdf", obtenir_base())[:4] == b"%PDF"
    assert rendre(lu.diagnostic, "docx", obtenir_base())[:2] == b"PK"


def test_a_word_template_lends_its_styles_and_a_broken_one_is_refused(
    lu: DiagnosticLu, tmp_path: Path
) -> None:
    gabarit = tmp_path / "charte.docx"
    modele = docx.Document()
    modele.add_paragraph("Communauté de communes du Val fictif")
    modele.save(str(gabarit))
    ecrit = docx.Document(io.BytesIO(rendre(lu.diagnostic, "docx", obtenir_base(), gabarit=gabarit)))

    assert ecrit.paragraphs[0].text == "Communauté de communes du Val fictif"
    gabarit.write_bytes(b"rien")
    with pytest.raises(ErreurUtilisateur, match="modèle Word"):
        rendre(lu.diagnostic, "docx", obtenir_base(), gabarit=gabarit)


@pytest.mark.parametrize("nom", ["cafe-bourg-invente", "regie-coteaux-imaginaires"])
def test_the_other_demonstrations_are_written_too(racine: Path, nom: str) -> None:
    lu = faire_diagnostic(racine / f"data/demo/diagnostics/{nom}.yaml", AU)

    assert all(rendre(lu.diagnostic, f, obtenir_base(), avis=lu.avis) for f in FORMATS)
