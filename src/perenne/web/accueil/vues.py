"""The home page, the search and its suggestions."""

from __future__ import annotations

import datetime as dt
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from perenne.services.consulter.carte_des_cas import dessiner_les_cas
from perenne.services.consulter.cas import lister_cas
from perenne.services.consulter.leviers import lister_leviers
from perenne.services.consulter.recherche import chercher_tout, proposer_exemple, suggerer_tout
from perenne.services.consulter.regles import lister_changements
from perenne.web.common.dates import aujourd_hui
from perenne.web.common.rendu import Etape, page


def accueil(requete: HttpRequest) -> HttpResponse:
    """What the site is, and one search box."""
    leviers, jour = lister_leviers(), aujourd_hui()
    return page(
        requete,
        "accueil.html.j2",
        titre="Accueil",
        jumeau=reverse("api:accueil"),
        leviers=leviers,
        actions=sum(len(x.actions) for x in leviers),
        cas=lister_cas(),
        carte=dessiner_les_cas(),
        exemple=proposer_exemple(),
        annee=jour.year,
        changements=[
            {
                "regle": c.regle,
                "titre": c.titre,
                "apres": c.apres,
                "jour": dt.date.fromisoformat(c.le),
                "confiance": c.confiance,
            }
            for c in lister_changements(jour.year)
            if dt.date.fromisoformat(c.le) <= jour
        ],
    )


def recherche(requete: HttpRequest) -> HttpResponse:
    """Results; straight to the territory or the enterprise when the words are one, and only one."""
    trouvailles = chercher_tout(requete.GET.get("q", ""))
    if trouvailles.direct and not trouvailles.fiches:
        return redirect("territoire", trouvailles.direct)
    if trouvailles.entreprises.numero and not trouvailles.territoires:
        return redirect("entreprise", trouvailles.entreprises.premieres[0].id)
    return page(
        requete,
        "recherche.html.j2",
        titre=f"Recherche : {trouvailles.mots}" if trouvailles.mots else "Recherche",
        jumeau=f"{reverse('api:recherche')}?{urlencode({'q': trouvailles.mots})}",
        fil=(Etape(titre="Recherche"),),
        trouvailles=trouvailles,
        proche=any(t.qualite == "proche" for t in trouvailles.territoires),
    )


def suggestions(requete: HttpRequest) -> HttpResponse:
    """A fragment for the search box; an address of its own, which says nothing more than the search."""
    return render(requete, "suggestions.html.j2", {"trouvailles": suggerer_tout(requete.GET.get("q", ""))})
