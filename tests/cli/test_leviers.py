"""`perenne leviers` as it is typed."""

from __future__ import annotations

import io
import json
from pathlib import Path

import docx
import pytest
from typer.testing import CliRunner, Result

from perenne.cli.main import construire_app
from perenne.domain.erreurs import ErreurUtilisateur


@pytest.fixture(autouse=True)
def _sans_atlas(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PERENNE_ATLAS", str(tmp_path / "absent"))


def _lancer(*arguments: str) -> Result:
    return CliRunner().invoke(construire_app(), ["leviers", *arguments])


BELL = ("--entreprise", "bell-occas", "--acteur", "departement-ardennes", "--au", "2026-11-23")


def test_the_short_form_of_the_command_answers_first() -> None:
    resultat = _lancer(*BELL)
    assert resultat.exit_code == 0, resultat.output
    lignes = resultat.output.replace("\u00a0", " ").splitlines()
    assert lignes[0].startswith("Leviers pour Bell’Occas, vus par : Département des Ardennes")
    assert lignes[2].startswith("À examiner d’abord : avancer les fonds")
    for attendu in (
        "Parce que :",
        "Droit (",
        "Par quoi :",
        "Précédent,",
        "Qui d’autre peut agir",
        "Premier pas",
    ):
        assert attendu in resultat.output.replace("\u00a0", " ")
    assert "Sortirait des premières si" in resultat.output


def test_json_holds_the_whole_sum_and_every_action() -> None:
    avis = json.loads(_lancer(*BELL, "--format", "json").output)
    assert len(avis["actions"]) == 19
    for action in avis["actions"]:
        assert sum(t["points"] for t in action["parce_que"]) == action["points"]
    assert avis["acteur"]["type"] == "departement"


def test_html_and_word_hold_the_same_actions(tmp_path: Path) -> None:
    page = _lancer(*BELL, "--format", "html").output
    assert page.startswith("<!DOCTYPE html>")
    assert "<script" not in page
    fichier = tmp_path / "avis.docx"
    resultat = _lancer(*BELL, "--format", "docx", "-o", str(fichier))
    assert resultat.exit_code == 0, resultat.output
    texte = "\n".join(p.text for p in docx.Document(io.BytesIO(fichier.read_bytes())).paragraphs)
    assert "Avancer les fonds" in texte
    assert "Avancer les fonds" in page


def test_a_file_and_an_amount(racine: Path) -> None:
    fiche = racine / "data/demo/entreprises/les-ateliers-du-pont.yaml"
    demande = ("--entreprise", str(fiche), "--acteur", "epci", "--format", "json", "--au", "2026-11-23")
    petit = json.loads(_lancer(*demande, "--montant", "10 000").output)
    grand = json.loads(_lancer(*demande, "--montant", "30000", "--avec", "valeur_nature_annuelle=0").output)

    def regles(avis: dict[str, object], action: str) -> dict[str, str]:
        voies = next(a for a in avis["actions"] if a["action"] == action)["instruments"]  # type: ignore[attr-defined]
        voie = next(v for v in voies if v["instrument"] == "subvention-projet")
        return {r["regle"]: r["issue"] for r in voie["regles"]}

    assert regles(grand, "financer-un-projet")["subventions/convention-obligatoire"] == "obligatoire"
    assert regles(petit, "financer-un-projet")["subventions/convention-obligatoire"] != "obligatoire"


def test_the_map_shows_nineteen_actions_for_each_type() -> None:
    carte = json.loads(_lancer("carte", "--format", "json").output)
    assert all(len(a) == 19 for a in carte["acteurs"].values())
    # An advance by a commune waits for facts of law: that it may also point to a bank opens nothing.
    assert carte["acteurs"]["commune"]["avancer-les-fonds"]["statut"] == "a_verifier"
    assert carte["acteurs"]["commune"]["investir"]["statut"] == "a_verifier"
    assert "condition" in _lancer("carte").output
    detail = _lancer("carte", "--acteur", "region", "--forme", "scic").output
    assert "Action par action" in detail


def test_the_evaluation_prints_the_baseline_even_when_it_wins() -> None:
    texte = _lancer("evaluer").output
    for methode in ("Hasard", "Popularité dans", "même thème", "le protocole"):
        assert methode in texte
    assert len(json.loads(_lancer("evaluer", "--format", "json").output)["cas"]) >= 16


def test_a_crossing_shows_raw_counts_beside_the_interval() -> None:
    texte = _lancer("croiser", "--par", "activite").output
    assert "1 sur 1" in texte
    assert "trop large" in texte


@pytest.mark.parametrize(
    ("arguments", "attendu"),
    [
        ((), "quelle entreprise"),
        (("--entreprise", "bell-occas", "--acteur", "mairi"), "acteur"),
        ((*BELL, "--montant", "beaucoup"), "montant"),
        ((*BELL, "--moyens", "argent"), "moyens"),
        ((*BELL, "--ambitions", "B99"), "besoins"),
        ((*BELL, "--territoire", "23096"), "atlas"),
        ((*BELL, "--format", "docx"), "-o FICHIER"),
        (("carte", "--acteur", "roi"), "type d'acteur"),
        (("carte", "--forme", "sarl"), "forme juridique"),
    ],
)
def test_bad_input_is_refused_in_french(arguments: tuple[str, ...], attendu: str) -> None:
    resultat = _lancer(*arguments)
    assert isinstance(resultat.exception, ErreurUtilisateur)
    assert attendu in str(resultat.exception)
