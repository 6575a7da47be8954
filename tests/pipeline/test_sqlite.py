"""The same SQLite file, whoever writes its tables."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pytest

from perenne.pipeline import sqlite
from perenne.pipeline.construction import AtlasConstruit
from perenne.pipeline.schema import TABLES
from perenne.pipeline.table import Table

GRANDE = 300
"""Cells from which a table is written apart in these tests."""


@pytest.fixture
def parquets(atlas_fictif: AtlasConstruit, tmp_path: Path) -> Path:
    """The published tables, without their SQLite file."""
    dossier = tmp_path / "tables"
    shutil.copytree(atlas_fictif.dossier, dossier, ignore=shutil.ignore_patterns("*.sqlite"))
    return dossier


def _contenu(chemin: Path) -> Iterator[str]:
    """Every declaration and every row; what is written of the statistics depends on nothing else."""
    with contextlib.closing(sqlite3.connect(chemin)) as base:
        declarations = base.execute("SELECT name, sql FROM sqlite_master ORDER BY name, sql").fetchall()
        yield from map(repr, declarations)
        for nom in sorted(t.nom for t in TABLES):
            yield from (f"{nom} {ligne}" for ligne in base.execute(f"SELECT * FROM {nom}"))
        yield from map(str, base.execute("SELECT * FROM sqlite_stat1 ORDER BY 1, 2"))
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.fixture
def temoin(parquets: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What one process writes alone."""
    with monkeypatch.context() as m:
        m.setattr(sqlite, "coeurs", lambda: 1)
        sqlite.ecrire(parquets, tmp_path / "seul.sqlite")
    return list(_contenu(tmp_path / "seul.sqlite"))


def test_tables_written_apart_make_the_same_file(
    parquets: Path, temoin: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    reprises = []

    def reprendre(base: sqlite3.Connection, table: Table, partie: Future[Path]) -> bool:
        reprises.append(table.nom)
        return vraie(base, table, partie)

    vraie = sqlite._reprendre
    monkeypatch.setattr(sqlite, "_reprendre", reprendre)
    monkeypatch.setattr(sqlite, "coeurs", lambda: 2)
    monkeypatch.setattr(sqlite, "CELLULES_A_PART", GRANDE)
    sqlite.ecrire(parquets, tmp_path / "a-plusieurs.sqlite")
    assert {"valeur", "territoire"} <= set(reprises)
    assert list(_contenu(tmp_path / "a-plusieurs.sqlite")) == temoin
    assert not (tmp_path / "a-plusieurs.parties").exists()


def test_a_table_whose_process_died_is_written_here(
    parquets: Path, temoin: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Morte:
        def submit(self, *arguments: object) -> Future[Path]:
            futur: Future[Path] = Future()
            futur.set_exception(BrokenProcessPool())
            return futur

    monkeypatch.setattr(sqlite, "coeurs", lambda: 2)
    monkeypatch.setattr(sqlite, "CELLULES_A_PART", GRANDE)
    monkeypatch.setattr(sqlite, "ouvrir_equipe", lambda n: contextlib.nullcontext(Morte()))
    sqlite.ecrire(parquets, tmp_path / "seul-apres-tout.sqlite")
    assert list(_contenu(tmp_path / "seul-apres-tout.sqlite")) == temoin
