"""The advice on the enterprise of a file: its grid, its accounts and its plan are what is known of it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_safe

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.regles.evaluation import Valeur
from perenne.services.consulter.avis import dire_avis
from perenne.services.leviers.conseil import Conseil, conseiller_lue
from perenne.services.leviers.dossier import entreprise_du_diagnostic
from perenne.services.leviers.entreprise import EntrepriseLue
from perenne.services.leviers.plan_de_tresorerie import faits_du_plan
from perenne.services.savoir import obtenir_base
from perenne.services.tresorerie.brouillon import lire_brouillon
from perenne.web.common.dates import aujourd_hui
from perenne.web.common.rendu import Etape, page
from perenne.web.diagnostics.lecture import diagnostiquer_dossier
from perenne.web.dossiers.models import Dossier
from perenne.web.dossiers.vues import fil_dossier, objet
from perenne.web.espaces.droits import obtenir_dossier, tracer
from perenne.web.espaces.models import Geste
from perenne.web.leviers.formulaires import FormulaireAvis
from perenne.web.leviers.vues import FORMATS, envoyer_avis
from perenne.web.tresorerie.plan import obtenir_plan


@require_safe
def leviers_du_dossier(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The form, then the advice; every choice is in the address, which may be kept and sent to a member."""
    dossier = obtenir_dossier(requete, identifiant)
    depart = {"collectivite": dossier.organisation.territoire, "au": aujourd_hui()}
    # Only the decision is asked: what is known of the enterprise is in the file.
    formulaire = FormulaireAvis(requete.GET if "acteur" in requete.GET else None, initial=depart)
    avis, conseil = None, None
    if formulaire.is_bound and formulaire.is_valid():
        try:
            conseil = _conseiller(dossier, formulaire.cleaned_data)
        except ErreurUtilisateur as erreur:
            formulaire.add_error(None, str(erreur))
        else:
            tracer(
                requete, dossier.organisation, Geste.VU, objet(dossier), f"{dossier.nom} : recommandations"
            )
            if format_ := next((f for f, _ in FORMATS if f == requete.GET.get("format")), None):
                return envoyer_avis(conseil, format_)
            avis = dire_avis(conseil)
    return page(
        requete,
        "leviers_du_dossier.html.j2",
        titre=f"Recommandations : {dossier.nom}",
        statut=400 if formulaire.errors else 200,
        fil=fil_dossier(requete, dossier, Etape(titre="Recommandations")),
        dossier=dossier,
        formulaire=formulaire,
        avis=avis,
        au=conseil.recommandation.au if conseil else aujourd_hui(),
        formats=FORMATS,
        demande=requete.GET.urlencode(),
        diagnostic=reverse("diagnostic", args=[dossier.pk]),
    )


def _conseiller(dossier: Dossier, dits: dict[str, Any]) -> Conseil:
    au = dits["au"] or aujourd_hui()
    entreprise, deduits = entreprise_du_diagnostic(
        diagnostiquer_dossier(dossier, au).diagnostic, obtenir_base()
    )
    plan = obtenir_plan(dossier)
    prevus: dict[str, Valeur] = {}
    if plan is not None and plan.contenu:
        try:
            prevus = faits_du_plan(lire_brouillon(plan.contenu, dossier.nom).plan, au)
        except ErreurUtilisateur:
            prevus = {}  # a plan that cannot be run yet says nothing; its own page says what to mend
    return conseiller_lue(
        EntrepriseLue(entreprise=entreprise, territoire=dossier.commune, deduits=deduits),
        dits.get("designation") or dits["acteur"],
        au=au,
        montant=dits["montant"],
        prevus=prevus,
    )
