"""The nineteen actions at a glance, and the sheet of one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from perenne.services.consulter.leviers import lire_action, lister_leviers
from perenne.web.common.dates import aujourd_hui, date_demandee
from perenne.web.common.rendu import Etape, page


def leviers(requete: HttpRequest) -> HttpResponse:
    """The six levers and their actions."""
    return page(
        requete,
        "leviers.html.j2",
        titre="Leviers",
        jumeau=reverse("api:leviers"),
        fil=(Etape(titre="Leviers"),),
        leviers=lister_leviers(),
    )


def action(requete: HttpRequest, identifiant: str) -> HttpResponse:
    """The sheet of an action, the law at a date."""
    au = date_demandee(requete)
    fiche = lire_action(identifiant, au)
    suffixe = f"?au={au.isoformat()}" if au != aujourd_hui() else ""
    return page(
        requete,
        "action.html.j2",
        titre=fiche.titre,
        jumeau=reverse("api:action", args=[identifiant]) + suffixe,
        fil=(Etape(titre="Leviers", adresse=reverse("leviers")), Etape(titre=fiche.titre)),
        fiche=fiche,
        au=au,
        suffixe=suffixe,
    )
