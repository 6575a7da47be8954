"""Links of the respondents, for who edits the file."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_http_methods, require_POST

from perenne.web.common.dates import aujourd_hui
from perenne.web.common.rendu import Etape, page
from perenne.web.comptes.freins import freiner_invitation
from perenne.web.diagnostics.acces import dernier_passage, fil, noter, obtenir_repondant
from perenne.web.diagnostics.formulaires import FormulaireInvitation, nouveau_repondant
from perenne.web.diagnostics.invitations import envoyer, inviter, lien_de, revoquer
from perenne.web.diagnostics.models import Invitation, Passage
from perenne.web.diagnostics.mots import nommer_repondant
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.droits import obtenir_compte, obtenir_dossier
from perenne.web.espaces.models import Geste


@require_http_methods(["GET", "POST"])
def invitations(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """Make a link, see those that work."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    passage = dernier_passage(dossier)
    if passage is None:
        messages.info(requete, "Ouvrez d’abord un passage de la grille : le lien y conduira.")
        return redirect("diagnostic", dossier.pk)
    initial = {"repondant": requete.GET.get("repondant", "")}
    formulaire = FormulaireInvitation(requete.POST or None, dossier=dossier, initial=initial)
    lien, parti = "", None
    if requete.method == "POST" and formulaire.is_valid():
        lien, parti = _inviter(requete, dossier, passage, formulaire)
        formulaire = FormulaireInvitation(dossier=dossier)
    return page(
        requete,
        "diagnostic_invitations.html.j2",
        titre=f"Inviter à répondre – {dossier.nom}",
        statut=400 if formulaire.errors else 200,
        fil=fil(requete, dossier, Etape(titre="Inviter à répondre")),
        dossier=dossier,
        passage=passage,
        formulaire=formulaire,
        lien=lien,
        parti=parti,
        invitations=[
            (i, nommer_repondant(i.repondant), i.jusqu_au >= aujourd_hui())
            for i in Invitation.objects.filter(
                passage__dossier=dossier, revoquee_le__isnull=True
            ).select_related("repondant", "passage")
        ],
    )


def _inviter(
    requete: HttpRequest, dossier: Dossier, passage: Passage, formulaire: FormulaireInvitation
) -> tuple[str, bool | None]:
    """The link, and whether its message left (None when none had to)."""
    saisis = formulaire.cleaned_data
    if saisis["courriel"]:
        freiner_invitation(requete, saisis["courriel"])
    with transaction.atomic():
        if saisis["repondant"] == formulaire.NOUVEAU:
            repondant = nouveau_repondant(dossier, saisis["fonction"], saisis["role"])
        else:
            repondant = obtenir_repondant(dossier, saisis["repondant"])
        invitation, jeton = inviter(
            passage,
            repondant,
            courriel=saisis["courriel"],
            jusqu_au=saisis["jusqu_au"],
            par=obtenir_compte(requete),
        )
        noter(requete, dossier, Geste.INVITE, f"répondant {repondant.nom}, passage {passage.nom}")
    lien = lien_de(requete, jeton)
    return lien, envoyer(invitation, lien) if invitation.courriel else None


@require_POST
def retirer(requete: HttpRequest, identifiant: uuid.UUID, lien: uuid.UUID) -> HttpResponseBase:
    """Stop a link."""
    dossier = obtenir_dossier(requete, identifiant, "ecrire")
    visee = Invitation.objects.filter(passage__dossier=dossier, pk=lien, revoquee_le__isnull=True).first()
    if visee is not None:
        with transaction.atomic():
            revoquer(visee)
            noter(requete, dossier, Geste.RETIRE, f"lien du répondant {visee.repondant.nom}")
        messages.success(
            requete,
            f"Le lien de « {nommer_repondant(visee.repondant)} » ne marche plus. Ses réponses restent.",
        )
    return redirect("diagnostic-invitations", dossier.pk)
