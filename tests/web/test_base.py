"""The database and the key: made once, kept private, brought up to date without losing anything."""

from __future__ import annotations

import os
import sqlite3
import stat
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from django.core.management import call_command

from perenne.web.config.base import garder_cle, lire_bases, lire_cle


def _gestion(dossier: Path, action: str, **variables: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "perenne.web.gestion", action],
        env={**os.environ, "DATABASE_URL": "", "PERENNE_DONNEES": str(dossier), **variables},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )


def test_the_key_is_drawn_once_and_readable_by_its_owner_only(tmp_path: Path) -> None:
    environ = {"PERENNE_DONNEES": str(tmp_path / "neuf")}
    fichier = garder_cle(environ)
    assert fichier is not None
    cle = lire_cle(environ)
    garder_cle(environ)
    assert lire_cle(environ) == cle
    assert len(cle) >= 50
    assert stat.S_IMODE(fichier.stat().st_mode) == 0o600


def test_a_key_given_by_a_variable_writes_no_file(tmp_path: Path) -> None:
    environ = {"PERENNE_DONNEES": str(tmp_path), "PERENNE_WEB_CLE": "x" * 50}
    assert garder_cle(environ) is None
    assert lire_cle(environ) == "x" * 50
    assert list(tmp_path.iterdir()) == []


def test_sqlite_is_the_default_and_postgresql_comes_by_one_variable(tmp_path: Path) -> None:
    assert lire_bases({"PERENNE_DONNEES": str(tmp_path)})["default"]["NAME"] == str(
        tmp_path / "perenne.sqlite3"
    )
    postgres = lire_bases({"DATABASE_URL": "postgres://c:m@machine:5433/base"})["default"]
    assert (postgres["ENGINE"], postgres["NAME"]) == ("django.db.backends.postgresql", "base")


def test_the_first_start_makes_the_base_and_an_update_copies_it_first(tmp_path: Path) -> None:
    assert _gestion(tmp_path, "preparer").returncode == 0
    fichier = tmp_path / "perenne.sqlite3"
    assert stat.S_IMODE(fichier.stat().st_mode) == 0o600
    assert "À jour" in _gestion(tmp_path, "etat").stdout
    with closing(sqlite3.connect(fichier)) as base:
        # On these tables of Django nothing of ours depends.
        base.execute("DELETE FROM django_migrations WHERE app = 'auth'")
        for table in ("auth_group_permissions", "auth_group", "auth_permission"):
            base.execute(f"DROP TABLE {table}")
        base.commit()
    assert "12 étapes manquent" in _gestion(tmp_path, "etat").stdout
    faite = _gestion(tmp_path, "migrer")
    assert "Copie de sauvegarde" in faite.stdout, faite.stderr
    assert "À jour" in _gestion(tmp_path, "etat").stdout


def test_a_base_that_does_not_open_is_told_in_french(tmp_path: Path) -> None:
    pytest.importorskip("psycopg")
    faite = _gestion(tmp_path, "etat", DATABASE_URL="postgres://nul:nul@127.0.0.1:1/rien")
    assert faite.returncode == 2
    assert "ne s'ouvre pas" in faite.stderr
    assert "Traceback" not in faite.stderr


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
