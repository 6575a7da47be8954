"""What both engines do alike: a computation is a stage, found again when nothing it depends on changed."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import ibis.expr.operations as ops
import pyarrow as pa

from perenne.pipeline.moteur import Moteur
from perenne.pipeline.moteurs.empreintes import empreinte_de_fichier, empreinte_de_table
from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.moteurs.interface import Fabrique, NoyauDePaires

_SAUF = re.compile(r"EXCLUDE \(([^()]*)\)")


def stabiliser(requete: str) -> str:
    """The text of a query, columns left out in alphabetical order: Ibis gives them in that of a set."""
    return _SAUF.sub(lambda m: f"EXCLUDE ({', '.join(sorted(m[1].split(', ')))})", requete)


class MasseParEtapes(ABC):
    """The operations of `MoteurDeMasse`, over what an engine knows how to do."""

    nom = ""

    def __init__(self, publication: Moteur, etapes: Etapes) -> None:
        self.publication = publication
        self.etapes = etapes

    def connue(self, nom: str) -> bool:
        """Whether something bears that name."""
        return self.etapes.connue(nom)

    def deposer(self, nom: str, table: pa.Table) -> None:
        """A small table of the driver, under `nom`."""
        self.etapes.noter(nom, empreinte_de_table(table))
        with self._traduire():
            self._deposer(nom, table)

    def ouvrir(self, nom: str, chemin: Path, *, cle: str = "") -> None:
        """A Parquet file where it is, its rows numbered from 0 in `_rang`."""
        self.etapes.noter(nom, cle or empreinte_de_fichier(chemin))
        with self._traduire():
            self._ouvrir(nom, chemin)

    def voir(self, nom: str, expression: Any) -> None:
        """Name an expression without computing it."""
        requete = self.requete(expression)
        self.etapes.noter(nom, self._empreinte("voir", [requete], expression))
        with self._traduire():
            self._voir(nom, requete)

    def materialiser(self, nom: str, expression: Any) -> None:
        """Compute an expression, kept under `nom`."""
        requete = self.requete(expression)
        self._etape(
            nom,
            self._empreinte("materialiser", [requete], expression),
            lambda chemin: self._calculer(requete, chemin),
        )

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
        """The rows that a kernel makes of those of an expression, kept under `nom`."""
        requete = self.requete(expression)
        self._etape(
            nom,
            self._empreinte("noyau", [requete, str(schema), cle], expression),
            lambda chemin: self._appliquer(requete, fabrique, schema, chemin, lourd=lourd),
        )

    def apparier(
        self, nom: str, gauche: Any, droite: Any, colonne: str, *, noyau: NoyauDePaires, schema: pa.Schema
    ) -> None:
        """The rows that a kernel makes of two expressions, never parting rows of the same `colonne`."""
        cotes = [c.filter(c[colonne].notnull()) for c in (gauche, droite)]
        a, b = (self.requete(c) for c in cotes)
        self._etape(
            nom,
            self._empreinte("apparier", [a, b, str(schema), colonne], *cotes),
            lambda chemin: self._apparier((a, b), colonne, noyau, schema, chemin),
        )

    def ranger(
        self,
        nom: str,
        lots: Iterable[pa.RecordBatch],
        schema: pa.Schema,
        *,
        cle: str,
        note: Callable[[], Mapping[str, Any]] = dict,
    ) -> Mapping[str, Any]:
        """Rows read by the driver, kept under `nom`."""
        return self._etape(
            nom,
            self.etapes.empreinte(f"ranger {schema} {cle}"),
            lambda chemin: self._ranger(lots, schema, chemin),
            note,
        )

    def lignes(self, expression: Any) -> list[tuple[Any, ...]]:
        """The rows of an expression that has few of them."""
        with self._traduire():
            return self._lignes(self.requete(expression))

    def compter(self, expression: Any) -> int:
        """How many rows."""
        return int(self.lignes(expression.aggregate(n=expression.count()))[0][0])

    def _etape(
        self,
        nom: str,
        empreinte: str,
        ecrire: Callable[[Path], None],
        note: Callable[[], Mapping[str, Any]] = dict,
    ) -> Mapping[str, Any]:
        with self._traduire():
            lue = self.etapes.faire(nom, empreinte, ecrire, note)
            self._nommer(nom, self.etapes.chemin(nom))
        return lue

    def _empreinte(self, quoi: str, textes: list[str], *expressions: Any) -> str:
        """Of some texts, those of the queries among them, and of the tables that the expressions read."""
        tables = {t.name for e in expressions for t in e.op().find(ops.DatabaseTable)}
        return self.etapes.empreinte(quoi, [stabiliser(t) for t in textes], tables=sorted(tables))

    @abstractmethod
    def table(self, nom: str) -> Any:
        """The Ibis table of that name."""

    @abstractmethod
    def schema(self, expression: Any) -> pa.Schema:
        """Arrow types of the columns of an expression."""

    @abstractmethod
    def requete(self, expression: Any) -> str:
        """The text of an expression in the language of the engine."""

    @abstractmethod
    def livrer(self, nom: str) -> None:
        """Make a table readable by the engine that publishes, under the same name."""

    @abstractmethod
    def _traduire(self) -> AbstractContextManager[None]:
        """The errors of the engine become `ErreurDeMoteur`."""

    @abstractmethod
    def _deposer(self, nom: str, table: pa.Table) -> None: ...

    @abstractmethod
    def _ouvrir(self, nom: str, chemin: Path) -> None: ...

    @abstractmethod
    def _voir(self, nom: str, requete: str) -> None: ...

    @abstractmethod
    def _nommer(self, nom: str, chemin: Path) -> None: ...

    @abstractmethod
    def _calculer(self, requete: str, chemin: Path) -> None: ...

    @abstractmethod
    def _appliquer(
        self, requete: str, fabrique: Fabrique, schema: pa.Schema, chemin: Path, *, lourd: bool
    ) -> None: ...

    @abstractmethod
    def _apparier(
        self, cotes: tuple[str, str], colonne: str, noyau: NoyauDePaires, schema: pa.Schema, chemin: Path
    ) -> None: ...

    @abstractmethod
    def _ranger(self, lots: Iterable[pa.RecordBatch], schema: pa.Schema, chemin: Path) -> None: ...

    @abstractmethod
    def _lignes(self, requete: str) -> list[tuple[Any, ...]]: ...
