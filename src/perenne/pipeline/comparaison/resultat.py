"""What a comparison tells."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, Protocol

from perenne.pipeline.comparaison.version import Version

Nature = Literal["apparu", "disparu", "change"]


@dataclass(frozen=True, kw_only=True)
class Compte:
    """How many rows, or changes of one column, of one kind.

    Attributes:
        groupe: values of the columns that the table is counted by, in their order.
        colonne: the column that changed; empty for rows that appeared or disappeared.
        avant, apres: the passage, for a column counted by its values; None otherwise.
    """

    table: str
    nature: Nature
    groupe: tuple[str, ...]
    colonne: str
    avant: str | None
    apres: str | None
    nombre: int


@dataclass(frozen=True, kw_only=True)
class Detail:
    """One row that appeared or disappeared, or one column of a row that changed.

    Attributes:
        cle: values of the key; None where the key holds nothing.
        libelle: name of what the row is about, as in B when B knows it; empty when it has none.
        avant, apres: value in A and in B; for a whole row, its columns that hold something.
    """

    table: str
    nature: Nature
    groupe: tuple[str, ...]
    cle: tuple[str | None, ...]
    libelle: str
    colonne: str
    avant: str | None
    apres: str | None


@dataclass(frozen=True, kw_only=True)
class EcartDeSchema:
    """A table or a column that only one version has, or that has changed its type.

    Attributes:
        colonne: empty for a whole table.
        avant, apres: type in A and in B; empty where it does not exist.
    """

    table: str
    colonne: str
    avant: str
    apres: str


class Comparaison(Protocol):
    """The differences between two versions; the details are read as a stream, as often as needed."""

    @property
    def a(self) -> Version:
        """The first version."""

    @property
    def b(self) -> Version:
        """The second version."""

    @property
    def schema(self) -> tuple[EcartDeSchema, ...]:
        """Tables and columns that differ."""

    @property
    def comptes(self) -> tuple[Compte, ...]:
        """How many differences of each kind."""

    @property
    def cles(self) -> dict[str, tuple[str, ...]]:
        """Columns of the key, by table compared."""

    @property
    def arrondis(self) -> int:
        """Rows whose numbers differ by less than a billionth, counted as equal."""

    def details(self) -> Iterator[Detail]:
        """Every difference, by table, kind, group, key and column."""
