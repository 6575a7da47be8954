"""Links by which respondents answer without an account: made, found by their secret, withdrawn, forgotten."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from smtplib import SMTPException

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from perenne.services.consulter.elements import Introuvable
from perenne.web.common.dates import aujourd_hui
from perenne.web.comptes.models import Compte
from perenne.web.config.marque import obtenir_marque
from perenne.web.diagnostics.models import Invitation, Passage, Repondant

DUREE = dt.timedelta(days=30)
DUREE_MAX = dt.timedelta(days=180)


def inviter(
    passage: Passage, repondant: Repondant, *, courriel: str, jusqu_au: dt.date, par: Compte
) -> tuple[Invitation, str]:
    """Make the link of a respondent; the former ones of the same round stop working.

    Returns:
        The invitation, and the secret of its link: it is shown once and kept nowhere.
    """
    jeton = secrets.token_urlsafe(32)
    with transaction.atomic():
        for ancienne in Invitation.objects.filter(
            passage=passage, repondant=repondant, revoquee_le__isnull=True
        ):
            revoquer(ancienne)
        invitation = Invitation.objects.create(
            passage=passage,
            repondant=repondant,
            empreinte=empreinte_de(jeton),
            courriel=courriel,
            jusqu_au=jusqu_au,
            cree_par=par,
        )
    return invitation, jeton


def lien_de(requete: HttpRequest, jeton: str) -> str:
    """The whole address of a link."""
    chemin = reverse("repondre", args=[jeton])
    return (
        str(settings.ADRESSE_SITE) + chemin if settings.ADRESSE_SITE else requete.build_absolute_uri(chemin)
    )


def envoyer(invitation: Invitation, lien: str) -> bool:
    """Send the link to its address; False when the message could not leave."""
    dossier = invitation.passage.dossier
    marque = obtenir_marque().nom
    demandeur = " ".join(dossier.organisation.nom.split())
    try:
        envoyes = send_mail(
            f"{marque} : {demandeur} vous invite à répondre",
            f"Bonjour,\n\n{dossier.organisation.nom} vous invite à répondre au diagnostic partagé de "
            f"« {dossier.nom} », au titre de : "
            f"{invitation.repondant.fonction or invitation.repondant.nom}.\n\n"
            f"Ouvrez ce lien, qui vous est réservé. Il marche jusqu’au {invitation.jusqu_au:%d/%m/%Y}, "
            f"et vous pouvez y revenir autant de fois que vous voulez :\n{lien}\n\n"
            "Vous n’avez pas besoin de compte. Vous ne verrez pas les réponses des autres. Les vôtres seront "
            f"lues par {demandeur} et par ceux avec qui ce dossier est partagé.\n",
            settings.DEFAULT_FROM_EMAIL,
            [invitation.courriel],
        )
    except (OSError, SMTPException):
        return False
    return bool(envoyes)


def trouver(jeton: str) -> Invitation:
    """The invitation of a link that still works.

    Raises:
        Introuvable: unknown, withdrawn or expired link; the three are told alike, so that trying teaches
            nothing.
    """
    invitation = (
        _ouvertes()
        .select_related("passage__dossier__organisation", "repondant")
        .filter(empreinte=empreinte_de(jeton))
        .first()
    )
    if invitation is None:
        raise Introuvable(
            "Ce lien ne marche pas ou ne marche plus.",
            conseil="Il a pu expirer ou être remplacé. Demandez-en un autre à qui vous l’a donné.",
        )
    return invitation


def en_cours(passage: Passage, repondant: Repondant) -> Invitation | None:
    """The link by which a respondent answers now; None when there is none."""
    return _ouvertes().filter(passage=passage, repondant=repondant).first()


def revoquer(invitation: Invitation) -> None:
    """Stop a link, and forget where it was sent. What was answered stays."""
    invitation.revoquee_le = timezone.now()
    invitation.courriel = ""
    invitation.save(update_fields=["revoquee_le", "courriel"])


def purger(au: dt.date) -> int:
    """Forget the addresses of the links that have expired; how many were forgotten."""
    return Invitation.objects.filter(jusqu_au__lt=au).exclude(courriel="").update(courriel="")


def _ouvertes() -> QuerySet[Invitation]:
    return Invitation.objects.filter(revoquee_le__isnull=True, jusqu_au__gte=aujourd_hui())


def empreinte_de(jeton: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(jeton.encode()).hexdigest()
