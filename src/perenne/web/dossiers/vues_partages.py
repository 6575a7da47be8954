"""Who outside the organisation may see a file: guests by invitation, organisations by their code."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perenne.web.common.rendu import Etape, page
from perenne.web.dossiers.formulaires import FormulaireInvite, FormulairePartage
from perenne.web.dossiers.models import Acces, Dossier
from perenne.web.dossiers.vues import fil_dossier, objet
from perenne.web.espaces.droits import obtenir_dossier, tracer
from perenne.web.espaces.invitations import inviter
from perenne.web.espaces.models import Geste, Organisation


@require_http_methods(["GET", "POST"])
def partages(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The accesses, and the two forms that open one."""
    lu = obtenir_dossier(requete, identifiant, "gerer")
    # Both forms have fields of the same names: a prefix keeps them apart, and says which one was sent.
    invite = FormulaireInvite(requete.POST if "invite-courriel" in requete.POST else None, prefix="invite")
    partage = FormulairePartage(requete.POST if "partage-code" in requete.POST else None, prefix="partage")
    lien = ""
    if invite.is_bound and invite.is_valid():
        saisis = invite.cleaned_data
        lien = inviter(
            requete,
            lu.organisation,
            saisis["courriel"],
            dossier=lu,
            ecriture=saisis["ecriture"],
            jusqu_au=saisis["jusqu_au"],
        )
        tracer(requete, lu.organisation, Geste.INVITE, objet(lu), f"{saisis['courriel']} → {lu.nom}")
        invite = FormulaireInvite(prefix="invite")
    if partage.is_bound and partage.is_valid() and _partager(requete, lu, partage):
        return redirect("dossier-partages", lu.pk)
    return page(
        requete,
        "partages.html.j2",
        titre=f"Partages : {lu.nom}",
        statut=400 if invite.errors or partage.errors else 200,
        fil=fil_dossier(requete, lu, Etape(titre="Partages")),
        dossier=lu,
        acces=lu.acces.select_related("compte", "beneficiaire").order_by("depuis"),
        invitations=lu.invitations.filter(expire_le__gt=timezone.now()).order_by("courriel"),
        invite=invite,
        partage=partage,
        lien=lien,
    )


def _partager(requete: HttpRequest, lu: Dossier, formulaire: FormulairePartage) -> bool:
    saisis = formulaire.cleaned_data
    autre = Organisation.objects.filter(pk=saisis["code"]).exclude(pk=lu.organisation_id).first()
    if autre is None:
        formulaire.add_error("code", "Aucune autre organisation n’a ce code de partage.")
        return False
    with transaction.atomic():
        Acces.objects.update_or_create(
            dossier=lu,
            beneficiaire=autre,
            defaults={"ecriture": saisis["ecriture"], "jusqu_au": saisis["jusqu_au"]},
        )
        tracer(requete, lu.organisation, Geste.PARTAGE, objet(lu), f"{lu.nom} → {autre.nom}")
        tracer(requete, autre, Geste.PARTAGE, objet(lu), f"{lu.nom} (reçu de {lu.organisation.nom})")
    messages.success(requete, f"Le dossier est partagé avec {autre.nom}.")
    return True


@require_POST
def retirer(requete: HttpRequest, identifiant: uuid.UUID, acces: int) -> HttpResponseBase:
    """Close an access."""
    lu = obtenir_dossier(requete, identifiant, "gerer")
    vise = lu.acces.filter(pk=acces).first()
    if vise is not None:
        qui = str(vise.compte or vise.beneficiaire)
        with transaction.atomic():
            tracer(requete, lu.organisation, Geste.RETIRE, objet(lu), f"{qui} → {lu.nom}")
            vise.delete()
        messages.success(requete, f"{qui} n’a plus accès à ce dossier.")
    return redirect("dossier-partages", lu.pk)


@require_POST
def retirer_invitation(requete: HttpRequest, identifiant: uuid.UUID, invitation: int) -> HttpResponseBase:
    """Withdraw an invitation that nobody has accepted."""
    lu = obtenir_dossier(requete, identifiant, "gerer")
    visee = lu.invitations.filter(pk=invitation).first()
    if visee is not None:
        with transaction.atomic():
            tracer(requete, lu.organisation, Geste.RETIRE, objet(lu), f"{visee.courriel} → {lu.nom}")
            visee.delete()
        messages.success(requete, f"L’invitation de {visee.courriel} est retirée.")
    return redirect("dossier-partages", lu.pk)
