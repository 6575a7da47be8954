"""Sends the messages of accounts: plain text, in French, by the server of the operator or into a folder."""

from __future__ import annotations

import logging
import secrets
import smtplib
from collections.abc import Sequence
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes.textes import TEXTES
from perenne.web.config.marque import obtenir_marque

_journal = logging.getLogger("perenne.web.courriels")


class EnvoiImpossible(ErreurUtilisateur):
    """The mail server does not answer; nothing has been promised."""

    statut = 503


class DansUnDossier(BaseEmailBackend):
    """For a demonstration, or until a mail server is set: one readable file a message."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """Write them."""
        dossier = Path(settings.DOSSIER_COURRIELS)
        dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
        for message in email_messages:
            fichier = dossier / f"{timezone.now():%Y%m%d-%H%M%S}-{secrets.token_hex(4)}.txt"
            fichier.touch(mode=0o600)
            entete = f"À : {', '.join(message.to)}\nObjet : {message.subject}\n\n"
            fichier.write_text(entete + str(message.body), encoding="utf-8")
        return len(email_messages)


def dans_un_dossier() -> bool:
    """Whether messages go to a folder instead of to people."""
    return str(settings.EMAIL_BACKEND).endswith("DansUnDossier")


def envoyer(nom: str, courriel: str, **valeurs: object) -> None:
    """Send one of the texts of `textes.py`.

    Raises:
        EnvoiImpossible: the mail server refuses or does not answer.
    """
    site = obtenir_marque().nom
    objet, corps = TEXTES[nom]
    message = EmailMessage(
        # On one line, whatever a name holds: a header ends with its line.
        subject=" ".join(f"{site} : {objet.format(**valeurs)}".split()),
        body=corps.strip().format(site=site, courriel=courriel, **valeurs) + _signature(site),
        from_email=settings.DEFAULT_FROM_EMAIL,
        to=[courriel],
        headers={"Auto-Submitted": "auto-generated"},
    )
    try:
        message.send()
    except (OSError, smtplib.SMTPException) as erreur:
        _journal.exception("courriel non envoyé (%s)", nom)
        raise EnvoiImpossible(
            "Le message n’a pas pu partir : le serveur de courriel ne répond pas.",
            conseil="Réessayez dans quelques minutes.",
        ) from erreur


def prevenir(nom: str, courriel: str, **valeurs: object) -> None:
    """Send a notice that nothing waits for: a failure is logged and stops nobody."""
    try:
        envoyer(nom, courriel, **valeurs)
    except EnvoiImpossible:
        _journal.warning("avis non envoyé (%s)", nom)


def adresse_absolue(requete: HttpRequest | None, nom: str, *parties: str, **parametres: str) -> str:
    """The whole address of a page, for a message; a command has no request, and needs the setting."""
    chemin = reverse(nom, args=parties) + (f"?{urlencode(parametres)}" if parametres else "")
    if settings.ADRESSE_SITE or requete is None:
        return (settings.ADRESSE_SITE or "http://127.0.0.1:8000") + chemin
    return requete.build_absolute_uri(chemin)


def _signature(site: str) -> str:
    contact = obtenir_marque().contact
    return f"\n\n--\n{site}" + (f"\n{contact}" if contact else "") + "\n"
