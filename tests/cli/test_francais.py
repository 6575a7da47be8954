"""A command typed wrongly is answered in French, with the place where the help is."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

ANGLAIS = re.compile(r"\b(Usage|Error|Try|No such|Missing|Invalid|Got unexpected|requires|Show this)\b")


def lancer(*mots: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "perenne.cli.main", *mots],
        capture_output=True,
        text=True,
        cwd=cwd,
        check=False,
    )


@pytest.mark.parametrize(
    ("mots", "attendu"),
    [
        (["leviez"], "La commande « leviez » n'existe pas."),
        (["savoir", "verifer"], "La commande « verifer » n'existe pas."),
        (["territoire"], "Il manque TERRITOIRE."),
        (["territoire", "23096", "--fromat", "pdf"], "L'option « --fromat » n'existe pas."),
        (["territoire", "23096", "--format"], "L'option « --format » attend une valeur."),
        (["savoir", "verifier", "quoi", "donc"], "En trop sur la ligne : quoi donc."),
    ],
)
def test_a_usage_error_is_in_french_and_exits_with_two(mots: list[str], attendu: str, racine: Path) -> None:
    resultat = lancer(*mots, cwd=racine)
    assert resultat.returncode == 2
    assert attendu in resultat.stderr
    assert "Pour l'aide : " in resultat.stderr
    assert not ANGLAIS.search(resultat.stderr)


@pytest.mark.parametrize("mots", [["--help"], ["savoir", "--help"], ["territoire", "--help"]])
def test_a_help_page_is_in_french(mots: list[str], racine: Path) -> None:
    resultat = lancer(*mots, cwd=racine)
    assert resultat.returncode == 0
    assert resultat.stdout.startswith("Emploi : ")
    assert not ANGLAIS.search(resultat.stdout)


def test_no_word_at_all_shows_the_help(racine: Path) -> None:
    resultat = lancer(cwd=racine)
    assert "Commandes:" in resultat.stdout + resultat.stderr
    assert not ANGLAIS.search(resultat.stdout + resultat.stderr)


def test_a_reader_who_leaves_early_sees_no_traceback(racine: Path) -> None:
    resultat = subprocess.run(
        ["bash", "-c", f"{sys.executable} -m perenne.cli.main regle --liste | head -1"],
        capture_output=True, text=True, cwd=racine, check=False,
    )  # fmt: skip
    assert "Traceback" not in resultat.stderr
