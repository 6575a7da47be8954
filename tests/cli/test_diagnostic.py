"""`perenne diagnostic`, `perenne economie`, `perenne modele diagnostic`, as they are typed."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from perenne.cli.main import construire_app
from perenne.domain.erreurs import ErreurUtilisateur


def lancer(*arguments: str) -> str:
    resultat = CliRunner().invoke(construire_app(), list(arguments))
    if resultat.exception and not isinstance(resultat.exception, SystemExit):
        raise resultat.exception
    return resultat.stdout.replace("\u202f", " ").replace("\u00a0", " ")


def test_the_sheet_is_printed_or_written(racine: Path, tmp_path: Path) -> None:
    demo = str(racine / "data/demo/diagnostics/cafe-bourg-invente.yaml")
    sortie = tmp_path / "fiche.docx"
    lancer("diagnostic", demo, "--format", "docx", "-o", str(sortie))

    assert "Diagnostic partagé : Café associatif de Bourg-Inventé" in lancer("diagnostic", demo)
    assert sortie.read_bytes()[:2] == b"PK"


def test_a_binary_format_asks_for_a_file(racine: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="ajoutez -o FICHIER"):
        lancer("diagnostic", str(racine / "data/demo/diagnostics/cafe-bourg-invente.yaml"), "--format", "pdf")


def test_the_template_and_the_copy_in_the_other_form(racine: Path, tmp_path: Path) -> None:
    demo = racine / "data/demo/diagnostics/regie-coteaux-imaginaires.yaml"
    lancer(
        "modele", "diagnostic", "-o", str(tmp_path / "vide.xlsx"), "--essentiel", "--repondants", "elu, agent"
    )
    lancer("modele", "diagnostic", "-o", str(tmp_path / "plein.xlsx"), "--depuis", str(demo))
    lancer(
        "modele", "diagnostic", "-o", str(tmp_path / "retour.yaml"), "--depuis", str(tmp_path / "plein.xlsx")
    )

    assert lancer("diagnostic", str(tmp_path / "retour.yaml")) == lancer("diagnostic", str(demo))
    with pytest.raises(ErreurUtilisateur, match="n'est pas un rôle"):
        lancer("modele", "diagnostic", "-o", str(tmp_path / "x.xlsx"), "--repondants", "trésorier")
    assert not (tmp_path / "x.xlsx").exists()


def test_accounts_alone_give_the_economic_model_and_where_each_account_went(racine: Path) -> None:
    balance = str(racine / "data/demo/diagnostics/balance-valfiction-2025.csv")
    dit = lancer("economie", balance, "--clos-le", "2025-12-31")

    assert "la trésorerie nette est de −40 200 €" in " ".join(dit.split())
    lignes = len(Path(balance).read_text(encoding="utf-8").splitlines()) - 1
    assert f"séparateur point-virgule : {lignes} lignes sur {lignes}" in " ".join(dit.split())
    assert "Débit = crédit = " in " ".join(dit.split())
    with pytest.raises(ErreurUtilisateur, match="n'est pas une date"):
        lancer("economie", balance, "--clos-le", "fin 2025")


def test_the_economic_model_of_a_whole_file(racine: Path, tmp_path: Path) -> None:
    demo = str(racine / "data/demo/diagnostics/ressourcerie-valfiction.yaml")
    lancer("economie", demo, "--format", "xlsx", "-o", str(tmp_path / "e.xlsx"))

    assert "Et si ce payeur partait ?" in lancer("economie", demo)
    assert (tmp_path / "e.xlsx").stat().st_size > 5_000
