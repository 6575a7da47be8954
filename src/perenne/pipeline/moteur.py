"""The engine of one build: DuckDB in memory, through Ibis for the sources, in SQL for the assembly."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

import ibis
import pyarrow as pa

MEMOIRE_MAX = "1200MB"


@contextmanager
def _sans_avis_d_ibis() -> Iterator[None]:
    """Ibis 12 still calls a name that DuckDB has replaced; nothing that we can change."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", message="fetch_arrow_table", category=DeprecationWarning)
        yield


class Moteur:
    """A connection with the few operations that the pipeline needs."""

    def __init__(self) -> None:
        self.ibis: Any = ibis.duckdb.connect()
        self.sql: Any = self.ibis.con
        self.sql.execute("SET enable_progress_bar = false")
        self.sql.execute(f"SET memory_limit = '{MEMOIRE_MAX}'")

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
        with _sans_avis_d_ibis():
            requete = ibis.to_sql(expression, dialect="duckdb")
        self.sql.execute(f'CREATE OR REPLACE TABLE "{nom}" AS {requete}')

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


@contextmanager
def ouvrir_moteur() -> Iterator[Moteur]:
    """An engine closed at the end, whatever happens."""
    moteur = Moteur()
    try:
        yield moteur
    finally:
        moteur.fermer()
