"""What holds of the repository: sizes, no address of a registry, no path of a machine, nothing vendored."""

from __future__ import annotations

import re
import statistics
import subprocess
from pathlib import Path

import pytest

MODULE_MAX = 400
TEXTES = {
    ".py",
    ".md",
    ".yml",
    ".yaml",
    ".toml",
    ".txt",
    ".cfg",
    ".html",
    ".typ",
    ".css",
    ".csv",
    ".json",
    "",
}


def _suivis(racine: Path) -> list[Path]:
    sortie = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=racine, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if sortie.returncode != 0:
        pytest.skip("dossier hors de git : la liste des fichiers suivis est inconnue")
    return [racine / nom for nom in sortie.stdout.split("\0") if nom and (racine / nom).is_file()]


def _longueurs(racine: Path) -> dict[Path, int]:
    return {
        f: len(f.read_text(encoding="utf-8").splitlines())
        for f in _suivis(racine)
        if f.suffix == ".py" and f.is_relative_to(racine / "src")
    }


def test_no_module_is_over_the_maximum_size(racine: Path) -> None:
    trop = {str(f.relative_to(racine)): n for f, n in _longueurs(racine).items() if n > MODULE_MAX}
    assert not trop


def test_modules_stay_small_in_the_middle_and_at_the_tail(racine: Path) -> None:
    tailles = sorted(_longueurs(racine).values())
    assert statistics.median(tailles) <= 100
    assert tailles[int(0.9 * (len(tailles) - 1))] <= 250


def test_no_registry_address_and_no_machine_path(racine: Path) -> None:
    # Written in pieces so that this file does not find itself.
    morceaux = (
        ("pypi", r"\.org"),
        ("files", r"\.pythonhosted"),
        ("registry", r"\.npmjs"),
        ("/", r"work/(main|wt|shared)"),
        ("/", r"root/"),
        ("/", r"opt/(pypi|wheels)"),
    )
    interdits = re.compile("|".join(a + b for a, b in morceaux))
    trouves = [
        f"{f.relative_to(racine)}:{n}"
        for f in _suivis(racine)
        if f.suffix in TEXTES
        for n, ligne in enumerate(f.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if interdits.search(ligne)
    ]
    assert not trouves


def test_nothing_third_party_is_copied_in(racine: Path) -> None:
    copies = [
        str(f.relative_to(racine))
        for f in _suivis(racine)
        if re.search(r"\.(min\.js|min\.css|woff2?|ttf|otf)$", f.name)
        or f.name in {"uv.lock", "package-lock.json"}
    ]
    assert not copies


def test_no_tracked_file_is_over_one_mebibyte(racine: Path) -> None:
    assert not [str(f.relative_to(racine)) for f in _suivis(racine) if f.stat().st_size > 1024 * 1024]
