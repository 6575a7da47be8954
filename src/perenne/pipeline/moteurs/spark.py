"""The heavy part on Spark: the same expressions as SQL of Spark, the kernels over its Arrow batches."""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
from py4j.protocol import Py4JError
from pyspark.errors import PySparkException, PythonException
from pyspark.sql import functions
from pyspark.sql.pandas.types import from_arrow_schema, to_arrow_schema

from perenne.pipeline.moteur import Moteur
from perenne.pipeline.moteurs.commun import MasseParEtapes
from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.moteurs.interface import ErreurDeMoteur, Fabrique, NoyauDePaires


class MasseSpark(MasseParEtapes):
    """The operations of `MoteurDeMasse` over a session of Spark.

    Args:
        session: of Spark 4.
        moteur: the engine that publishes, which reads the Parquet that Spark leaves.
        etapes: where that Parquet goes; every executor must see this folder.
    """

    nom = "spark"

    def __init__(self, session: Any, moteur: Moteur, etapes: Etapes) -> None:
        super().__init__(moteur, etapes)
        self._session = session
        self._ibis = ibis.pyspark.connect(session)
        self._rangees: set[str] = set()
        self._schemas: dict[str, Any] = {}

    def table(self, nom: str) -> Any:
        """The Ibis table of that name."""
        return self._ibis.table(nom)

    def schema(self, expression: Any) -> pa.Schema:
        """Arrow types of the columns of an expression."""
        return to_arrow_schema(self._session.sql(self.requete(expression)).schema)

    def requete(self, expression: Any) -> str:
        """The text of an expression in the language of the engine."""
        return str(ibis.to_sql(expression, dialect="pyspark"))

    def livrer(self, nom: str) -> None:
        """Make a table readable by the engine that publishes: as the Parquet of its stage."""
        livree = nom
        if nom not in self._rangees:
            livree = f"{nom}_livre"
            self.materialiser(livree, self.table(nom))
        fichiers = str(self.etapes.chemin(livree) / "*.parquet").replace("'", "''")
        self.publication.executer(
            f"CREATE OR REPLACE VIEW \"{nom}\" AS SELECT * FROM read_parquet('{fichiers}')"
        )

    @contextmanager
    def _traduire(self) -> Iterator[None]:
        with warnings.catch_warnings():
            # Spark leaves the sockets by which it brings rows to the garbage collector.
            warnings.filterwarnings("ignore", message="unclosed", category=ResourceWarning)
            try:
                yield
            except PythonException:
                raise  # a kernel failed, not the reading: to be seen as it is
            except (PySparkException, Py4JError) as erreur:
                raise ErreurDeMoteur(str(erreur)) from erreur

    def _deposer(self, nom: str, table: pa.Table) -> None:
        """Spark knows its size, and sends it whole to every executor as long as it stays small."""
        self._session.createDataFrame(table).createOrReplaceTempView(nom)

    def _ouvrir(self, nom: str, chemin: Path) -> None:
        lu = self._session.read.parquet(_lue(chemin))
        lu.select("*", functions.col("_metadata.row_index").alias("_rang")).createOrReplaceTempView(nom)

    def _voir(self, nom: str, requete: str) -> None:
        self._session.sql(requete).createOrReplaceTempView(nom)

    def _nommer(self, nom: str, chemin: Path) -> None:
        lecteur = self._session.read
        if nom in self._schemas:  # what this process wrote: Spark need not open the files to know
            lecteur = lecteur.schema(self._schemas[nom])
        lecteur.parquet(_lue(chemin)).createOrReplaceTempView(nom)
        self._rangees.add(nom)

    def _ecrire(self, lignes: Any, chemin: Path) -> None:
        self._schemas[chemin.stem] = lignes.schema
        lignes.write.parquet(_adresse(chemin))

    def _calculer(self, requete: str, chemin: Path) -> None:
        self._ecrire(self._session.sql(requete), chemin)

    def _appliquer(
        self, requete: str, fabrique: Fabrique, schema: pa.Schema, chemin: Path, *, lourd: bool
    ) -> None:
        """Spark shares every kernel between its cores, `lourd` or not."""
        lignes = self._session.sql(requete)
        self._ecrire(lignes.mapInArrow(partial(_lot_par_lot, fabrique), from_arrow_schema(schema)), chemin)

    def _apparier(
        self, cotes: tuple[str, str], colonne: str, noyau: NoyauDePaires, schema: pa.Schema, chemin: Path
    ) -> None:
        a, b = (self._session.sql(requete).groupBy(colonne) for requete in cotes)
        self._ecrire(a.cogroup(b).applyInArrow(noyau, from_arrow_schema(schema)), chemin)

    def _ranger(self, lots: Iterable[pa.RecordBatch], schema: pa.Schema, chemin: Path) -> None:
        """By the driver, in groups of rows that the executors then share."""
        chemin.mkdir()
        with pq.ParquetWriter(chemin / "pilote.parquet", schema, compression="zstd") as ecrivain:
            for lot in lots:
                ecrivain.write_batch(lot)

    def _lignes(self, requete: str) -> list[tuple[Any, ...]]:
        return [tuple(ligne) for ligne in self._session.sql(requete).collect()]


def _lot_par_lot(fabrique: Fabrique, lots: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """In an executor: one kernel for all the batches of a partition."""
    yield from map(fabrique(), lots)


def _adresse(chemin: Path) -> str:
    """As Spark names a place that every machine sees under the same path: not encoded as an address is."""
    return f"file://{chemin.resolve()}"


def _lue(chemin: Path) -> str:
    """The same to read from, where Spark would take some signs for a pattern."""
    return re.sub(r"([\\*?{}\[\]])", r"\\\1", _adresse(chemin))
