"""The public page of the counts."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from perenne.reports.typographie import MOIS
from perenne.web.common.dates import aujourd_hui
from perenne.web.common.rendu import Etape, page
from perenne.web.statistiques.lecture import lire_frequentation


def statistiques(requete: HttpRequest) -> HttpResponse:
    """How much the site is used."""
    lues = lire_frequentation(aujourd_hui())
    return page(
        requete,
        "statistiques.html.j2",
        titre="Statistiques d’usage",
        jumeau=reverse("api:statistiques"),
        fil=(Etape(titre="Statistiques d’usage"),),
        lues=lues,
        depuis=dt.date.fromisoformat(lues.depuis) if lues.depuis else None,
        mois=[(f"{MOIS[int(m.mois[5:]) - 1]} {m.mois[:4]}", m) for m in lues.mois],
    )
