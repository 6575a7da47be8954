"""What every item of the knowledge base shares: identity, provenance, periods, references."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Annotated, Literal, TypeVar, dataclass_transform

T = TypeVar("T")

Confiance = Literal["A", "B", "C"]
"""A: consolidated text read. B: read in a cited secondary page. C: not verified, never blocking."""

Provenance = Literal["etude", "etude-infere", "externe", "proposition"]
"""Where a statement comes from: the study; inferred from its facts; another source; our own proposal."""

Thematique = Literal["consommation-production-responsables", "attractivite", "lien-social", "inclusion"]
"""The four themes of the study, one volume each."""


@dataclass(frozen=True)
class Ref:
    """Marks a string that names an item: `Annotated[str, Ref("besoin")]`. The loader refuses unknown names.

    Several kinds may be allowed: `Ref("acteur", "organisation")`.
    """

    genres: tuple[str, ...]

    def __init__(self, *genres: str) -> None:
        object.__setattr__(self, "genres", genres)


@dataclass_transform(frozen_default=True, kw_only_default=True)
def fiche(cls: type[T]) -> type[T]:
    """Make a frozen keyword-only dataclass that the loader validates strictly, unknown keys refused."""
    cls.__pydantic_config__ = {"extra": "forbid", "strict": True}  # type: ignore[attr-defined]
    return dataclass(frozen=True, kw_only=True)(cls)


@fiche
class Source:
    """Where a statement was read.

    Attributes:
        document: identifier of a resource (`knowledge/ressources/<id>.yaml`).
        section: locator inside the document (section of the study, article, page).
        url: public address, when the document has several.
        consulte_le: when it was read.
    """

    document: Annotated[str, Ref("ressource")]
    section: str = ""
    url: str = ""
    consulte_le: dt.date | None = None


@fiche
class Periode:
    """A period of validity, both ends included; None means open."""

    du: dt.date | None = None
    au: dt.date | None = None

    def contient(self, jour: dt.date) -> bool:
        """Whether `jour` is inside the period, ends included."""
        return (self.du is None or self.du <= jour) and (self.au is None or jour <= self.au)


@fiche
class NomDate:
    """A name that was in use during a period (Direccte until 2021-03-31, then DREETS)."""

    nom: str
    sigle: str = ""
    du: dt.date | None = None
    au: dt.date | None = None
    confiance: Confiance = "B"
    source: Source | None = None
