"""Nobody is named: the persons that the study quotes appear nowhere in what is published.

This file names nobody either: it holds prints (SHA-256) of « prénom nom », in normal form, of the study.
"""

from __future__ import annotations

import hashlib
import itertools
from collections.abc import Iterator
from pathlib import Path

import pytest

from perenne.domain.texte import normaliser

EMPREINTES = {
    "0137a060abd03ce8",
    "07a554f6cdbaef2f",
    "09b6af81dfd9b34e",
    "0cca8a297662b0b9",
    "30da132adff76f14",
    "3231728836c44fee",
    "5fc9c1195acec281",
    "601ed625a7b43fee",
    "60c6546389e723cc",
    "66c98986ddaa26e5",
    "699c506fe3f451ed",
    "6dddf2f340a3238d",
    "7b1bef02510bac55",
    "7d7ec2b3a8254736",
    "7df2a244c8418e6b",
    "857f846956104a1a",
    "b7ef2a324b7b82c3",
    "c9109e4b7372589a",
    "d51c86d8876c806e",
    "e182173e19df291d",
    "e4c6459cab5471da",
    "f09d1d1ea0ed327d",
    "fac55107617a7eda",
    "fad11eecfc664d5f",
    "fc035be6afa8e40e",
    "fe0eecebfa3a6732",
}
DOSSIERS = ("knowledge", "data", "docs", "src", "tests", "benchmarks")
TEXTES = {".yaml", ".yml", ".md", ".py", ".csv", ".json", ".geojson", ".txt", ".typ", ".html", ".j2", ".toml"}


def _couples(texte: str) -> Iterator[str]:
    return (f"{a} {b}" for a, b in itertools.pairwise(normaliser(texte).split()))


def _lire(fichier: Path) -> str:
    """The text of a file; the files of the register of associations are in ISO-8859-1, those made up too."""
    octets = fichier.read_bytes()
    try:
        return octets.decode("utf-8")
    except UnicodeDecodeError:
        return octets.decode("iso-8859-1")


def _empreinte(couple: str) -> str:
    return hashlib.sha256(couple.encode()).hexdigest()[:16]


def _nommes(couples: set[str]) -> set[str]:
    return {couple for couple in couples if _empreinte(couple) in EMPREINTES}


def _fichiers(racine: Path) -> Iterator[Path]:
    yield from racine.glob("*.md")
    yield from racine.glob("*.yml")
    for dossier in DOSSIERS:
        yield from (f for f in (racine / dossier).rglob("*") if f.suffix in TEXTES and f.is_file())


def test_no_person_of_the_study_is_named_in_what_is_published(racine: Path) -> None:
    fautes = []
    for fichier in _fichiers(racine):
        nommes = _nommes(set(_couples(_lire(fichier))))
        nommes |= _nommes(set(_couples(fichier.stem)))
        fautes += [f"{fichier.relative_to(racine)} : {couple}" for couple in sorted(nommes)]
    assert fautes == []


def test_the_prints_are_those_of_names_that_the_study_prints(partage: Path) -> None:
    etude = (partage / "study/etude.txt").read_text(encoding="utf-8")
    assert {_empreinte(couple) for couple in _nommes(set(_couples(etude)))} == EMPREINTES


@pytest.mark.parametrize(
    "texte", ["Camille Dupont-Exemple", "camille DUPONT  exemple", "Camille, Dupont Exemple"]
)
def test_a_name_is_seen_whatever_its_case_and_its_hyphens(
    monkeypatch: pytest.MonkeyPatch, texte: str
) -> None:
    monkeypatch.setitem(globals(), "EMPREINTES", {_empreinte("camille dupont")})
    assert _nommes(set(_couples(texte))) == {"camille dupont"}
