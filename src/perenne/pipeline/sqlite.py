"""Writes the assembled tables into one SQLite file, with its indexes, its R*Tree and its full-text search."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

from perenne.domain.texte import normaliser
from perenne.pipeline.moteur import Moteur
from perenne.pipeline.schema import TABLES, VERSION
from perenne.pipeline.table import Table

_LOT = 50_000


def ecrire(moteur: Moteur, chemin: Path) -> None:
    """Create `chemin`; nothing must exist there."""
    with contextlib.closing(sqlite3.connect(chemin, isolation_level=None)) as base:
        base.execute("PRAGMA journal_mode = OFF")
        base.execute("PRAGMA synchronous = OFF")
        base.execute("PRAGMA page_size = 8192")
        base.execute(f"PRAGMA user_version = {VERSION}")
        base.execute("BEGIN")
        for table in TABLES:
            _remplir(moteur, base, table)
        _contours(base)
        _recherche(base)
        base.execute("COMMIT")
        base.execute("ANALYZE")


def _remplir(moteur: Moteur, base: sqlite3.Connection, table: Table) -> None:
    champs = ", ".join(f"{c.nom} {c.type}" for c in table.champs)
    cle = f", PRIMARY KEY ({', '.join(table.cle)})" if table.cle else ""
    base.execute(f"CREATE TABLE {table.nom} ({champs}{cle}){' WITHOUT ROWID' if _etroite(table) else ''}")
    noms = ", ".join(c.nom for c in table.champs)
    ordre = ", ".join(table.cle) or noms
    curseur = moteur.sql.execute(f"SELECT {noms} FROM atl_{table.nom} ORDER BY {ordre}")
    marques = ", ".join("?" * len(table.champs))
    while lot := curseur.fetchmany(_LOT):
        base.executemany(f"INSERT INTO {table.nom} VALUES ({marques})", lot)
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
