"""The heavy part on one machine: DuckDB, and the kernels in the same process."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa

from perenne.pipeline.moteur import Moteur
from perenne.pipeline.moteurs.interface import Fabrique, NoyauDePaires

GROUPES_MAX = 200_000
"""Rows of the left side given together to a kernel of pairs, unless one key alone has more."""


class MasseDuckDB:
    """The operations of `MoteurDeMasse` over the connection of the build."""

    nom = "duckdb"

    def __init__(self, moteur: Moteur, dossier: Path) -> None:
        self._moteur = moteur
        self._dossier = dossier

    def table(self, nom: str) -> Any:
        """The Ibis table of that name."""
        return self._moteur.table(nom)

    def deposer(self, nom: str, table: pa.Table) -> None:
        """A small table, under `nom`."""
        self._moteur.deposer(nom, table)

    def voir(self, nom: str, expression: Any) -> None:
        """Name an expression without computing it."""
        self._moteur.voir(nom, expression)

    def materialiser(self, nom: str, expression: Any) -> None:
        """Compute an expression, kept under `nom`."""
        self._moteur.deverser(nom, expression, self._dossier)

    def noyau(
        self, nom: str, expression: Any, fabrique: Fabrique, schema: pa.Schema, *, cle: str = ""
    ) -> None:
        """The rows that a kernel makes of those of an expression, kept under `nom`."""
        calculer = fabrique()
        lots = (calculer(lot) for lot in self._moteur.lots(expression))
        self._moteur.ranger(nom, self._dossier, lots, schema)

    def apparier(
        self, nom: str, gauche: Any, droite: Any, colonne: str, *, noyau: NoyauDePaires, schema: pa.Schema
    ) -> None:
        """The rows that a kernel makes of two expressions, never parting rows of the same `colonne`."""
        a, b = (
            self._moteur.arrow(self._moteur.requete(cote.filter(cote[colonne].notnull()).order_by(colonne)))
            for cote in (gauche, droite)
        )
        tables = (noyau(x, y) for x, y in couper(a, b, colonne))
        lots = (lot for table in tables for lot in table.cast(schema).to_batches())
        self._moteur.ranger(nom, self._dossier, lots, schema)

    def ranger(
        self,
        nom: str,
        lots: Iterable[pa.RecordBatch],
        schema: pa.Schema,
        *,
        cle: str = "",
        note: Callable[[], Mapping[str, Any]] = dict,
    ) -> Mapping[str, Any]:
        """Rows read by the driver, kept under `nom`."""
        self._moteur.ranger(nom, self._dossier, lots, schema)
        return note()

    def schema(self, expression: Any) -> pa.Schema:
        """Arrow types of the columns of an expression."""
        return self._moteur.schema_sql(self._moteur.requete(expression))

    def lignes(self, expression: Any) -> list[tuple[Any, ...]]:
        """The rows of an expression that has few of them."""
        return self._moteur.lignes(self._moteur.requete(expression))

    def compter(self, expression: Any) -> int:
        """How many rows."""
        return int(self.lignes(expression.aggregate(n=expression.count()))[0][0])


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
