"""The list of cases with its filters, the sheet of one, and the crossing of levers with them."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from perenne.services.consulter.cas import (
    lire_cas,
    lister_activites_des_cas,
    lister_cas,
    lister_zonages_des_cas,
)
from perenne.services.consulter.croisement import (
    AXES_DITS,
    Case,
    Croisement,
    Groupe,
    lire_axe,
    lire_croisement,
    lire_grain,
)
from perenne.services.consulter.leviers import lister_leviers
from perenne.services.consulter.territoires import departement_connu
from perenne.web.common.rendu import Etape, page

FILTRES = ("levier", "activite", "zonage")
Rangee = tuple[str, str, str, list[Case]]


def cas(requete: HttpRequest) -> HttpResponse:
    """The cases, filtered by lever, by activity and by zoning."""
    levier, activite, zonage = (requete.GET.get(nom, "") for nom in FILTRES)
    filtre = {n: v for n, v in zip(FILTRES, (levier, activite, zonage), strict=True) if v}
    return page(
        requete,
        "cas.html.j2",
        titre="Cas",
        jumeau=reverse("api:cas") + (f"?{urlencode(filtre)}" if filtre else ""),
        fil=(Etape(titre="Cas"),),
        liste=lister_cas(levier=levier, activite=activite, zonage=zonage),
        total=len(lister_cas()),
        leviers=lister_leviers(),
        activites=lister_activites_des_cas(),
        zonages=lister_zonages_des_cas(),
        levier=levier,
        activite=activite,
        zonage=zonage,
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


def croisement(requete: HttpRequest) -> HttpResponse:
    """Levers or actions crossed with activities, themes, zonings, or activities and zonings."""
    par, grain = lire_axe(requete.GET.get("par", "")), lire_grain(requete.GET.get("grain", ""))
    resultat = lire_croisement(par, grain)
    # Six levers fit as columns; nineteen actions do not.
    tourne = grain == "levier"
    return page(
        requete,
        "croisement.html.j2",
        titre="Leviers croisés",
        jumeau=f"{reverse('api:croisement')}?{urlencode({'par': par, 'grain': grain})}",
        fil=(Etape(titre="Cas", adresse=reverse("cas")), Etape(titre="Leviers croisés")),
        c=resultat,
        axes=AXES_DITS,
        tourne=tourne,
        colonnes=[x.titre for x in (resultat.lignes if tourne else resultat.groupes)],
        rangees=_par_groupe(resultat) if tourne else _par_action(resultat),
    )


def _par_groupe(c: Croisement) -> list[Rangee]:
    return [
        (g.titre, _adresse(g), "" if g.nombre == 1 else f"{g.nombre} cas", _cases(c, groupe=g.id))
        for g in c.groupes
    ]


def _par_action(c: Croisement) -> list[Rangee]:
    return [(x.titre, reverse("action", args=[x.id]), x.code, _cases(c, ligne=x.id)) for x in c.lignes]


def _cases(c: Croisement, *, ligne: str = "", groupe: str | None = None) -> list[Case]:
    return [k for k in c.cases if (k.ligne == ligne if groupe is None else k.groupe == groupe)]


def _adresse(groupe: Groupe) -> str:
    """The cases of a group, where the list can be restricted to it."""
    noms = {"tous": (), "activite": ("activite",), "activite-zonage": ("activite", "zonage")}.get(groupe.axe)
    if noms is None:
        return ""
    filtre = dict(zip(noms, groupe.id.split("|"), strict=False))
    return reverse("cas") + (f"?{urlencode(filtre)}" if filtre else "")
