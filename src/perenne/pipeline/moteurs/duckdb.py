"""The heavy part on one machine: DuckDB, and the kernels in the same process."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from perenne.pipeline.moteur import Moteur, texte_sql
from perenne.pipeline.moteurs.commun import MasseParEtapes
from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.moteurs.interface import ErreurDeMoteur, Fabrique, NoyauDePaires
from perenne.pipeline.moteurs.partage import TAILLE, partager, partager_paires

GROUPES_MAX = 50_000
"""Rows of the left side given together to a kernel of pairs, unless one key alone has more."""

COMPRESSION = "snappy"
"""Of the stages, read a few times and then thrown away: less work than zstd, and half as large again."""


class MasseDuckDB(MasseParEtapes):
    """The operations of `MoteurDeMasse` over the connection of the build."""

    nom = "duckdb"

    def __init__(self, moteur: Moteur, etapes: Etapes) -> None:
        super().__init__(moteur, etapes)
        self._moteur = moteur

    def table(self, nom: str) -> Any:
        """The Ibis table of that name."""
        return self._moteur.table(nom)

    def schema(self, expression: Any) -> pa.Schema:
        """Arrow types of the columns of an expression."""
        return self._moteur.schema_sql(self.requete(expression))

    def requete(self, expression: Any) -> str:
        """The text of an expression in the language of the engine."""
        return self._moteur.requete(expression)

    def livrer(self, nom: str) -> None:
        """Nothing to do: the publication reads through the same connection."""

    @contextmanager
    def _traduire(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as erreur:
            raise ErreurDeMoteur(str(erreur)) from erreur

    def _deposer(self, nom: str, table: pa.Table) -> None:
        self._moteur.deposer(nom, table)

    def _ouvrir(self, nom: str, chemin: Path) -> None:
        self._moteur.executer(
            f'CREATE VIEW "{nom}" AS SELECT * EXCLUDE (file_row_number), file_row_number AS _rang '
            f"FROM read_parquet({texte_sql(chemin)}, file_row_number = true)"
        )

    def _voir(self, nom: str, requete: str) -> None:
        self._moteur.executer(f'CREATE OR REPLACE VIEW "{nom}" AS {requete}')

    def _nommer(self, nom: str, chemin: Path) -> None:
        self._voir(nom, f"SELECT * FROM read_parquet({texte_sql(chemin)})")

    def _calculer(self, requete: str, chemin: Path) -> None:
        self._moteur.executer(
            f"COPY ({requete}) TO {texte_sql(chemin)} (FORMAT parquet, COMPRESSION {COMPRESSION})"
        )

    def _appliquer(
        self, requete: str, fabrique: Fabrique, schema: pa.Schema, chemin: Path, *, lourd: bool
    ) -> None:
        if lourd:
            faits = partager(self._moteur.lots_sql(requete, TAILLE), fabrique)
        else:
            faits = map(fabrique(), self._moteur.lots_sql(requete))
        self._ranger(faits, schema, chemin)

    def _apparier(
        self, cotes: tuple[str, str], colonne: str, noyau: NoyauDePaires, schema: pa.Schema, chemin: Path
    ) -> None:
        a, b = (self._moteur.arrow(f'SELECT * FROM ({r}) ORDER BY "{colonne}"') for r in cotes)
        tables = partager_paires(couper(a, b, colonne), noyau)
        self._ranger((lot for table in tables for lot in table.cast(schema).to_batches()), schema, chemin)

    def _ranger(self, lots: Iterable[pa.RecordBatch], schema: pa.Schema, chemin: Path) -> None:
        with pq.ParquetWriter(chemin, schema, compression=COMPRESSION) as ecrivain:
            for lot in lots:
                ecrivain.write_batch(lot)

    def _lignes(self, requete: str) -> list[tuple[Any, ...]]:
        return self._moteur.lignes(requete)


def couper(
    gauche: pa.Table, droite: pa.Table, colonne: str, taille: int = GROUPES_MAX
) -> Iterator[tuple[pa.Table, pa.Table]]:
    """Both sides, ordered by `colonne`, in pieces of about `taille` rows that hold whole keys of both."""
    cles, autres = (
        np.asarray(cote.column(colonne).to_numpy(zero_copy_only=False), dtype=object)
        for cote in (gauche, droite)
    )
    debut = 0
    while debut < len(cles):
        fin = int(np.searchsorted(cles, cles[min(debut + taille, len(cles)) - 1], side="right"))
        bas = int(np.searchsorted(autres, cles[debut], side="left"))
        haut = int(np.searchsorted(autres, cles[fin - 1], side="right"))
        yield gauche.slice(debut, fin - debut), droite.slice(bas, haut - bas)
        debut = fin
