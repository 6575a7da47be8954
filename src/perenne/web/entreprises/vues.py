"""The enterprises of a territory, and the sheet of one."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_safe

from perenne.services.annuaire.filtres import Filtres
from perenne.services.consulter.entreprise import lire_entreprise
from perenne.services.consulter.entreprises import lister_entreprises, proposer_filtres, situer_entreprises
from perenne.web.common.dates import aujourd_hui, date_demandee
from perenne.web.common.rendu import Etape, page
from perenne.web.espaces.models import Role

PAR_PAGE = 50


def lire_filtres(requete: HttpRequest) -> Filtres:
    """The filters of the address: each may be given several times; empty ones are left out."""

    def plusieurs(nom: str) -> tuple[str, ...]:
        return tuple(v.strip() for v in requete.GET.getlist(nom) if v.strip())

    return Filtres(
        mots=requete.GET.get("q", "")[:200],
        dans=requete.GET.get("dans", "").strip()[:400],
        activites=plusieurs("activite"),
        besoins=plusieurs("besoin"),
        zonages=plusieurs("zonage"),
        verdicts=plusieurs("verdict"),
        etats=plusieurs("etat"),
        employeur=requete.GET.get("employeur", ""),
        agrements=plusieurs("agrement"),
        formes=plusieurs("forme"),
        au=date_demandee(requete),
    )


@require_safe
def entreprises(requete: HttpRequest) -> HttpResponseBase:
    """The list, its filters and the map; every count opens the list behind it."""
    filtres = lire_filtres(requete)
    curseur = requete.GET.get("curseur", "")
    liste = lister_entreprises(filtres, curseur, PAR_PAGE)
    demande = requete.GET.copy()
    demande.pop("curseur", None)
    for nom in [n for n in demande if not any(v.strip() for v in demande.getlist(n))]:
        demande.pop(nom)
    return page(
        requete,
        "entreprises.html.j2",
        titre="Entreprises de l’ESS",
        fil=(Etape(titre="Entreprises"),),
        jumeau=f"{reverse('api:entreprises')}?{requete.GET.urlencode()}",
        filtres=filtres,
        choix=proposer_filtres(),
        liste=liste,
        carte=situer_entreprises(filtres) if filtres.dans and not curseur else None,
        sur_carte=_sur_carte(demande),
        demande=demande.urlencode(),
        debut=not curseur,
    )


def _sur_carte(demande: QueryDict) -> str:
    """The map of the same enterprises, by theme; empty when it has not the filters asked."""
    dans = str(demande.get("dans", "")).strip()
    gardes = {nom: demande.getlist(nom) for nom in demande if nom != "dans"}
    if not dans or "/" in dans or any(len(v) > 1 for v in gardes.values()):
        return ""
    if not gardes.keys() <= {"activite", "besoin", "au"}:
        return ""
    suite = urlencode({nom: v[0] for nom, v in gardes.items()})
    return reverse("territoire-carte", args=[dans]) + (f"?{suite}" if suite else "")


@require_safe
def entreprise(requete: HttpRequest, numero: str) -> HttpResponseBase:
    """The sheet of one enterprise; a SIRET or an old number leads to its address."""
    au = date_demandee(requete)
    fiche = lire_entreprise(numero, au)
    if fiche.id != numero:
        return redirect("entreprise", fiche.id)
    suffixe = f"?au={au.isoformat()}" if au != aujourd_hui() else ""
    espaces = []
    if requete.user.is_authenticated:
        espaces = [
            a.organisation
            for a in requete.user.adhesions.select_related("organisation").exclude(role=Role.LECTEUR)
        ]
    return page(
        requete,
        "entreprise.html.j2",
        titre=fiche.titre,
        fil=(Etape(titre="Entreprises", adresse=reverse("entreprises")), Etape(titre=fiche.titre)),
        jumeau=reverse("api:entreprise", args=[fiche.id]) + suffixe,
        fiche=fiche,
        au=au,
        suffixe=suffixe,
        espaces=espaces,
    )
