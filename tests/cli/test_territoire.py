"""`perenne territoire` as a user runs it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy of the knowledge base for all the runs."""
    return tmp_path_factory.mktemp("cache")


@pytest.fixture
def lancer(atlas_jouet: Path, cache: Path, tmp_path: Path, racine: Path):
    def faire(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
        env = os.environ | {
            "PERENNE_ATLAS": str(atlas_jouet),
            "PERENNE_SAVOIR": str(racine / "knowledge"),
            "PERENNE_CACHE": str(cache),
            **environ,
        }
        return subprocess.run(
            [sys.executable, "-m", "perenne.cli.main", "territoire", *arguments],
            cwd=tmp_path, env=env, capture_output=True, text=True, check=False,
        )  # fmt: skip

    return faire


def test_the_note_answers_first_and_gives_its_evidence_and_sources(lancer) -> None:
    sortie = lancer("23040", "--au", "2026-11-23")
    assert sortie.returncode == 0, sortie.stderr
    texte = sortie.stdout
    ordre = ["BOURG-40", "Ce qui pèse ici", "Comparé à", "Besoins", "Précédents", "Sources", "ne dit pas"]
    places = [texte.index(mot) for mot in ordre]
    assert places == sorted(places)
    assert "42 communes" in texte
    assert max(len(x) for x in texte.splitlines()) <= 110


def test_the_json_twin_holds_the_same_figures_and_no_outline(lancer) -> None:
    d = json.loads(lancer("23040", "--au", "2026-11-23", "--format", "json").stdout)
    chomage = next(x for x in d["lectures"] if x["indicateur"]["id"] == "taux-chomage")
    assert (d["au"], chomage["mesure"]["valeur"]) == ("2026-11-23", 40)
    assert chomage["percentile"] == pytest.approx(100 * 39.5 / 40)
    assert "wkb" not in json.dumps(d)


def test_a_former_commune_is_said_to_be_so(lancer) -> None:
    texte = lancer("23500").stdout
    assert "Vieux-Bourg (23500)" in texte
    assert "1er janvier 2019" in texte


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        (("guere",), "Vouliez-vous dire"),
        (("Saint-Sulpice",), "24504"),
        (("23040", "--au", "hier"), "AAAA-MM-JJ"),
        (("23040", "-o", "absent/note.pdf"), "n'existe pas"),
        (("23040", "-o", "note.odt"), ".docx"),
    ],
)
def test_what_cannot_be_used_is_said_in_french_without_a_traceback(
    lancer, tmp_path, arguments, attendu
) -> None:
    sortie = lancer(*arguments)
    assert sortie.returncode == 2
    assert attendu in sortie.stderr
    assert "Traceback" not in sortie.stderr
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(("note", "."))]


def test_without_an_atlas_the_command_to_run_is_given(lancer, tmp_path: Path) -> None:
    sortie = lancer("23040", PERENNE_ATLAS=str(tmp_path / "rien"))
    assert sortie.returncode == 2
    assert "perenne atlas construire" in sortie.stderr


def test_the_format_is_read_from_the_name_and_the_file_is_whole(lancer, tmp_path: Path) -> None:
    for nom, debut in (
        ("note.pdf", b"%PDF"),
        ("note.docx", b"PK"),
        ("note.xlsx", b"PK"),
        ("note.html", b"<!"),
    ):
        sortie = lancer("23040", "-o", nom)
        assert sortie.returncode == 0, sortie.stderr
        assert nom in sortie.stdout
        assert (tmp_path / nom).read_bytes().startswith(debut)
    assert sorted(f.name for f in tmp_path.iterdir()) == [
        "note.docx", "note.html", "note.pdf", "note.xlsx",
    ]  # fmt: skip


def test_a_file_for_no_screen_gets_a_name_of_its_own(lancer, tmp_path: Path) -> None:
    assert "note-23040.xlsx" in lancer("23040", "--format", "xlsx").stdout
    assert (tmp_path / "note-23040.xlsx").is_file()
