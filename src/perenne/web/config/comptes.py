"""What an operator sets about accounts: how long things are kept, who may enter, the identity provider."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from perenne.domain.erreurs import ErreurUtilisateur

PORTEES = "openid email siret usual_name given_name uid"
"""What is asked of ProConnect; `uid` is mandatory there, and is not kept."""

LOCALES = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, kw_only=True)
class Durees:
    """How long things are kept; said word for word on the page `/confidentialite/`.

    Attributes:
        inactif_mois: an account that nobody has used for that long is erased, after a warning.
        preavis_jours: days between the warning and the erasure.
        journal_mois: lines of the journals of organisations and of accounts.
        session_jours: a session that is not used; one in use lasts twice as long at most.
        courriels_jours: messages written in a folder, when no mail server is set.
    """

    inactif_mois: int = 24
    preavis_jours: int = 30
    journal_mois: int = 12
    session_jours: int = 14
    courriels_jours: int = 7


@dataclass(frozen=True, kw_only=True)
class Fournisseur:
    """An identity provider that speaks OpenID Connect.

    Attributes:
        nom: as people know it.
        emetteur: its issuer, which leads to its description.
        client, secret: what it gave to this site.
        portees: scopes that are asked for.
        acr: levels of assurance asked for, separated by spaces; empty to leave the choice to it.
    """

    nom: str
    emetteur: str
    client: str
    secret: str
    portees: str = PORTEES
    acr: str = ""


def lire_durees(environ: Mapping[str, str] | None = None) -> Durees:
    """How long things are kept."""
    env = os.environ if environ is None else environ
    defaut = Durees()
    return Durees(
        inactif_mois=lire_entier("PERENNE_WEB_INACTIF_MOIS", defaut.inactif_mois, 1, env),
        preavis_jours=lire_entier("PERENNE_WEB_PREAVIS_JOURS", defaut.preavis_jours, 1, env),
        journal_mois=lire_entier("PERENNE_WEB_JOURNAL_MOIS", defaut.journal_mois, 1, env),
        session_jours=lire_entier("PERENNE_WEB_SESSION_JOURS", defaut.session_jours, 1, env),
    )


def lire_fournisseur(environ: Mapping[str, str] | None = None) -> Fournisseur | None:
    """The identity provider; None when none is set.

    Raises:
        ErreurUtilisateur: a part of it is missing, or it is reached without encryption.
    """
    env = os.environ if environ is None else environ
    emetteur = env.get("PERENNE_WEB_OIDC_EMETTEUR", "").rstrip("/")
    if not emetteur:
        return None
    client, secret = env.get("PERENNE_WEB_OIDC_CLIENT", ""), env.get("PERENNE_WEB_OIDC_SECRET", "")
    if not client or not secret:
        raise ErreurUtilisateur(
            "PERENNE_WEB_OIDC_EMETTEUR est réglé sans PERENNE_WEB_OIDC_CLIENT ou PERENNE_WEB_OIDC_SECRET.",
            conseil="Donnez les deux valeurs que le fournisseur d'identité a remises à ce site.",
        )
    if not est_sure(emetteur):
        raise ErreurUtilisateur(
            "PERENNE_WEB_OIDC_EMETTEUR doit commencer par https://.",
            conseil="Seule cette machine (127.0.0.1) peut être jointe sans chiffrement.",
        )
    return Fournisseur(
        nom=env.get("PERENNE_WEB_OIDC_NOM") or "ProConnect",
        emetteur=emetteur,
        client=client,
        secret=secret,
        portees=env.get("PERENNE_WEB_OIDC_PORTEES") or PORTEES,
        acr=env.get("PERENNE_WEB_OIDC_ACR", ""),
    )


def est_sure(adresse: str) -> bool:
    """Whether an address may be reached: enciphered, or on this very machine."""
    parties = urlsplit(adresse)
    return parties.scheme == "https" or (parties.scheme == "http" and parties.hostname in LOCALES)


def lire_entier(variable: str, defaut: int, minimum: int, environ: Mapping[str, str] | None = None) -> int:
    """A whole number of the environment.

    Raises:
        ErreurUtilisateur: it is not one, or it is too small.
    """
    env = os.environ if environ is None else environ
    texte = env.get(variable, "").strip()
    if not texte:
        return defaut
    if not texte.isascii() or not texte.isdigit() or int(texte) < minimum:
        raise ErreurUtilisateur(
            f"{variable} : « {texte} » ne convient pas.",
            conseil=f"Écrivez un nombre entier, {minimum} au moins.",
        )
    return int(texte)


def lire_delai(variable: str, defaut: int, environ: Mapping[str, str] | None = None) -> dt.timedelta | None:
    """A number of days; None for the word `jamais`.

    Raises:
        ErreurUtilisateur: it is neither.
    """
    env = os.environ if environ is None else environ
    if env.get(variable, "").strip() == "jamais":
        return None
    return dt.timedelta(days=lire_entier(variable, defaut, 0, env))


def lire_choix(variable: str, choix: tuple[str, ...], environ: Mapping[str, str] | None = None) -> str:
    """One word among several; the first one when nothing is set.

    Raises:
        ErreurUtilisateur: another word.
    """
    env = os.environ if environ is None else environ
    mot = env.get(variable, "").strip() or choix[0]
    if mot not in choix:
        raise ErreurUtilisateur(
            f"{variable} : « {mot} » ne convient pas.", conseil=f"Écrivez {' ou '.join(choix)}."
        )
    return mot
