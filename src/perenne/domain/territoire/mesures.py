"""A value of an indicator, its place among comparable territories, and its trend."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from perenne.domain.savoir.indicateurs import Indicateur

Statut = Literal["observe", "secret", "absent", "sans-objet", "non-observe"]
"""observe: published. secret: withheld by statistical secrecy. absent: the producer has none for this
territory.
sans-objet: has no meaning here. non-observe: the atlas holds nothing on it. None of the last four is zero."""


@dataclass(frozen=True, kw_only=True)
class Mesure:
    """A value of an indicator for a territory at a vintage.

    Attributes:
        valeur: in the unit of the indicator; None unless `statut` is `observe`.
        numerateur, denominateur: what it was computed from, when it adds up.
        couverture: share of the inhabitants whose commune has an observed value, in [0, 1]; None for a
            published value.
        approche: computed by an approximation (a mean of medians…) or on part of the communes.
        source: identifier of the data set.
    """

    indicateur: str
    millesime: str
    statut: Statut
    valeur: float | None = None
    numerateur: float | None = None
    denominateur: float | None = None
    couverture: float | None = None
    approche: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True)
class Strate:
    """The set of territories that one is compared with.

    Attributes:
        type: type of the territories compared.
        densites: classes of the density grid kept (dominant class for several communes); empty: all.
        drom: overseas ones only (True), others only (False).
        population_min, population_max: bounds in inhabitants, lower included, upper excluded; None: open.
        elargie: the finer stratum had too few territories, this one is wider.
        nombre: territories in it, the one compared included when it belongs to it.
    """

    type: str
    densites: tuple[int, ...] = ()
    drom: bool = False
    population_min: int | None = None
    population_max: int | None = None
    elargie: bool = False
    nombre: int = 0


@dataclass(frozen=True, kw_only=True)
class Pair:
    """A comparable territory, among the nearest by population and density.

    Attributes:
        valeurs: by indicator, the latest observed value, in the unit of the indicator; missing when not
            observed.
    """

    type: str
    code: str
    nom: str
    departement: str
    population: int | None
    densite_hab_km2: float | None
    valeurs: Mapping[str, float]


@dataclass(frozen=True, kw_only=True)
class Lecture:
    """An indicator read against the stratum.

    A value that covers too few inhabitants, or that too few territories share, is not compared.

    Attributes:
        percentile: mid-rank in percent of the comparable territories with an observed value, in [0, 100]; 0
            is the lowest value.
        fragilite: the same, turned so that 100 is the most fragile; None for a context indicator or no
            percentile.
        rang: 1 for the highest value among the comparable ones (ties share the best rank); None when not
            compared.
        compares: comparable territories with an observed value, this one included.
        quartile_bas, mediane, quartile_haut: of those, in the unit of the indicator.
    """

    indicateur: Indicateur
    mesure: Mesure
    percentile: float | None = None
    fragilite: float | None = None
    rang: int | None = None
    compares: int = 0
    quartile_bas: float | None = None
    mediane: float | None = None
    quartile_haut: float | None = None


@dataclass(frozen=True, kw_only=True)
class Tendance:
    """A series of an indicator, oldest first.

    Attributes:
        points: (vintage, value) pairs, observed ones only.
        manquants: vintages of the series without an observed value here.
    """

    indicateur: Indicateur
    points: tuple[tuple[str, float], ...]
    manquants: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class CritereCget:
    """One of the three criteria.

    Attributes:
        critere: population, emploi or pauvrete.
        decile: 0 to 9, 9 among the tenth most fragile of the stratum; None when it cannot be read.
        lecture: the indicator it was read on; None when the atlas has no data for the criterion.
    """

    critere: Literal["population", "emploi", "pauvrete"]
    decile: int | None
    lecture: Lecture | None


@dataclass(frozen=True, kw_only=True)
class LectureCget:
    """The three-criteria reading of fragility (CGET 2017-2018), criterion by criterion, never added up."""

    criteres: tuple[CritereCget, ...]

    @property
    def manquants(self) -> tuple[str, ...]:
        """Criteria that cannot be read here."""
        return tuple(c.critere for c in self.criteres if c.decile is None)
