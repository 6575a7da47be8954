"""The engine of one build: DuckDB in memory, through Ibis for the sources, in SQL for the assembly."""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa

MEMOIRE_MAX_MO, PART_DE_LA_MACHINE = 3000, 0.25
"""What DuckDB may hold before it writes to disk: a quarter of the memory, and never more than 3 GB."""


@contextmanager
def _sans_avis_d_ibis() -> Iterator[None]:
    """Ibis 12 still calls a name that DuckDB has replaced; nothing that we can change."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="fetch_arrow_table", category=DeprecationWarning)
        yield


def _memoire_max() -> int:
    """In megabytes."""
    physique = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e6
    return int(min(MEMOIRE_MAX_MO, PART_DE_LA_MACHINE * physique))


class Moteur:
    """A connection with the few operations that the pipeline needs."""

    def __init__(self, debordement: Path | None = None) -> None:
        self.ibis: Any = ibis.duckdb.connect()
        self.sql: Any = self.ibis.con
        self.sql.execute("SET enable_progress_bar = false")
        self.sql.execute(f"SET memory_limit = '{_memoire_max()}MB'")
        if debordement is not None:
            self.sql.execute(f"SET temp_directory = '{debordement}'")

    def deposer(self, nom: str, table: pa.Table) -> None:
        """Store an Arrow table under `nom`."""
        self.sql.register("_depot", table)
        self.sql.execute(f'CREATE OR REPLACE TABLE "{nom}" AS SELECT * FROM _depot')
        self.sql.unregister("_depot")

    def table(self, nom: str) -> Any:
        """The Ibis table of that name."""
        with _sans_avis_d_ibis():
            return self.ibis.table(nom)

    def materialiser(self, nom: str, expression: Any) -> None:
        """Compute an Ibis expression and store its rows under `nom`."""
        self.sql.execute(f'CREATE OR REPLACE TABLE "{nom}" AS {self.requete(expression)}')

    def requete(self, expression: Any) -> str:
        """The text of an Ibis expression in the language of the engine."""
        with _sans_avis_d_ibis():
            return str(ibis.to_sql(expression, dialect="duckdb"))

    def lots_sql(self, requete: str, taille: int = 200_000) -> Iterator[pa.RecordBatch]:
        """Rows of a query, some at a time, for a kernel; never all of them in memory.

        Nothing else may be asked of the engine until the last one is read.
        """
        yield from self.sql.sql(requete).to_arrow_reader(taille)

    def schema_sql(self, requete: str) -> pa.Schema:
        """Arrow types of the columns of a query."""
        return self.sql.sql(f"SELECT * FROM ({requete}) LIMIT 0").to_arrow_table().schema

    def executer(self, requete: str, parametres: Sequence[object] = ()) -> None:
        """Run a statement that returns nothing of interest."""
        self.sql.execute(requete, list(parametres))

    def lignes(self, requete: str, parametres: Sequence[object] = ()) -> list[tuple[Any, ...]]:
        """Rows of a query."""
        resultat: list[tuple[Any, ...]] = self.sql.execute(requete, list(parametres)).fetchall()
        return resultat

    def arrow(self, requete: str) -> pa.Table:
        """Result of a query as an Arrow table."""
        return self.sql.sql(requete).to_arrow_table()

    def existe(self, nom: str) -> bool:
        """Whether a table of that name was stored."""
        return bool(self.lignes("SELECT 1 FROM duckdb_tables() WHERE table_name = ?", [nom]))

    def fermer(self) -> None:
        """Free the memory."""
        self.ibis.disconnect()


def texte_sql(chemin: Path) -> str:
    """A path in the text of a query."""
    return "'" + str(chemin).replace("'", "''") + "'"


@contextmanager
def ouvrir_moteur(debordement: Path | None = None) -> Iterator[Moteur]:
    """An engine closed at the end, whatever happens; what does not fit in memory goes to `debordement`."""
    moteur = Moteur(debordement)
    try:
        yield moteur
    finally:
        moteur.fermer()
