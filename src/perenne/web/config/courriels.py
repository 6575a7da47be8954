"""How messages leave: by the mail server of the operator, or into a folder until there is one."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote, urlsplit

from perenne.domain.erreurs import ErreurUtilisateur

PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def lire_courriels(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The settings of Django for mail, from `PERENNE_WEB_SMTP` and `PERENNE_WEB_EXPEDITEUR`.

    Raises:
        ErreurUtilisateur: the address of the server cannot be read.
    """
    env = os.environ if environ is None else environ
    expediteur = env.get("PERENNE_WEB_EXPEDITEUR") or "perenne@localhost"
    communs = {"DEFAULT_FROM_EMAIL": expediteur, "SERVER_EMAIL": expediteur, "EMAIL_TIMEOUT": 10}
    adresse = env.get("PERENNE_WEB_SMTP", "")
    if not adresse:
        return {
            **communs,
            "EMAIL_BACKEND": "perenne.web.comptes.courriels.DansUnDossier",
        }
    parties = urlsplit(adresse)
    try:
        port = parties.port
    except ValueError:
        port = -1
    if parties.scheme not in PORTS or not parties.hostname or port == -1:
        raise ErreurUtilisateur(
            "PERENNE_WEB_SMTP ne se lit pas.",
            conseil="Écrivez smtp+tls://compte:mot-de-passe@machine:587 (ou smtps://…, smtp://…).",
        )
    if not env.get("PERENNE_WEB_EXPEDITEUR"):
        raise ErreurUtilisateur(
            "PERENNE_WEB_SMTP est réglé sans PERENNE_WEB_EXPEDITEUR.",
            conseil="Donnez l'adresse d'où partent les messages.",
        )
    return {
        **communs,
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parties.hostname,
        "EMAIL_PORT": port or PORTS[parties.scheme],
        "EMAIL_HOST_USER": unquote(parties.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parties.password or ""),
        "EMAIL_USE_TLS": parties.scheme == "smtp+tls",
        "EMAIL_USE_SSL": parties.scheme == "smtps",
    }
