"""The rules at a date, what changed in the year, and one rule over time."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from perenne.services.consulter.regles import lire_regle, lister_changements, lister_domaines, lister_regles
from perenne.web.common.dates import aujourd_hui, date_demandee
from perenne.web.common.rendu import Etape, page


def regles(requete: HttpRequest) -> HttpResponse:
    """Every rule at a date, and what changed in the year of that date."""
    au, domaine = date_demandee(requete), requete.GET.get("domaine", "")
    liste = lister_regles(au, domaine=domaine)
    demande = {n: v for n, v in (("au", requete.GET.get("au", "")), ("domaine", domaine)) if v}
    return page(
        requete,
        "regles.html.j2",
        titre="Règles",
        jumeau=reverse("api:regles") + (f"?{urlencode(demande)}" if demande else ""),
        fil=(Etape(titre="Règles"),),
        au=au,
        suffixe=f"?au={au.isoformat()}" if au != aujourd_hui() else "",
        domaine=domaine,
        domaines=[(d, [r for r in liste if r.domaine == d.id]) for d in lister_domaines()],
        tous=lister_domaines(),
        total=len(liste),
        changements=[
            (c, dt.date.fromisoformat(c.le))
            for c in lister_changements(au.year)
            if domaine in ("", c.regle.split("/")[0])
        ],
    )


def regle(requete: HttpRequest, domaine: str, nom: str) -> HttpResponse:
    """One rule: its answer at a date, its values over time, its references."""
    au = date_demandee(requete)
    fiche = lire_regle(f"{domaine}/{nom}", au)
    suffixe = f"?au={au.isoformat()}" if au != aujourd_hui() else ""
    return page(
        requete,
        "regle.html.j2",
        titre=fiche.resume.titre,
        jumeau=reverse("api:regle", args=[domaine, nom]) + suffixe,
        fil=(Etape(titre="Règles", adresse=reverse("regles")), Etape(titre=fiche.resume.titre)),
        fiche=fiche,
        au=au,
        verifie_le=dt.date.fromisoformat(fiche.resume.verifie_le),
    )
