"""What a territory is, before anything is measured."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

TypeTerritoire = Literal[
    "commune", "arrondissement-municipal", "epci", "departement", "region", "qpv", "union"
]

TYPES_ATLAS: tuple[TypeTerritoire, ...] = (
    "commune",
    "arrondissement-municipal",
    "epci",
    "departement",
    "region",
    "qpv",
)


@dataclass(frozen=True, kw_only=True, order=True)
class Cle:
    """The key of a territory in the atlas: `commune:23096`, `epci:200044014`."""

    type: str
    code: str

    def __str__(self) -> str:
        return f"{self.type}:{self.code}"


@dataclass(frozen=True, kw_only=True)
class Territoire:
    """A territory of the atlas, or a union of them.

    Attributes:
        code: official code, as text; for a union, the sorted keys joined by `+`.
        population: inhabitants (municipal population), None when not known.
        superficie_km2: area in square kilometres, None when not known.
        lon, lat: a point inside, degrees WGS 84.
        departement, region, epci: codes it belongs to, empty when it spreads over several or none.
        densite: class of the INSEE density grid, 1 (densest) to 7; for several communes, the class in which
            most inhabitants live.
        drom: overseas département or région (or most of its inhabitants).
        nature: legal nature where there is one (CC, CA, CU, METRO…).
        communes: codes of the communes that make it, sorted.
    """

    type: TypeTerritoire
    code: str
    nom: str
    population: int | None = None
    superficie_km2: float | None = None
    lon: float | None = None
    lat: float | None = None
    departement: str = ""
    region: str = ""
    epci: str = ""
    densite: int | None = None
    drom: bool = False
    nature: str = ""
    communes: tuple[str, ...] = ()

    @property
    def cle(self) -> Cle:
        """Its key in the atlas."""
        return Cle(type=self.type, code=self.code)


@dataclass(frozen=True, kw_only=True)
class Rattachement:
    """A wider territory that contains this one (its EPCI, its département, its région)."""

    type: TypeTerritoire
    code: str
    nom: str


@dataclass(frozen=True, kw_only=True)
class Filiation:
    """A former commune that was asked for, and what it has become.

    Attributes:
        nature: how (fusion, commune associée, commune déléguée, changement de code…), as the atlas says it.
    """

    code_ancien: str
    nom_ancien: str
    code_actuel: str
    nom_actuel: str
    date_effet: dt.date | None
    nature: str = ""


@dataclass(frozen=True, kw_only=True)
class SourceCitee:
    """A data set used, as the foot of the note cites it."""

    id: str
    producteur: str
    jeu: str
    millesime: str
    date_fichier: str = ""
    licence: str = ""
    url: str = ""
    format_verifie: bool = True


def dates_des_sources(sources: Iterable[SourceCitee]) -> dict[str, dt.date]:
    """By data set, the date that it describes: the day of its vintage, the last day of a vintage in years.

    A vintage that is neither (a period, a season) gives no date.
    """
    dates = {}
    for s in sources:
        texte = s.millesime if len(s.millesime) != len("2024") else f"{s.millesime}-12-31"
        with suppress(ValueError):
            dates[s.id] = dt.date.fromisoformat(texte)
    return dates


@dataclass(frozen=True, kw_only=True)
class Contour:
    """An outline of the small map.

    Attributes:
        wkb: simplified geometry, WKB, degrees WGS 84.
        dans_territoire: whether it is (part of) the territory, or a neighbour that only gives the context.
        classement: zoning classes it has at the date, e.g. `frr-plus`, empty when none.
    """

    type: TypeTerritoire
    code: str
    nom: str
    wkb: bytes
    dans_territoire: bool
    population: int | None = None
    classement: str = ""
