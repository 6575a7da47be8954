"""The list of cases with its filters, and the sheet of one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from perenne.services.consulter.cas import lire_cas, lister_activites_des_cas, lister_cas
from perenne.services.consulter.leviers import lister_leviers
from perenne.services.consulter.territoires import departement_connu
from perenne.web.common.rendu import Etape, page


def cas(requete: HttpRequest) -> HttpResponse:
    """The cases, filtered by lever and by activity."""
    levier, activite = (requete.GET.get(nom, "") for nom in ("levier", "activite"))
    filtre = {nom: v for nom, v in (("levier", levier), ("activite", activite)) if v}
    return page(
        requete,
        "cas.html.j2",
        titre="Cas",
        jumeau=reverse("api:cas") + (f"?{urlencode(filtre)}" if filtre else ""),
        fil=(Etape(titre="Cas"),),
        liste=lister_cas(levier=levier, activite=activite),
        total=len(lister_cas()),
        leviers=lister_leviers(),
        activites=lister_activites_des_cas(),
        levier=levier,
        activite=activite,
    )


def un_cas(requete: HttpRequest, identifiant: str) -> HttpResponse:
    """One case, its facts, and the passage of the study that says each."""
    fiche = lire_cas(identifiant)
    return page(
        requete,
        "un_cas.html.j2",
        titre=fiche.resume.nom,
        jumeau=reverse("api:un-cas", args=[identifiant]),
        fil=(Etape(titre="Cas", adresse=reverse("cas")), Etape(titre=fiche.resume.nom)),
        fiche=fiche,
        departement_connu=departement_connu(fiche.resume.departement),
    )
