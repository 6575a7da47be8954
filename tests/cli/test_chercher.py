"""`perenne chercher`, run as a user does."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.atlas.annuaire.conftest import ecrire_atlas
from typer.testing import CliRunner

from perenne.cli.main import construire_app
from perenne.domain.erreurs import ErreurUtilisateur


@pytest.fixture
def lancer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> object:
    ecrire_atlas(tmp_path / "atlas", entreprise=[{"id": "000990010", "nom": "LES AMIS DU CONTE"}])
    monkeypatch.setenv("PERENNE_ATLAS", str(tmp_path / "atlas"))
    monkeypatch.setenv("PERENNE_CACHE", str(tmp_path / "cache"))
    return lambda *arguments: CliRunner().invoke(construire_app(), ["chercher", *arguments])


def test_words_need_no_quotes_and_a_file_gives_its_format(lancer: object, tmp_path: Path) -> None:
    resultat = lancer("amis", "du", "conte")  # type: ignore[operator]
    assert resultat.exit_code == 0
    assert "LES AMIS DU CONTE" in resultat.output
    fichier = tmp_path / "sortie.csv"
    resultat = lancer("amis", "--dans", "99001", "-o", str(fichier))  # type: ignore[operator]
    assert f"Entreprises écrites : {fichier}" in resultat.output
    assert "LES AMIS DU CONTE" in fichier.read_text(encoding="utf-8-sig")


def test_an_unknown_filter_is_told_without_a_traceback(lancer: object) -> None:
    resultat = lancer("--activite", "zut")  # type: ignore[operator]
    assert isinstance(resultat.exception, ErreurUtilisateur)
    assert "« zut » n'est pas une activité" in str(resultat.exception)
