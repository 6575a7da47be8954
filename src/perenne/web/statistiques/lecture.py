"""The counts as the page and the API say them."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass

from django.conf import settings

from perenne.web.statistiques.genres import GENRES
from perenne.web.statistiques.models import Frequentation

SEMAINE, MOIS, AN = 7, 30, 365


@dataclass(frozen=True, kw_only=True)
class Usage:
    """Answers of a kind of page over the last 7, 30 and 365 days, today included."""

    genre: str
    titre: str
    semaine: int
    mois: int
    an: int


@dataclass(frozen=True, kw_only=True)
class Mois:
    """A month: pages served, refused or not found, and failures of the site."""

    mois: str
    servies: int
    refusees: int
    pannes: int


@dataclass(frozen=True, kw_only=True)
class Frequentations:
    """Everything that is counted.

    Attributes:
        depuis: first day counted; empty when nothing is yet.
        conservation_mois: how long the counts are kept.
        retard_s: how late they may be.
    """

    au: str
    depuis: str
    usages: tuple[Usage, ...]
    mois: tuple[Mois, ...]
    conservation_mois: int
    retard_s: int


def lire_frequentation(jour: dt.date) -> Frequentations:
    """The counts up to a day."""
    lignes = list(
        Frequentation.objects.filter(jour__gt=jour - dt.timedelta(days=AN), jour__lte=jour).values_list(
            "jour", "genre", "statut", "nombre"
        )
    )
    par_genre: dict[str, list[int]] = {g: [0, 0, 0] for g in GENRES}
    par_mois: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for date, genre, statut, nombre in lignes:
        # A refusal or a failure is not a page read.
        if statut < 400 or genre == "perdues":
            for rang, jours in enumerate((SEMAINE, MOIS, AN)):
                par_genre.setdefault(genre, [0, 0, 0])[rang] += nombre * ((jour - date).days < jours)
        par_mois[f"{date:%Y-%m}"][0 if statut < 400 else 1 if statut < 500 else 2] += nombre
    return Frequentations(
        au=jour.isoformat(),
        depuis=min((x[0] for x in lignes), default=jour).isoformat() if lignes else "",
        usages=tuple(
            Usage(genre=g, titre=GENRES.get(g, g), semaine=s, mois=m, an=a)
            for g, (s, m, a) in par_genre.items()
        ),
        mois=tuple(
            Mois(mois=m, servies=a, refusees=b, pannes=c)
            for m, (a, b, c) in sorted(par_mois.items(), reverse=True)
        ),
        conservation_mois=settings.STATISTIQUES_MOIS,
        retard_s=settings.STATISTIQUES_S,
    )
