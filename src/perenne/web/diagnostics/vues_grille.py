"""The grid, for the members: any respondent, one family a page."""

from __future__ import annotations

import uuid

from django.http import HttpRequest, HttpResponseBase
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from perenne.reports.typographie import date_longue
from perenne.web.common.rendu import Etape
from perenne.web.diagnostics.acces import ecrit, fil, noter, obtenir_passage, obtenir_repondant
from perenne.web.diagnostics.calculs import dire_calcules
from perenne.web.diagnostics.invitations import en_cours
from perenne.web.diagnostics.models import Invitation
from perenne.web.diagnostics.mots import nommer_repondant
from perenne.web.diagnostics.page_grille import Contexte, ouvrir_grille
from perenne.web.espaces.droits import obtenir_compte, obtenir_dossier
from perenne.web.espaces.models import Geste


@require_http_methods(["GET", "POST"])
def grille(
    requete: HttpRequest, identifiant: uuid.UUID, passage: str, repondant: str, famille: str
) -> HttpResponseBase:
    """A family of criteria for one respondent in one round."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire" if requete.method == "POST" else "lire")
    lu = obtenir_passage(dossier, passage)
    qui = obtenir_repondant(dossier, repondant)
    nom = nommer_repondant(qui)
    quoi = f"grille {lu.nom}, {nom}"
    if requete.method == "GET":
        noter(requete, dossier, Geste.VU, quoi)

    def adresse_de(partie: str) -> str:
        if not partie:
            return reverse("diagnostic", args=[dossier.pk])
        return reverse("diagnostic-grille", args=[dossier.pk, lu.nom, qui.nom, partie])

    return ouvrir_grille(
        requete,
        Contexte(
            passage=lu,
            repondant=qui,
            famille=famille,
            auteur=obtenir_compte(requete),
            ferme=_ferme(en_cours(lu, qui)) if ecrit(requete, dossier) else LECTURE,
            titre=f"{nom} – {dossier.nom}",
            chapeau=f"{dossier.nom}, passage {lu.nom} du {date_longue(lu.date)}. Répond : {nom}.",
            fil=fil(requete, dossier, Etape(titre=f"Grille {lu.nom}, {nom}")),
            adresse_de=adresse_de,
            fini="Enregistrer et terminer",
            calcules=dire_calcules(lu),
            tracer=lambda: noter(requete, dossier, Geste.MODIFIE, quoi),
        ),
    )


LECTURE = "Vous consultez cette grille : votre rôle ne permet pas de la modifier."


def _ferme(invitation: Invitation | None) -> str:
    if invitation is None:
        return ""
    return (
        "Cette grille est remplie par son lien d’invitation, ouvert jusqu’au "
        f"{date_longue(invitation.jusqu_au)}. "
        "Pour la remplir à sa place, retirez d’abord l’invitation."
    )
