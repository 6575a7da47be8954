"""The whole knowledge base once read and checked: immutable, looked up by kind or by identifier."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, TypeVar, cast

from perenne.domain.savoir.besoins import Besoin
from perenne.domain.savoir.erreurs_etude import ErreurEtude
from perenne.domain.savoir.ressources import Ressource

T = TypeVar("T")
_VIDE: Mapping[str, Any] = MappingProxyType({})


@dataclass(frozen=True, kw_only=True)
class FicheTrouvee:
    """An item and the kind it belongs to."""

    genre: str
    id: str
    fiche: Any


@dataclass(frozen=True, kw_only=True)
class BaseSavoir:
    """Every item of `knowledge/`.

    Attributes:
        fiches: kind → identifier → item, identifiers in alphabetical order.
        classes: class of the items → kind.
        chemins: (kind, identifier) → path of its file relative to `knowledge/`.
    """

    fiches: Mapping[str, Mapping[str, Any]]
    classes: Mapping[type[Any], str]
    chemins: Mapping[tuple[str, str], str]

    def de(self, classe: type[T]) -> Mapping[str, T]:
        """The items of one class, by identifier; empty when there is none."""
        return cast("Mapping[str, T]", self.fiches.get(self.classes.get(classe, ""), _VIDE))

    def trouver(self, identifiant: str) -> tuple[FicheTrouvee, ...]:
        """Every item with this identifier, one per kind at most; `genre:identifiant` names a single one."""
        genre, deux_points, reste = identifiant.partition(":")
        if deux_points and genre in self.fiches:
            fiche = self.fiches[genre].get(reste)
            return () if fiche is None else (FicheTrouvee(genre=genre, id=reste, fiche=fiche),)
        return tuple(
            FicheTrouvee(genre=g, id=identifiant, fiche=fiches[identifiant])
            for g, fiches in self.fiches.items()
            if identifiant in fiches
        )

    @property
    def besoins(self) -> Mapping[str, Besoin]:
        """The needs, B01 to B16."""
        return self.de(Besoin)

    @property
    def ressources(self) -> Mapping[str, Ressource]:
        """The documents that the base cites."""
        return self.de(Ressource)

    @property
    def erreurs_etude(self) -> Mapping[str, ErreurEtude]:
        """The statements of the study that must not be repeated."""
        return self.de(ErreurEtude)
