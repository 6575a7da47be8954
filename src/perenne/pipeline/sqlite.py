"""Writes the published tables into one SQLite file, with its indexes, its R*Tree and its full-text search.

Most of the time goes to handing cells over to SQLite one by one. The large tables are therefore written by
other processes, each into a file of its own, and copied from there page by page.
"""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path

import pyarrow.parquet as pq

from perenne.domain.texte import normaliser
from perenne.pipeline.annuaire import ecriture as annuaire
from perenne.pipeline.equipe import coeurs, ouvrir_equipe
from perenne.pipeline.schema import TABLES, VERSION
from perenne.pipeline.table import Table

_LOT = 50_000
CELLULES_A_PART = 4_000_000
"""Cells from which a table is written by another process: about the time that it takes to start one."""

ECHANTILLON = 2_000
"""Rows of each index that the statistics of the planner look at."""


def ecrire(dossier: Path, chemin: Path) -> None:
    """Create `chemin` from the Parquet tables of `dossier`; nothing must exist there."""
    parties = chemin.with_suffix(".parties")
    grandes = _grandes(dossier)
    with contextlib.ExitStack() as pile:
        ecrites: Mapping[str, Future[Path]] = {}
        if len(grandes) > 1 and coeurs() > 1:
            parties.mkdir()
            pile.callback(shutil.rmtree, parties, ignore_errors=True)
            equipe = pile.enter_context(ouvrir_equipe(coeurs()))
            ecrites = {nom: equipe.submit(_ecrire_a_part, dossier, parties, nom) for nom in grandes}
        base = pile.enter_context(_ouvrir(chemin))
        base.execute(f"PRAGMA user_version = {VERSION}")
        with _transaction(base):  # while the others write
            annuaire.ecrire(dossier, base)
        for table in sorted(TABLES, key=lambda t: t.nom in ecrites):
            _creer(base, table)
            if table.nom not in ecrites or not _reprendre(base, table, ecrites[table.nom]):
                with _transaction(base):
                    _remplir(base, table, dossier)
                    _indexer(base, table)
        with _transaction(base):
            _contours(base)
            _recherche(base)
        base.execute(f"PRAGMA analysis_limit = {ECHANTILLON}")
        base.execute("ANALYZE")


@contextlib.contextmanager
def _ouvrir(chemin: Path) -> Iterator[sqlite3.Connection]:
    with contextlib.closing(sqlite3.connect(chemin, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA page_size = 8192")
        base.execute("PRAGMA cache_size = -65536")
        yield base


@contextlib.contextmanager
def _transaction(base: sqlite3.Connection) -> Iterator[None]:
    base.execute("BEGIN")
    yield
    base.execute("COMMIT")


def _grandes(dossier: Path) -> list[str]:
    """Names of the tables worth another process, the longest to write first; none with blobs."""
    cellules = {
        t.nom: pq.read_metadata(dossier / f"{t.nom}.parquet").num_rows * len(t.champs)
        for t in TABLES
        if all(c.type != "BLOB" for c in t.champs)
    }
    return sorted((n for n, c in cellules.items() if c >= CELLULES_A_PART), key=lambda n: (-cellules[n], n))


def _ecrire_a_part(dossier: Path, parties: Path, nom: str) -> Path:
    """In another process: one table and its indexes, in a file of its own."""
    table = next(t for t in TABLES if t.nom == nom)
    chemin = parties / f"{nom}.sqlite"
    with _ouvrir(chemin) as base, _transaction(base):
        _creer(base, table)
        _remplir(base, table, dossier)
        _indexer(base, table)
    return chemin


def _reprendre(base: sqlite3.Connection, table: Table, partie: Future[Path]) -> bool:
    """Copy the pages of a table written apart; False when its process died.

    SQLite copies rows and indexes without reading them into an empty table declared alike.
    """
    try:
        chemin = partie.result()
    except BrokenProcessPool:
        return False
    _indexer(base, table)
    base.execute("ATTACH ? AS partie", (str(chemin),))
    with _transaction(base):
        base.execute(f"INSERT INTO main.{table.nom} SELECT * FROM partie.{table.nom}")
    base.execute("DETACH partie")
    chemin.unlink()
    return True


def _creer(base: sqlite3.Connection, table: Table) -> None:
    champs = ", ".join(f"{c.nom} {c.type}" for c in table.champs)
    cle = f", PRIMARY KEY ({', '.join(table.cle)})" if table.cle else ""
    base.execute(f"CREATE TABLE {table.nom} ({champs}{cle}){' WITHOUT ROWID' if _etroite(table) else ''}")


def _remplir(base: sqlite3.Connection, table: Table, dossier: Path) -> None:
    marques = ", ".join("?" * len(table.champs))
    noms = [c.nom for c in table.champs]
    with pq.ParquetFile(dossier / f"{table.nom}.parquet") as fichier:
        for lot in fichier.iter_batches(_LOT, columns=noms):
            lignes = zip(*(lot.column(n).to_pylist() for n in noms), strict=True)
            base.executemany(f"INSERT INTO {table.nom} VALUES ({marques})", lignes)


def _indexer(base: sqlite3.Connection, table: Table) -> None:
    for rang, colonnes in enumerate(table.index, 1):
        base.execute(f"CREATE INDEX {table.nom}_{rang} ON {table.nom} ({', '.join(colonnes)})")


def _etroite(table: Table) -> bool:
    """Whether the key alone finds the row; wide blobs are better kept out of the B-tree of keys."""
    return bool(table.cle) and all(c.type != "BLOB" for c in table.champs)


def _contours(base: sqlite3.Connection) -> None:
    base.execute("CREATE VIRTUAL TABLE contour_rtree USING rtree(id, minx, maxx, miny, maxy)")
    base.execute("INSERT INTO contour_rtree SELECT rowid, minx, maxx, miny, maxy FROM contour")


def _recherche(base: sqlite3.Connection) -> None:
    base.execute(
        "CREATE VIRTUAL TABLE recherche "
        "USING fts5(nom, type UNINDEXED, code UNINDEXED, tokenize = 'unicode61')"
    )
    lignes = [
        (normaliser(nom), type_, code)
        for nom, type_, code in base.execute("SELECT nom, type, code FROM territoire ORDER BY type, code")
    ]
    lignes += [
        (normaliser(nom), "ancienne-commune", code)
        for nom, code in base.execute(
            "SELECT DISTINCT nom_ancien, code_ancien FROM commune_mouvement WHERE code_actuel IS NOT NULL "
            "ORDER BY code_ancien, nom_ancien"
        )
    ]
    base.executemany("INSERT INTO recherche VALUES (?, ?, ?)", lignes)
