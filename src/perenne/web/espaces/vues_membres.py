"""Members of an organisation: invited, given a role, taken out; the last administrator stays."""

from __future__ import annotations

import uuid

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.consulter.elements import Introuvable
from perenne.web.common.rendu import Etape, page
from perenne.web.espaces.droits import obtenir_adhesion, obtenir_compte, tracer
from perenne.web.espaces.formulaires import FormulaireInvitation, FormulaireRole
from perenne.web.espaces.invitations import accepter, inviter, lire_invitation
from perenne.web.espaces.models import Adhesion, Geste, Invitation, Organisation, Role
from perenne.web.espaces.vues import fil_organisation


@require_http_methods(["GET", "POST"])
def membres(requete: HttpRequest, identifiant: uuid.UUID) -> HttpResponseBase:
    """The members, and for an administrator the form that invites."""
    adhesion = obtenir_adhesion(requete, identifiant, "gerer" if requete.method == "POST" else "lire")
    organisation = adhesion.organisation
    formulaire, lien = FormulaireInvitation(requete.POST or None), ""
    if requete.method == "POST" and formulaire.is_valid():
        courriel, role = formulaire.cleaned_data["courriel"], Role(formulaire.cleaned_data["role"])
        lien = inviter(requete, organisation, courriel, role=role)
        tracer(requete, organisation, Geste.INVITE, "espace", f"{courriel} ({role.label})")
        formulaire = FormulaireInvitation()
    return page(
        requete,
        "membres.html.j2",
        titre=f"Membres : {organisation.nom}",
        statut=400 if formulaire.errors else 200,
        fil=fil_organisation(organisation, Etape(titre="Membres")),
        organisation=organisation,
        administre=adhesion.role == Role.ADMINISTRATEUR,
        moi=adhesion,
        roles=Role.choices,
        adhesions=organisation.adhesions.select_related("compte").order_by("compte__courriel"),
        invitations=organisation.invitations.filter(expire_le__gt=timezone.now(), dossier=None).order_by(
            "courriel"
        ),
        formulaire=formulaire,
        lien=lien,
    )


@require_POST
def changer_role(requete: HttpRequest, identifiant: uuid.UUID, adhesion: int) -> HttpResponseBase:
    """Give a member another role."""
    organisation = obtenir_adhesion(requete, identifiant, "gerer").organisation
    formulaire = FormulaireRole(requete.POST)
    if not formulaire.is_valid():
        raise ErreurUtilisateur("Ce rôle n’existe pas.")
    role = Role(formulaire.cleaned_data["role"])
    with transaction.atomic():
        visee = _membre(organisation, adhesion)
        if role != Role.ADMINISTRATEUR:
            _garder_un_administrateur(organisation, visee)
        visee.role = role
        visee.save(update_fields=["role"])
        tracer(requete, organisation, Geste.MODIFIE, "membre", f"{visee.compte.courriel} : {role.label}")
    messages.success(requete, f"{visee.compte} est maintenant {role.label.lower()}.")
    return redirect("espace-membres", organisation.pk)


@require_POST
def retirer(requete: HttpRequest, identifiant: uuid.UUID, adhesion: int) -> HttpResponseBase:
    """Take a member out; anybody may leave by oneself."""
    moi = obtenir_adhesion(requete, identifiant)
    if moi.pk != adhesion:
        moi = obtenir_adhesion(requete, identifiant, "gerer")
    organisation = moi.organisation
    with transaction.atomic():
        visee = _membre(organisation, adhesion)
        _garder_un_administrateur(organisation, visee)
        tracer(requete, organisation, Geste.RETIRE, "membre", visee.compte.courriel)
        visee.delete()
    if moi.pk == adhesion:
        messages.success(requete, f"Vous avez quitté « {organisation.nom} ».")
        return redirect("espaces")
    messages.success(requete, f"{visee.compte} n’a plus accès à cet espace.")
    return redirect("espace-membres", organisation.pk)


@require_POST
def retirer_invitation(requete: HttpRequest, identifiant: uuid.UUID, invitation: int) -> HttpResponseBase:
    """Withdraw an invitation that nobody has accepted."""
    organisation = obtenir_adhesion(requete, identifiant, "gerer").organisation
    visee = Invitation.objects.filter(organisation=organisation, pk=invitation).first()
    if visee is not None:
        tracer(requete, organisation, Geste.RETIRE, "invitation", visee.courriel)
        visee.delete()
        messages.success(requete, f"L’invitation de {visee.courriel} est retirée.")
    return redirect("espace-membres", organisation.pk)


@require_http_methods(["GET", "POST"])
def invitation(requete: HttpRequest, jeton: str) -> HttpResponseBase:
    """Look at an invitation, then accept it by a button: opening a link changes nothing."""
    compte = obtenir_compte(requete)
    lue = lire_invitation(jeton, compte)
    if requete.method == "POST":
        organisation, dossier = lue.organisation, lue.dossier
        accepter(lue, compte)
        tracer(
            requete,
            organisation,
            Geste.REJOINT,
            f"dossier:{dossier.pk}" if dossier else "espace",
            dossier.nom if dossier else organisation.nom,
        )
        return redirect("dossier", dossier.pk) if dossier else redirect("espace", organisation.pk)
    return page(
        requete,
        "invitation.html.j2",
        titre="Invitation",
        fil=(Etape(titre="Invitation"),),
        invitation=lue,
        role=Role(lue.role).label.lower() if lue.role else "",
    )


def _membre(organisation: Organisation, adhesion: int) -> Adhesion:
    """A membership of this organisation, held until the end of the transaction.

    Raises:
        Introuvable: it is of another one, or gone.
    """
    # All of them are held: two administrators who leave at the same moment wait for one another.
    adhesions = {
        a.pk: a
        for a in Adhesion.objects.select_for_update(of=("self",))
        .select_related("compte")
        .filter(organisation=organisation)
    }
    if adhesion not in adhesions:
        raise Introuvable("Cette personne n’est plus membre de l’espace.")
    return adhesions[adhesion]


def _garder_un_administrateur(organisation: Organisation, visee: Adhesion) -> None:
    autres = organisation.adhesions.filter(role=Role.ADMINISTRATEUR).exclude(pk=visee.pk)
    if visee.role == Role.ADMINISTRATEUR and not autres.exists():
        raise ErreurUtilisateur(
            "C’est le dernier administrateur de l’espace : sans lui, plus personne ne pourrait le gérer.",
            conseil="Nommez d’abord un autre administrateur, ou supprimez l’espace.",
        )
