"""`perenne activites`."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from perenne.cli.main import construire_app
from perenne.domain.erreurs import ErreurUtilisateur


def lancer(*arguments: str) -> str:
    resultat = CliRunner().invoke(construire_app(), ["activites", *arguments], catch_exceptions=False)
    assert resultat.exit_code == 0, resultat.output
    return resultat.output


def test_classer_writes_the_file_and_applies_decisions(tmp_path: Path) -> None:
    entree, sortie, decisions = (tmp_path / n for n in ("e.jsonl", "s.jsonl", "d.csv"))
    entree.write_text('{"id": "a", "nom": "Fablab", "texte": "", "source": ""}\n', encoding="utf-8")
    decisions.write_text(
        "id,activite,decision,date,role,motif\na,fablabs,non,2026-11-01,CRESS,fermé\n"
        "a,coworking,oui,2026-11-01,CRESS,vu\n",
        encoding="utf-8",
    )
    assert "1 texte classé" in lancer(
        "classer", str(entree), "-o", str(sortie), "--decisions", str(decisions)
    )
    (ligne,) = sortie.read_text(encoding="utf-8").splitlines()
    assert [a["id"] for a in json.loads(ligne)["activites"]] == ["coworking"]


def test_montrer_says_definition_patterns_and_measure() -> None:
    page = lancer("montrer", "ressourceries")
    assert page.startswith("# ")
    for attendu in ("Ce que vaut la détection", "précision", "Mots qui la signalent", "Exemples (inventés)"):
        assert attendu in page


def test_montrer_lists_the_42_activities() -> None:
    assert len(lancer("montrer").splitlines()) == 42


def test_an_unknown_activity_is_answered_with_the_nearest() -> None:
    with pytest.raises(ErreurUtilisateur, match="ressourceries"):
        lancer("montrer", "ressourcerie")
