"""The commands of the operator."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes.gestion import creer, inviter_membre, purger_tout, retirer_double
from perenne.web.comptes.models import Compte, Double, Lien, SessionCompte
from perenne.web.config.courriels import lire_courriels
from perenne.web.espaces.models import Invitation, Organisation, Trace

from .conftest import COURRIEL, Navigateur

SIRET = "21990001600011"


def test_it_is_typed_in_a_terminal_and_the_first_one_makes_what_is_missing(tmp_path: Path) -> None:
    faite = subprocess.run(
        [sys.executable, "-m", "perenne.cli.main", "comptes", "creer", "A@exemple.invalid", "--exploitant"],
        env={**os.environ, "PERENNE_DONNEES": str(tmp_path), "DATABASE_URL": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert faite.returncode == 0, faite.stderr
    assert "a@exemple.invalid : compte ouvert, exploitant." in faite.stdout
    (message,) = (tmp_path / "courriels").iterdir()
    assert str(message.parent) in faite.stdout
    motif = r"http://127\.0\.0\.1:8000/connexion/lien/\?jeton=\S{43}\n"
    assert re.search(motif, message.read_text(encoding="utf-8"))


@pytest.mark.django_db
def test_an_operator_is_made_with_a_link_of_seven_days(settings: Any, capsys: Any) -> None:
    settings.ADRESSE_SITE = "https://ess.exemple.invalid"
    creer("Exploitante@exemple.invalid", "--exploitant")
    compte, lien = Compte.objects.get(), Lien.objects.get()
    assert (compte.courriel, compte.exploitant, compte.has_usable_password()) == (
        "exploitante@exemple.invalid",
        True,
        False,
    )
    assert (lien.expire_le - lien.cree_le).days in (6, 7)
    assert "https://ess.exemple.invalid/connexion/lien/?jeton=" in str(mail.outbox[0].body)
    assert "deux étapes lui sera demandée" in capsys.readouterr().out


@pytest.mark.django_db
def test_an_account_that_exists_becomes_an_operator_only_when_asked(marie: Compte) -> None:
    with pytest.raises(ErreurUtilisateur, match="a déjà un compte"):
        creer(COURRIEL)
    creer(COURRIEL, "--exploitant")
    marie.refresh_from_db()
    assert marie.exploitant
    assert mail.outbox == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    "nomme", ["Organisation (fictive)", "219 900 016 00011", "01234567-89ab-cdef-0123-456789abcdef"]
)
def test_somebody_is_invited_in_an_organisation(nomme: str) -> None:
    Organisation.objects.create(
        pk="01234567-89ab-cdef-0123-456789abcdef", nom="Organisation (fictive)", siret=SIRET
    )
    inviter_membre("invitee@exemple.invalid", nomme, "editeur")
    assert Invitation.objects.get().role == "editeur"
    assert "vous invite à rejoindre son espace, comme éditeur" in str(mail.outbox[0].body)
    assert Trace.objects.get().libelle == "invitee@exemple.invalid (Éditeur), par l’exploitant du site"


@pytest.mark.django_db
def test_what_cannot_be_invited_is_told() -> None:
    for _ in range(2):
        Organisation.objects.create(nom="Homonyme (fictive)")
    for demande, role, dit in (
        ("Inconnue", "lecteur", "Aucune organisation"),
        ("Homonyme (fictive)", "lecteur", "Plusieurs organisations"),
        ("Homonyme (fictive)", "roi", "Plusieurs organisations"),
    ):
        with pytest.raises(ErreurUtilisateur, match=dit):
            inviter_membre("invitee@exemple.invalid", demande, role)
    Organisation.objects.create(nom="Seule (fictive)")
    with pytest.raises(ErreurUtilisateur, match="n’est pas un rôle"):
        inviter_membre("invitee@exemple.invalid", "Seule (fictive)", "roi")
    assert mail.outbox == []


@pytest.mark.django_db
def test_the_purge_says_what_it_does(capsys: Any) -> None:
    purger_tout("--simuler")
    dit = capsys.readouterr().out
    assert "comptes inactifs à prévenir" in dit
    assert "c’était une simulation" in dit
    purger_tout()
    assert capsys.readouterr().out.endswith("Fait.\n")


@pytest.mark.django_db
def test_a_second_step_is_taken_away_from_who_has_it(connectee: Navigateur, marie: Compte) -> None:
    with pytest.raises(ErreurUtilisateur, match="n’a pas activé"):
        retirer_double(COURRIEL)
    Double.objects.create(compte=marie, secret="x", active_le=timezone.now())
    retirer_double(COURRIEL)
    assert not Double.objects.exists()
    assert not SessionCompte.objects.filter(compte=marie).exists()
    assert "par l’exploitant" in str(mail.outbox[-1].body)


@pytest.mark.parametrize("faux", ["pas une adresse", "a@b", "", "a@exemple.invalid\nBcc: b@exemple.invalid"])
def test_what_is_no_address_is_told(faux: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="n’est pas une adresse électronique"):
        creer(faux)


def test_the_mail_server_is_read_from_one_address() -> None:
    lus = lire_courriels({
        "PERENNE_WEB_SMTP": "smtp+tls://compte%40mairie.invalid:m%3At@smtp.invalid",
        "PERENNE_WEB_EXPEDITEUR": "perenne@mairie.invalid",
    })  # fmt: skip
    assert (lus["EMAIL_HOST"], lus["EMAIL_PORT"], lus["EMAIL_USE_TLS"], lus["EMAIL_USE_SSL"]) == (
        "smtp.invalid",
        587,
        True,
        False,
    )
    assert (lus["EMAIL_HOST_USER"], lus["EMAIL_HOST_PASSWORD"]) == ("compte@mairie.invalid", "m:t")
    assert lus["DEFAULT_FROM_EMAIL"] == "perenne@mairie.invalid"
    assert lire_courriels({})["EMAIL_BACKEND"].endswith("DansUnDossier")


@pytest.mark.parametrize(
    "faux",
    [
        {"PERENNE_WEB_SMTP": "smtp.invalid"},
        {"PERENNE_WEB_SMTP": "http://smtp.invalid"},
        {"PERENNE_WEB_SMTP": "smtp://smtp.invalid:port"},
        {"PERENNE_WEB_SMTP": "smtp://smtp.invalid", "PERENNE_WEB_EXPEDITEUR": ""},
    ],
)
def test_a_mail_server_that_cannot_be_read_is_told(faux: dict[str, str]) -> None:
    with pytest.raises(ErreurUtilisateur, match="PERENNE_WEB_SMTP"):
        lire_courriels({"PERENNE_WEB_EXPEDITEUR": "a@b.invalid"} | faux)
