"""Opening an account: the address is proved before anything is made; some sites ask for an invitation."""

from __future__ import annotations

import datetime as dt
import smtplib
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from perenne.web.comptes.models import Compte, Evenement
from perenne.web.espaces.models import Invitation, Organisation

from .conftest import COURRIEL, Navigateur, lien_recu, texte

pytestmark = pytest.mark.django_db


def test_nothing_is_made_before_the_address_is_proved(visite: Navigateur) -> None:
    visite.envoyer("/inscription/", courriel=COURRIEL)
    assert not Compte.objects.exists()
    lien = lien_recu()
    visite.client.get(lien)
    assert not Compte.objects.exists()
    assert visite.envoyer(lien).status_code == 302
    compte = Compte.objects.get()
    assert (compte.courriel, compte.has_usable_password()) == (COURRIEL, False)
    assert visite.connecte
    assert [e.nature for e in Evenement.objects.order_by("pk")] == ["creation", "connexion"]


def test_somebody_who_has_an_account_is_signed_in_and_not_made_twice(
    marie: Compte, visite: Navigateur
) -> None:
    visite.envoyer("/inscription/", courriel=COURRIEL)
    assert "Pour vous connecter" in str(mail.outbox[0].body)
    visite.envoyer(lien_recu())
    assert Compte.objects.get() == marie


def test_a_message_is_plain_and_says_what_to_do_when_one_asked_for_nothing(visite: Navigateur) -> None:
    visite.envoyer("/inscription/", courriel=COURRIEL)
    message = mail.outbox[0]
    assert message.content_subtype == "plain"
    assert message.subject == "Pérenne : ouvrez votre compte"
    corps = str(message.body)
    assert "ne faites rien" in corps
    assert max(len(ligne) for ligne in corps.splitlines() if "http" not in ligne) <= 120


def test_what_is_typed_never_reaches_the_headers_of_a_message(visite: Navigateur) -> None:
    reponse = visite.envoyer("/inscription/", courriel="a@exemple.invalid\nBcc: b@exemple.invalid")
    assert reponse.status_code == 200
    assert mail.outbox == []


def test_where_it_is_closed_only_those_invited_may_open_an_account(visite: Navigateur, settings: Any) -> None:
    settings.INSCRIPTION = "invitation"
    assert "sur invitation" in texte(visite.ouvrir("/inscription/"))
    visite.envoyer("/connexion/", **{"lien-courriel": COURRIEL})
    assert "http" not in str(mail.outbox[0].body)
    Invitation.objects.create(
        organisation=Organisation.objects.create(nom="Organisation (fictive)"),
        courriel=COURRIEL,
        role="lecteur",
        empreinte="x",
        expire_le=timezone.now() + dt.timedelta(days=1),
    )
    visite.envoyer("/connexion/", **{"lien-courriel": COURRIEL})
    assert visite.envoyer(lien_recu()).status_code == 302
    assert Compte.objects.get().courriel == COURRIEL


def test_the_one_invited_comes_back_to_the_invitation(visite: Navigateur) -> None:
    visite.envoyer("/inscription/?next=/invitations/abc/", courriel=COURRIEL)
    assert visite.envoyer(lien_recu())["Location"] == "/invitations/abc/"


def test_without_a_mail_server_messages_are_files_and_the_page_says_so(
    visite: Navigateur, settings: Any, tmp_path: Any
) -> None:
    settings.EMAIL_BACKEND = "perenne.web.comptes.courriels.DansUnDossier"
    settings.DOSSIER_COURRIELS = str(tmp_path / "courriels")
    visite.envoyer("/inscription/", courriel=COURRIEL)
    (fichier,) = (tmp_path / "courriels").iterdir()
    assert fichier.stat().st_mode & 0o077 == 0
    contenu = fichier.read_text(encoding="utf-8")
    assert contenu.startswith(f"À : {COURRIEL}\nObjet : Pérenne : ouvrez votre compte\n")
    assert "http://testserver/connexion/lien/?jeton=" in contenu
    assert "dossier courriels" in texte(visite.ouvrir("/connexion/message/"))


def test_a_mail_server_that_does_not_answer_is_told(visite: Navigateur, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"

    class Muet(smtplib.SMTP):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            raise ConnectionRefusedError

    with pytest.MonkeyPatch.context() as correctif:
        correctif.setattr(smtplib, "SMTP", Muet)
        reponse = visite.envoyer("/inscription/", courriel=COURRIEL)
    assert reponse.status_code == 503
    assert "serveur de courriel ne répond pas" in reponse.content.decode()
