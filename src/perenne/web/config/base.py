"""The database and the key of the application: where they are, and how a first start makes them."""

from __future__ import annotations

import os
import secrets
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import dj_database_url

from perenne.services.reglages import dossier_donnees

CLE = "cle-secrete"
"""File of the key that signs sessions and links, in the folder of the data, readable by its owner only."""

FICHIER = "perenne.sqlite3"
ATTENTE_S = 20
"""How long a write of SQLite waits for another one before it gives up."""

PRAGMAS = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;"
"""Readers do not wait for the writer; what was answered is on the disk, even if the power fails."""


def lire_bases(environ: Mapping[str, str] | None = None) -> dict[str, Any]:
    """`DATABASES` of Django: `DATABASE_URL` if given, otherwise one SQLite file in the folder of the data."""
    env = os.environ if environ is None else environ
    adresse = env.get("DATABASE_URL") or f"sqlite:///{dossier_donnees(env) / FICHIER}"
    base: dict[str, Any] = dict(dj_database_url.parse(adresse, conn_max_age=60, conn_health_checks=True))
    if est_sqlite(base):
        # A write takes its lock at once: two of them wait for one another instead of failing half-way.
        base["OPTIONS"] = {"timeout": ATTENTE_S, "transaction_mode": "IMMEDIATE", "init_command": PRAGMAS}
    return {"default": base}


def est_sqlite(base: Mapping[str, Any]) -> bool:
    """Whether these settings are those of SQLite."""
    return str(base["ENGINE"]).endswith("sqlite3")


def lire_cle(environ: Mapping[str, str] | None = None) -> str:
    """The key: `PERENNE_WEB_CLE`, else the file of the first start, else one that dies with the process."""
    env = os.environ if environ is None else environ
    if cle := env.get("PERENNE_WEB_CLE"):
        return cle
    fichier = dossier_donnees(env) / CLE
    try:
        return fichier.read_text(encoding="ascii").strip()
    except OSError:
        return secrets.token_urlsafe(48)


def garder_cle(environ: Mapping[str, str] | None = None) -> Path | None:
    """Make the file of the key if nothing gives one; None when a variable gives it."""
    env = os.environ if environ is None else environ
    if env.get("PERENNE_WEB_CLE"):
        return None
    dossier = dossier_donnees(env)
    dossier.mkdir(parents=True, exist_ok=True, mode=0o700)
    fichier = dossier / CLE
    try:
        descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return fichier
    with os.fdopen(descripteur, "w", encoding="ascii") as sortie:
        sortie.write(secrets.token_urlsafe(48))
    return fichier
