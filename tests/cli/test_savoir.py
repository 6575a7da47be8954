"""`perenne savoir` as it is typed: output, exit codes, messages."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from perenne.cli.main import construire_app, main

RESSOURCE = "titre: Loi sur la trésorerie\ntype: loi\nverifie: reference\nverifie_le: 2026-11-23\n"


@pytest.fixture
def savoir(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A base of one item, named by the setting, with its own cache."""
    dossier = tmp_path / "knowledge"
    (dossier / "ressources").mkdir(parents=True)
    (dossier / "ressources/loi.yaml").write_text(RESSOURCE, encoding="utf-8")
    monkeypatch.setenv("PERENNE_SAVOIR", str(dossier))
    monkeypatch.setenv("PERENNE_CACHE", str(tmp_path / "cache"))
    return dossier


def test_verifier_counts_the_items_by_kind(savoir: Path) -> None:
    resultat = CliRunner().invoke(construire_app(), ["savoir", "verifier"])
    assert resultat.exit_code == 0
    assert "    1  ressource\n" in resultat.output
    assert "    1  fiches, aucune anomalie\n" in resultat.output


def test_verifier_exits_with_1_and_names_the_lines(savoir: Path) -> None:
    (savoir / "ressources/loi.yaml").write_text("titre: x\ntype: lois\nannee: 01901\n", encoding="utf-8")
    resultat = CliRunner().invoke(construire_app(), ["savoir", "verifier"])
    assert resultat.exit_code == 1
    assert "knowledge/ressources/loi.yaml, ligne 2 : « type » ne peut pas valoir « lois »" in resultat.output
    assert "knowledge/ressources/loi.yaml, ligne 3 :" in resultat.output
    assert "2 anomalies à corriger." in resultat.output


def test_montrer_and_chercher_print_text_and_json(savoir: Path) -> None:
    texte = CliRunner().invoke(construire_app(), ["savoir", "montrer", "loi"]).output
    assert texte.startswith("Loi sur la trésorerie\nRessource · loi\n")
    brut = CliRunner().invoke(construire_app(), ["savoir", "chercher", "TRESORERIES", "--format", "json"])
    assert json.loads(brut.output)["resultats"][0]["id"] == "loi"


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        (["montrer", "loy"], "Vouliez-vous dire « loi »"),
        (
            ["montrer", "loi", "--au", "31/12/2026"],
            "« 31/12/2026 » n'est pas une date.\nÉcrivez-la AAAA-MM-JJ",
        ),
        (["montrer", "loi", "--au", "20261231"], "n'est pas une date"),
    ],
)
def test_a_bad_input_exits_with_2_and_says_what_to_do(
    savoir: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    arguments: list[str],
    attendu: str,
) -> None:
    monkeypatch.setattr("sys.argv", ["perenne", "savoir", *arguments])
    with pytest.raises(SystemExit) as sortie:
        main()
    assert sortie.value.code == 2
    assert attendu in capsys.readouterr().err


def test_a_broken_base_is_refused_by_the_other_commands(
    savoir: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (savoir / "ressources/loi.yaml").write_text("titre: x\n", encoding="utf-8")
    monkeypatch.setattr("sys.argv", ["perenne", "savoir", "montrer", "loi"])
    with pytest.raises(SystemExit):
        main()
    assert "la clé « type » manque" in capsys.readouterr().err
