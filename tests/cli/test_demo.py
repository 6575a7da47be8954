"""`perenne demo`, run as a newcomer does: it builds, serves, gives two accounts that open, and stops."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import httpx


def _perenne(*arguments: str) -> str:
    faite = subprocess.run(
        [sys.executable, "-m", "perenne.cli.main", *arguments],
        capture_output=True, text=True, check=False, timeout=180,
    )  # fmt: skip
    assert faite.returncode == 0, faite.stderr
    return faite.stdout


def test_the_demonstration_is_served_and_its_two_accounts_open(tmp_path: Path) -> None:
    dossier = tmp_path / "demo"
    try:
        dit = _perenne("demo", "-o", str(dossier), "--port", "8900")
        adresse = re.search(r"servi à (http://127\.0\.0\.1:\d+/)", dit)
        comptes = re.findall(r"  (\S+@demo\.invalid)   mot de passe : (\S+)", dit)
        assert adresse is not None
        assert len(comptes) == 2
        with httpx.Client(base_url=adresse[1], follow_redirects=True, timeout=30) as visiteur:
            assert "territoire et chiffres fictifs" in visiteur.get("/").text
        for courriel, mot_de_passe in comptes:
            with httpx.Client(base_url=adresse[1], follow_redirects=True, timeout=30) as client:
                page = client.get("/connexion/").text
                jeton = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page)
                assert jeton is not None
                client.post(
                    "/connexion/",
                    data={
                        "csrfmiddlewaretoken": jeton[1],
                        "secret-courriel": courriel,
                        "moyen": "mot-de-passe",
                        "secret-mot_de_passe": mot_de_passe,
                    },
                )
                assert "Communauté de communes du Haut-Mirage" in client.get("/espaces/").text
        # Nothing has changed: the same accounts, the same data, a new server in place of the former one.
        encore = _perenne("demo", "-o", str(dossier), "--port", "8900")
        assert re.findall(r"  (\S+@demo\.invalid)   mot de passe : (\S+)", encore) == comptes
    finally:
        assert "arrêté" in _perenne("demo", "-o", str(dossier), "--arreter")
    assert "Aucun site" in _perenne("demo", "-o", str(dossier), "--arreter")
