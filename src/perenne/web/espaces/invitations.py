"""Invitations: made, sent, accepted once, by the address that was invited and no other."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.consulter.elements import Introuvable
from perenne.web.comptes.courriels import EnvoiImpossible, adresse_absolue, envoyer
from perenne.web.comptes.freins import freiner_invitation
from perenne.web.comptes.models import Compte, normaliser_courriel
from perenne.web.dossiers.models import Acces, Dossier
from perenne.web.espaces.models import Adhesion, Invitation, Organisation, Role

DUREE = dt.timedelta(days=14)


def inviter(
    requete: HttpRequest | None,
    organisation: Organisation,
    courriel: str,
    *,
    role: Role | None = None,
    dossier: Dossier | None = None,
    ecriture: bool = False,
    jusqu_au: dt.date | None = None,
) -> str:
    """Make an invitation and send it; a former one to the same address for the same thing is replaced.

    Args:
        requete: of the person who invites; None for the operator, from a terminal.

    Returns:
        The link, shown once to the person who invites: the message may be lost.

    Raises:
        TropDEssais: too many messages to this address, or from this person.
        EnvoiImpossible: the mail server does not answer; no invitation is made.
    """
    courriel = normaliser_courriel(courriel)
    if requete is not None:
        freiner_invitation(requete, courriel)
    jeton = secrets.token_urlsafe(32)
    with transaction.atomic():
        Invitation.objects.filter(organisation=organisation, courriel=courriel, dossier=dossier).delete()
        invitation = Invitation.objects.create(
            organisation=organisation,
            courriel=courriel,
            role=role or "",
            dossier=dossier,
            ecriture=ecriture,
            jusqu_au=jusqu_au,
            empreinte=_empreinte(jeton),
            expire_le=timezone.now() + DUREE,
        )
    lien = adresse_absolue(requete, "invitation", jeton)
    try:
        envoyer(
            "invitation",
            courriel,
            organisation=organisation.nom,
            quoi=_quoi(invitation),
            jour=f"{invitation.expire_le:%d/%m/%Y}",
            lien=lien,
        )
    except EnvoiImpossible:
        invitation.delete()
        raise
    return lien


def _quoi(invitation: Invitation) -> str:
    if invitation.dossier is not None:
        geste = "compléter" if invitation.ecriture else "consulter"
        return f"{geste} le dossier « {invitation.dossier.nom} »"
    return f"rejoindre son espace, comme {Role(invitation.role).label.lower()}"


def lire_invitation(jeton: str, compte: Compte) -> Invitation:
    """The invitation of a link, for the person to whom it was sent.

    Raises:
        Introuvable: unknown, used or expired link.
        ErreurUtilisateur: it was sent to another address.
    """
    invitation = (
        Invitation.objects.select_related("organisation", "dossier")
        .filter(empreinte=_empreinte(jeton), expire_le__gt=timezone.now())
        .first()
    )
    if invitation is None:
        raise Introuvable(
            "Cette invitation n’existe plus : elle a servi, a expiré ou a été retirée.",
            conseil="Demandez-en une nouvelle à la personne qui vous invite.",
        )
    if invitation.courriel != compte.courriel:
        raise ErreurUtilisateur(
            "Cette invitation a été envoyée à une autre adresse que celle de votre compte.",
            conseil="Connectez-vous avec l’adresse invitée, ou demandez une invitation à la vôtre.",
        )
    return invitation


def accepter(invitation: Invitation, compte: Compte) -> None:
    """Open what the invitation promises, and use it up. A member is never brought down by an invitation."""
    with transaction.atomic():
        if invitation.dossier is not None:
            Acces.objects.update_or_create(
                dossier=invitation.dossier,
                compte=compte,
                defaults={"ecriture": invitation.ecriture, "jusqu_au": invitation.jusqu_au},
            )
        else:
            Adhesion.objects.get_or_create(
                organisation=invitation.organisation, compte=compte, defaults={"role": invitation.role}
            )
        invitation.delete()


def _empreinte(jeton: str) -> str:
    return hashlib.sha256(jeton.encode()).hexdigest()
