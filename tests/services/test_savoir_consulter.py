"""Showing and searching the knowledge base, as an adviser would."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.services.savoir_consulter import chercher, montrer

JOUR = dt.date(2026, 11, 23)


def test_a_reference_is_shown_with_its_title_and_the_source_with_its_passage(petite_base: BaseSavoir) -> None:
    texte = montrer("B14", au=JOUR, base=petite_base)
    assert texte.startswith("Renforcer le lien social\n")
    assert "Source : Loi sur la trésorerie des associations, partie I" in texte
    assert "Fichier : knowledge/besoins/B14.yaml" in texte


@pytest.mark.parametrize(
    ("au", "valeur"),
    [(dt.date(2026, 3, 31), "40\u202f000 EUR HT"), (dt.date(2026, 4, 1), "60\u202f000 EUR HT")],
)
def test_the_value_of_a_rule_is_the_one_of_the_day(petite_base: BaseSavoir, au: dt.date, valeur: str) -> None:
    texte = montrer("commande/dispense", au=au, base=petite_base)
    assert f"- Valeur : {valeur}" in texte


def test_before_its_first_version_a_rule_has_no_value(petite_base: BaseSavoir) -> None:
    texte = montrer("commande/dispense", au=dt.date(2019, 12, 31), base=petite_base)
    assert "- Version : avant la première version connue : *à vérifier*" in texte
    assert "- Valeur :" not in texte


@pytest.mark.parametrize(
    ("au", "nom"), [(dt.date(2021, 3, 31), "Direccte"), (dt.date(2021, 4, 1), "DREETS, *à vérifier*")]
)
def test_the_name_of_an_actor_is_the_one_of_the_day(petite_base: BaseSavoir, au: dt.date, nom: str) -> None:
    assert f"- Nom : {nom}\n" in montrer("etat-emploi", au=au, base=petite_base)


def test_a_zoning_that_ended_says_so(petite_base: BaseSavoir) -> None:
    texte = montrer("zonage:zrr", au=JOUR, base=petite_base)
    assert "- France entière : terminé (depuis le 1er juillet 2017, jusqu'au 30 juin 2024)" in texte
    assert "en vigueur" in montrer("zonage:zrr", au=dt.date(2024, 6, 30), base=petite_base)


def test_a_family_of_criteria_is_labelled_as_a_reconstitution(petite_base: BaseSavoir) -> None:
    assert "Reconstitution. La liste d'origine est perdue." in montrer("A", au=JOUR, base=petite_base)


def test_an_ambiguous_identifier_is_explained(petite_base: BaseSavoir) -> None:
    with pytest.raises(ErreurUtilisateur) as leve:
        montrer("zrr", au=JOUR, base=petite_base)
    assert "désigne plusieurs fiches" in str(leve.value)
    assert "« zonage:zrr » (Zones de revitalisation rurale)" in leve.value.conseil
    assert "« fait:zrr »" in leve.value.conseil


def test_an_unknown_identifier_gets_suggestions(petite_base: BaseSavoir) -> None:
    with pytest.raises(ErreurUtilisateur) as leve:
        montrer("commande/dispence", au=JOUR, base=petite_base)
    assert "Vouliez-vous dire « commande/dispense »" in leve.value.conseil


def test_capitals_do_not_matter_in_an_identifier(petite_base: BaseSavoir) -> None:
    assert montrer("b14", au=JOUR, base=petite_base) == montrer("B14", au=JOUR, base=petite_base)


def test_the_json_form_holds_the_file_the_state_of_the_day_and_who_cites_it(petite_base: BaseSavoir) -> None:
    fiche = json.loads(montrer("commande/dispense", au=JOUR, format_="json", base=petite_base))
    assert fiche["fiche"]["versions"][1]["du"] == "2026-04-01"
    assert {"objet": "Valeur", "texte": "60\u202f000 EUR HT", "valeur": 60000} in fiche["au_jour"]
    loi = json.loads(montrer("loi-2021-875", au=JOUR, format_="json", base=petite_base))
    assert loi["cite_par"]["regle"] == ["commande/dispense"]
    assert "besoin" in loi["cite_par"]


@pytest.mark.parametrize(
    "mots", ["tresorerie association", "Trésoreries des ASSOCIATIONS", "associations, trésorerie"]
)
def test_search_ignores_accents_capitals_endings_and_order(petite_base: BaseSavoir, mots: str) -> None:
    premier = json.loads(chercher(mots, format_="json", base=petite_base))["resultats"][0]
    assert (premier["genre"], premier["id"]) == ("ressource", "loi-2021-875")


def test_search_reads_the_texts_and_shows_a_passage(petite_base: BaseSavoir) -> None:
    texte = chercher("habitant isolé", base=petite_base)
    assert "besoin · B14" in texte
    assert "Des habitants isolés manquent de lieux" in texte


def test_an_item_with_every_word_comes_before_one_with_a_single_strong_word(petite_base: BaseSavoir) -> None:
    resultats = json.loads(chercher("seuil concurrence lien", format_="json", base=petite_base))["resultats"]
    assert [r["id"] for r in resultats[:2]] == ["commande/dispense", "B14"]


def test_a_search_without_result_says_what_to_try(petite_base: BaseSavoir) -> None:
    assert "Essayez" in chercher("zygomatique", base=petite_base)
