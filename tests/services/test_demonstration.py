"""The demonstration from end to end: official formats in, notes out, and nothing redone without a reason."""

from __future__ import annotations

import csv
import datetime as dt
import io
from dataclasses import replace
from pathlib import Path

import pypdf
import pytest
from typer.testing import CliRunner

from perenne.cli.main import construire_app
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.demonstration import (
    FORMATS,
    TEMOIN,
    Demonstration,
    calculer_empreinte,
    preparer_demonstration,
)
from perenne.services.reglages import Reglages, lire_reglages
from perenne.services.savoir import obtenir_base
from perenne.services.territoire import diagnostiquer

INSTANT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def reglages(tmp_path_factory: pytest.TempPathFactory) -> Reglages:
    return replace(lire_reglages(), atlas=tmp_path_factory.mktemp("atlas"))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory, reglages: Reglages) -> Demonstration:
    dossier = tmp_path_factory.mktemp("sorties") / "demo"
    return preparer_demonstration(dossier, reglages=reglages, maintenant=INSTANT)


def test_both_territories_have_their_note_in_the_four_formats(demo: Demonstration) -> None:
    assert demo.refaite
    assert [len(n) for n in demo.notes.values()] == [len(FORMATS)] * 2
    assert all(f.stat().st_size > 5_000 for notes in demo.notes.values() for f in notes)


@pytest.mark.parametrize("rang", [0, 1])
def test_each_note_holds_in_two_pages_and_says_that_it_is_fictional(demo: Demonstration, rang: int) -> None:
    html, pdf, *_ = list(demo.notes.values())[rang]
    assert "chiffres fictifs" in html.read_text(encoding="utf-8")
    lu = pypdf.PdfReader(pdf)
    assert len(lu.pages) == 2
    assert "fictifs" in lu.pages[0].extract_text()


def test_the_notes_show_everything_they_can(demo: Demonstration) -> None:
    epci, commune = (notes[0].read_text(encoding="utf-8") for notes in demo.notes.values())
    assert "secret statistique" in epci
    assert "FRR+" in epci
    assert "Les Brumes Hautes" in commune
    assert "Précédents dans des territoires proches" in commune
    assert epci.count('<ul class="cas">') == 1
    assert epci.count("<li><h3>") == 3


def test_a_second_run_redoes_nothing(demo: Demonstration, reglages: Reglages) -> None:
    dates = {f: f.stat().st_mtime_ns for f in demo.dossier.rglob("*") if f.is_file()}
    encore = preparer_demonstration(demo.dossier, reglages=reglages, maintenant=INSTANT)
    assert not encore.refaite
    assert {f: f.stat().st_mtime_ns for f in demo.dossier.rglob("*") if f.is_file()} == dates


def test_the_print_of_the_inputs_follows_their_content(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_text("1", encoding="utf-8")
    avant = calculer_empreinte((tmp_path,))
    assert calculer_empreinte((tmp_path,)) == avant
    (tmp_path / "a.csv").write_text("2", encoding="utf-8")
    assert calculer_empreinte((tmp_path,)) != avant


def test_a_folder_of_something_else_is_never_thrown_away(tmp_path: Path, reglages: Reglages) -> None:
    (tmp_path / "these.docx").write_text("trois ans de travail", encoding="utf-8")
    with pytest.raises(ErreurUtilisateur, match="autre chose"):
        preparer_demonstration(tmp_path, reglages=reglages, maintenant=INSTANT)
    assert [f.name for f in tmp_path.iterdir()] == ["these.docx"]


def test_the_command_says_what_was_made_and_what_to_do_next(demo: Demonstration) -> None:
    (demo.dossier / TEMOIN).write_text(
        (demo.dossier / TEMOIN).read_text(encoding="utf-8").split()[0]
        + f" {dt.datetime.now().astimezone().date()}",
        encoding="utf-8",
    )
    resultat = CliRunner().invoke(construire_app(), ["demo", "-o", str(demo.dossier), "--sans-serveur"])
    assert resultat.exit_code == 0
    assert "déjà prête" in resultat.output
    assert "perenne atlas construire" in resultat.output
    for ligne in resultat.output.splitlines():
        if ligne.strip().startswith(str(demo.dossier)):
            assert Path(ligne.strip()).is_file()


def test_the_sixteen_enterprises_are_listed_with_their_place_in_the_study(demo: Demonstration) -> None:
    page, tableur = demo.cas
    lignes = list(csv.DictReader(io.StringIO(tableur.read_text(encoding="utf-8-sig")), delimiter=";"))
    assert len({ligne["cas"] for ligne in lignes}) == 16
    assert len(lignes) == 118
    assert all(ligne["section"] for ligne in lignes)
    assert page.read_text(encoding="utf-8").count("<h2 id=") == 16


def test_a_merged_commune_of_the_demonstration_leads_to_the_current_one(
    demo: Demonstration, reglages: Reglages
) -> None:
    diagnostic = diagnostiquer(
        "Bois-Inventé", au=INSTANT.date(), dossier_atlas=demo.atlas, savoir=obtenir_base(reglages.savoir)
    )
    assert diagnostic.territoire.nom == "Lac-Inventé"
    assert [f.code_ancien for f in diagnostic.filiations] == ["99901"]


def test_the_outlines_and_the_grid_of_comparison_are_cited(demo: Demonstration, reglages: Reglages) -> None:
    diagnostic = diagnostiquer(
        "99001", au=INSTANT.date(), dossier_atlas=demo.atlas, savoir=obtenir_base(reglages.savoir)
    )
    cites = {s.id for s in diagnostic.sources}
    assert {"ign_contours", "anct_qpv_contours", "insee_filosofi", "insee_populations"} <= cites
