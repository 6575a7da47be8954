"""What an address opens: the same answer and the same work, whether it has an account or not."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

from perenne.web.comptes import freins
from perenne.web.comptes.courriels import adresse_absolue, envoyer
from perenne.web.comptes.liens import creer_lien
from perenne.web.comptes.models import Compte, Evenement, Nature, Usage
from perenne.web.espaces.models import Invitation


def demander_acces(requete: HttpRequest, courriel: str, suite: str = "") -> None:
    """Send to an address what opens its account: a link to sign in, or a link to open one.

    Raises:
        EnvoiImpossible: the mail server does not answer.
    """
    compte = Compte.objects.filter(courriel=courriel).first()
    ouvert = compte is not None and compte.is_active
    permise = inscription_permise(courriel)
    usage = Usage.CONNEXION if ouvert else Usage.INSCRIPTION
    # Made in the three cases, even when it is not sent: the time that an answer takes must tell nothing.
    _, jeton = creer_lien(usage, courriel, compte if ouvert else None, suite=suite)
    lien = adresse_absolue(requete, "connexion-lien", jeton=jeton)
    if ouvert:
        envoyer("connexion", courriel, lien=lien)
    elif compte is None and permise:
        envoyer("inscription", courriel, lien=lien)
    else:
        envoyer("sans-compte", courriel)


def inscription_permise(courriel: str) -> bool:
    """Whether this address may have an account: the site is open, or somebody invites it."""
    invitee = Invitation.objects.filter(courriel=courriel, expire_le__gt=timezone.now()).exists()
    return settings.INSCRIPTION == "ouverte" or invitee


def ouvrir_compte(courriel: str, nom: str = "") -> Compte:
    """The account of an address that has been proved; it is made if there is none."""
    compte, cree = Compte.objects.get_or_create(courriel=courriel, defaults={"nom": nom[:120]})
    if cree:
        compte.set_unusable_password()
        compte.save(update_fields=["password"])
        Evenement.objects.create(compte=compte, nature=Nature.CREATION)
    return compte


def signaler_blocage(courriel: str) -> None:
    """Tell the owner of an account, in its journal, that its password is being guessed."""
    compte = Compte.objects.filter(courriel=courriel).first()
    recent = timezone.now() - freins.MOT_DE_PASSE.blocage
    if (
        compte is not None
        and freins.restants(freins.MOT_DE_PASSE, courriel) <= 0
        and not compte.evenements.filter(nature=Nature.BLOCAGE, moment__gt=recent).exists()
    ):
        Evenement.objects.create(compte=compte, nature=Nature.BLOCAGE)
