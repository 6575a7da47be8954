"""The nineteen actions at a glance, the sheet of one, and the advice for an enterprise."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.leviers.rendu import Format, rendre
from perenne.services.consulter.avis import dire_avis
from perenne.services.consulter.leviers import lire_action, lister_leviers
from perenne.services.leviers.conseil import Conseil
from perenne.web.common.dates import aujourd_hui, date_demandee
from perenne.web.common.rendu import Etape, page
from perenne.web.leviers.demande import conseiller, reprendre
from perenne.web.leviers.formulaires import FormulaireAvis

FORMATS: tuple[tuple[Format, str], ...] = (("pdf", "PDF"), ("docx", "Word"), ("xlsx", "Excel"))
MIMES: dict[str, str] = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


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


@csrf_exempt  # Nothing is changed nor kept, and a token would put a cookie on a visitor who only asks.
@require_http_methods(["GET", "HEAD", "POST"])
def recommander(requete: HttpRequest) -> HttpResponse:
    """The levers for an enterprise and a public actor: the form, then the advice over it."""
    donnees = requete.POST if requete.method == "POST" else requete.GET
    if "acteur" in donnees:
        formulaire = FormulaireAvis(donnees, requete.FILES)
    else:
        formulaire = FormulaireAvis(initial={"cas": donnees.get("cas", ""), "au": aujourd_hui()})
    # The advice on a case has an address; another one is asked with POST, and this says what to ask.
    avis, jumeau = None, reverse("api:recommandation-questions")
    if formulaire.is_bound and formulaire.is_valid():
        try:
            conseil = conseiller(formulaire)
        except ErreurUtilisateur as erreur:
            _signaler(formulaire, erreur)
        else:
            if format_ := next((f for f, _ in FORMATS if f == donnees.get("format")), None):
                return envoyer_avis(conseil, format_)
            if requete.method != "POST" and formulaire.cleaned_data["cas"]:
                jumeau = _jumeau(formulaire.cleaned_data)
            avis, formulaire = dire_avis(conseil), reprendre(formulaire, conseil)
    titre = f"Leviers pour {avis.entreprise}" if avis else "Quels leviers pour une entreprise ?"
    return page(
        requete,
        "recommander.html.j2",
        titre=titre,
        statut=400 if formulaire.errors else 200,
        jumeau=jumeau,
        fil=(Etape(titre="Leviers", adresse=reverse("leviers")), Etape(titre="Recommander")),
        formulaire=formulaire,
        avis=avis,
        au=dt.date.fromisoformat(avis.au) if avis else aujourd_hui(),
        formats=FORMATS,
    )


def _signaler(formulaire: FormulaireAvis, erreur: ErreurUtilisateur) -> None:
    conseil = "" if "perenne " in erreur.conseil else erreur.conseil
    formulaire.add_error(None, f"{erreur.message} {conseil}".strip())
    for anomalie in erreur.anomalies:
        formulaire.add_error(None, str(anomalie))


def _jumeau(dits: Mapping[str, Any]) -> str:
    demande = {
        "cas": dits["cas"],
        "acteur": dits.get("designation") or dits["acteur"],
        "au": dits["au"].isoformat(),
        "montant": dits["montant"],
        "territoire": dits["territoire"],
    }
    return f"{reverse('api:recommandation')}?{urlencode({n: v for n, v in demande.items() if v})}"


def envoyer_avis(conseil: Conseil, format_: Format) -> HttpResponse:
    """An advice as a file."""
    octets = rendre(conseil.recommandation, conseil.modele.savoir, format_, deduits=conseil.deduits)
    reponse = HttpResponse(octets, content_type=MIMES[format_])
    reponse.headers["Content-Disposition"] = f'attachment; filename="avis-leviers.{format_}"'
    return reponse


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
