"""`perenne tresorerie` and `perenne modele tresorerie` as a person runs them."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PERENNE = Path(sys.executable).parent / "perenne"


def lancer(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [PERENNE, *map(str, arguments)], capture_output=True, text=True, check=False, encoding="utf-8"
    )


@pytest.fixture(scope="module")
def demo(racine: Path) -> Path:
    return racine / "data/demo/tresorerie"


def test_the_answer_is_the_first_thing_said(demo: Path) -> None:
    r = lancer("tresorerie", demo / "cafe-associatif.yaml", "--tirages", "50", "--leviers", "avance-commune")
    assert r.returncode == 0, r.stderr
    assert "passe sous zéro le 15 avril 2027" in r.stdout.replace("\n", " ")
    assert "La commune avance la subvention" in r.stdout


def test_a_filled_template_gives_the_same_answer_as_its_yaml(demo: Path, tmp_path: Path) -> None:
    classeur = tmp_path / "plan.xlsx"
    assert (
        lancer("modele", "tresorerie", "--depuis", demo / "cafe-associatif.yaml", "-o", classeur).returncode
        == 0
    )
    options = ("--tirages", "0", "--leviers", "aucun", "--format", "json")
    a = lancer("tresorerie", demo / "cafe-associatif.yaml", *options)
    b = lancer("tresorerie", classeur, *options)
    assert a.stdout == b.stdout
    assert a.stdout.startswith("{")


def test_errors_are_said_in_french_with_exit_code_two(tmp_path: Path, demo: Path) -> None:
    vide = tmp_path / "modele.xlsx"
    assert lancer("modele", "tresorerie", "-o", vide).returncode == 0
    r = lancer("tresorerie", vide)
    assert r.returncode == 2
    assert "« Premier jour du plan » n'est pas rempli" in r.stderr
    assert "Traceback" not in r.stderr
    sans_fichier = lancer("tresorerie", demo / "cafe-associatif.yaml", "--format", "pdf")
    assert (sans_fichier.returncode, "ajoutez -o" in sans_fichier.stderr) == (2, True)
