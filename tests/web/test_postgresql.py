"""What people write is kept the same way by PostgreSQL: the tests of the private pages, run again on it."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from tests.web.postgresql import lancer_postgresql, raison_d_absence

AILLEURS = {
    "test_concurrence.py",
    "test_postgresql.py",
    "test_navigateur.py",
    "test_accessibilite.py",
    "test_pages.py",
    "test_refus.py",
    "test_matrice.py",
    "test_tailles.py",
    "test_courriels.py",
    "test_base.py",
    "test_gestion.py",
}
"""Already run on both, this file, and what only shows again what the others read and wrote."""


def _fichiers(racine: Path) -> list[str]:
    """Test files of the web that touch the database by themselves."""
    return sorted(
        str(f.relative_to(racine))
        for f in (racine / "tests" / "web").rglob("test_*.py")
        if f.name not in AILLEURS and _touche_la_base(f)
    )


def _touche_la_base(fichier: Path) -> bool:
    voisin = fichier.parent / "conftest.py"
    textes = [fichier.read_text(encoding="utf-8")]
    if fichier.parent.name != "web" and voisin.exists():
        textes.append(voisin.read_text(encoding="utf-8"))
    return any(mot in t for t in textes for mot in ("django_db", "db: None"))


@pytest.mark.lent
def test_the_private_pages_hold_on_postgresql(racine: Path, atlas_demo: Path) -> None:
    if raison := raison_d_absence():
        pytest.skip(raison)
    fichiers = [f for f in _fichiers(racine) if "test_api" not in f]
    assert any("espaces" in f for f in fichiers)
    with lancer_postgresql(durable=False) as adresse:
        faite = subprocess.run(
            [sys.executable, "-m", "pytest", "-x", "-p", "no:xdist", *fichiers],
            env={
                **{c: v for c, v in os.environ.items() if not c.startswith("PYTEST_")},
                "DATABASE_URL": adresse,
                "PERENNE_TEST_ATLAS_DEMO": str(atlas_demo),
            },
            cwd=racine,
            capture_output=True,
            text=True,
            check=False,
            timeout=300,
        )
    assert faite.returncode == 0, faite.stdout[-3000:]
    passes = re.search(r"(\d+) passed", faite.stdout)
    assert passes is not None
    assert int(passes[1]) > 30
