"""What the transformations of millions of rows may ask of an engine, and nothing else: no text of a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any, Protocol

import pyarrow as pa

Noyau = Callable[[pa.RecordBatch], pa.RecordBatch]
"""From some rows to some rows, whatever the others are."""

Fabrique = Callable[[], Noyau]
"""Makes a kernel where it will run, once: an automaton or a tree of outlines is built there, not sent.

It travels itself: a function of a module, or a `functools.partial` of one over plain data.
"""

NoyauDePaires = Callable[[pa.Table, pa.Table], pa.Table]
"""From the rows of both sides that bear some keys, all of them, to some rows."""


class ErreurDeMoteur(Exception):
    """The engine could not read or compute: a damaged file, most of the time."""


class MoteurDeMasse(Protocol):
    """An engine. Tables bear names; what to compute is an Ibis expression over `table(name)`.

    `materialiser`, `noyau`, `apparier` and `ranger` compute now and leave Parquet: each is a stage, found
    again by a build that resumes. `voir` only gives a name. A name is given once. Whatever the engine, the
    same rows come out; in which order is not said.

    Any of these operations may raise `ErreurDeMoteur`.
    """

    @property
    def nom(self) -> str:
        """`duckdb` or `spark`."""

    def table(self, nom: str) -> Any:
        """The Ibis table of that name."""

    def connue(self, nom: str) -> bool:
        """Whether something bears that name."""

    def deposer(self, nom: str, table: pa.Table) -> None:
        """A small table of the driver, under `nom`; on a cluster every executor receives it."""

    def ouvrir(self, nom: str, chemin: Path, *, cle: str = "") -> None:
        """A Parquet file where it is, under `nom`; its rows are numbered from 0 in the column `_rang`.

        Args:
            cle: changes whenever its content does; its place, size and moment of writing when empty.
        """

    def voir(self, nom: str, expression: Any) -> None:
        """Name an expression without computing it."""

    def materialiser(self, nom: str, expression: Any) -> None:
        """Compute an expression, kept under `nom`."""

    def noyau(
        self,
        nom: str,
        expression: Any,
        fabrique: Fabrique,
        schema: pa.Schema,
        *,
        cle: str = "",
        lourd: bool = False,
    ) -> None:
        """The rows that a kernel makes of those of an expression, kept under `nom`.

        Args:
            schema: of what the kernel gives.
            cle: changes whenever the kernel would answer otherwise to the same rows, the code aside.
            lourd: the kernel costs more than sending it its rows: one machine shares it between its cores.
        """

    def apparier(
        self, nom: str, gauche: Any, droite: Any, colonne: str, *, noyau: NoyauDePaires, schema: pa.Schema
    ) -> None:
        """The rows that a kernel makes of two expressions, never parting rows of the same `colonne`."""

    def ranger(
        self,
        nom: str,
        lots: Iterable[pa.RecordBatch],
        schema: pa.Schema,
        *,
        cle: str,
        note: Callable[[], Mapping[str, Any]] = dict,
    ) -> Mapping[str, Any]:
        """Rows read by the driver, kept under `nom`.

        Args:
            lots: read only if the stage is to be done.
            cle: changes whenever the rows would.
            note: what else was learnt while reading, in plain data; asked for once everything is read.

        Returns:
            The note, of this reading or of the one that is kept.
        """

    def schema(self, expression: Any) -> pa.Schema:
        """Arrow types of the columns of an expression."""

    def lignes(self, expression: Any) -> list[tuple[Any, ...]]:
        """The rows of an expression that has few of them."""

    def compter(self, expression: Any) -> int:
        """How many rows."""

    def livrer(self, nom: str) -> None:
        """Make a table readable by the engine that publishes, under the same name."""
