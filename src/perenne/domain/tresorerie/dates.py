"""Calendar arithmetic: durations, due dates, periods of the grid. No clock: every date is an argument."""

from __future__ import annotations

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

Pas = Literal["mois", "semaine"]
Periodicite = Literal["mois", "trimestre", "semestre", "an", "unique"]

MOIS_PAR_PERIODE: dict[str, int] = {"mois": 1, "trimestre": 3, "semestre": 6, "an": 12}
JOURS_MOIS = 30.4375
"""Mean length of a month, used only to turn the spread of a delay given in months into days."""


@dataclass(frozen=True, kw_only=True)
class Duree:
    """A delay: months first, then days."""

    mois: int = 0
    jours: int = 0

    def depuis(self, jour: dt.date) -> dt.date:
        """The date reached from `jour`."""
        return ajouter_mois(jour, self.mois) + dt.timedelta(days=self.jours)

    def en_jours(self) -> int:
        """Length in days, months counted at their mean length."""
        return round(self.mois * JOURS_MOIS) + self.jours


IMMEDIAT = Duree()
QUINZE_JOURS = Duree(jours=15)
TRENTE_JOURS = Duree(jours=30)
TROIS_MOIS = Duree(mois=3)
DEUX_ANS = Duree(mois=24)


@lru_cache(maxsize=1 << 16)
def ajouter_mois(jour: dt.date, mois: int) -> dt.date:
    """Same day `mois` months later (earlier when negative), or the last day of that month when it is
    shorter."""
    rang = jour.year * 12 + jour.month - 1 + mois
    annee, m = divmod(rang, 12)
    return dt.date(annee, m + 1, min(jour.day, calendar.monthrange(annee, m + 1)[1]))


@lru_cache(maxsize=1 << 16)
def jour_du_mois(annee: int, mois: int, jour: int) -> dt.date:
    """Day `jour` (1 to 31) of a month, or its last day when it is shorter."""
    return dt.date(annee, mois, min(jour, calendar.monthrange(annee, mois)[1]))


def fin_de_mois(jour: dt.date) -> dt.date:
    """Last day of the month of `jour`."""
    return jour_du_mois(jour.year, jour.month, 31)


def debuts_de_mois(du: dt.date, au: dt.date) -> Iterator[dt.date]:
    """First days of the months from that of `du` to that of `au`, both included."""
    courant = du.replace(day=1)
    while courant <= au:
        yield courant
        courant = ajouter_mois(courant, 1)


def echeances_regulieres(du: dt.date, au: dt.date, periodicite: Periodicite, jour: int) -> Iterator[dt.date]:
    """Dates on day `jour` of each period beginning in the month of `du`, kept inside [du, au].

    With `unique`, the only date is `du`.
    """
    if periodicite == "unique":
        yield du
        return
    pas = MOIS_PAR_PERIODE[periodicite]
    for rang, debut in enumerate(debuts_de_mois(du, au)):
        date = jour_du_mois(debut.year, debut.month, jour)
        if rang % pas == 0 and du <= date <= au:
            yield date


@dataclass(frozen=True)
class Grille:
    """Days from `debut` to `fin` included, cut into months or weeks.

    Attributes:
        debut: first day; the opening cash is what is held before its first event.
        fin: last day.
        bornes: index (from 0) of the first day of each period, increasing; the first is 0.
    """

    debut: dt.date
    fin: dt.date
    bornes: tuple[int, ...]

    @property
    def jours(self) -> int:
        """Number of days."""
        return (self.fin - self.debut).days + 1

    def fins(self) -> tuple[dt.date, ...]:
        """Last day of each period."""
        suivants = (*self.bornes[1:], self.jours)
        return tuple(self.debut + dt.timedelta(days=n - 1) for n in suivants)


def construire_grille(debut: dt.date, horizon_mois: int, pas: Pas) -> Grille:
    """Cut `horizon_mois` months from `debut` into calendar months, or into weeks of seven days from
    `debut`."""
    fin = ajouter_mois(debut, horizon_mois) - dt.timedelta(days=1)
    jours = (fin - debut).days + 1
    if pas == "semaine":
        return Grille(debut, fin, tuple(range(0, jours, 7)))
    bornes = tuple(max(0, (m - debut).days) for m in debuts_de_mois(debut, fin))
    return Grille(debut, fin, bornes)
