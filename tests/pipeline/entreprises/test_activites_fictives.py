"""The activities of the fictional operators, and what shows them."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest

from perenne.pipeline.construction import AtlasConstruit
from perenne.services.classement.obtenir import activites_du_savoir


@pytest.fixture
def base(atlas_activites: AtlasConstruit) -> Iterator[sqlite3.Connection]:
    lien = sqlite3.connect(f"file:{atlas_activites.dossier / 'atlas.sqlite'}?mode=ro", uri=True)
    lien.row_factory = sqlite3.Row
    yield lien
    lien.close()


def _activites(base: sqlite3.Connection, operateur: str) -> dict[str, dict[str, Any]]:
    lignes = base.execute("SELECT * FROM entreprise_activite WHERE operateur = ?", (operateur,))
    return {
        ligne["activite"]: {**ligne, "indices": json.loads(ligne["indices"])} for ligne in map(dict, lignes)
    }


def test_an_association_is_classified_by_its_name_with_the_words_and_their_place(
    base: sqlite3.Connection,
) -> None:
    activite = _activites(base, "W992000001")["ressourceries"]
    assert (activite["id"], activite["origine"]) == ("W992000001", "texte")
    assert (activite["commune"], activite["departement"]) == ("99002", "99")
    premier = activite["indices"][0]
    nom = base.execute("SELECT nom FROM entreprise WHERE id = 'W992000001'").fetchone()[0]
    assert (premier["champ"], nom[premier["debut"] : premier["fin"]]) == ("nom", "RESSOURCERIE")
    assert premier["motif"]


@pytest.mark.parametrize("muette", ["W992000002", "W992000004"])
def test_an_operator_that_says_nothing_of_the_activities_has_none(
    base: sqlite3.Connection, muette: str
) -> None:
    assert _activites(base, muette) == {}


def test_a_decision_wins_over_the_words(base: sqlite3.Connection) -> None:
    assert _activites(base, "W992000003") == {}


def test_a_decision_wins_over_the_list_and_is_found_by_siren_or_siret(base: sqlite3.Connection) -> None:
    (coworking,) = _activites(base, "100000004").values()
    assert (coworking["activite"], coworking["confiance"], coworking["origine"]) == (
        "coworking",
        "haute",
        "decision",
    )
    assert coworking["indices"] == [
        {"champ": "decision", "date": "2026-11-21", "role": "chargée de mission ESS"}
    ]


def test_a_structure_of_a_list_alone_can_be_decided_on(base: sqlite3.Connection) -> None:
    assert "fablabs" in _activites(base, "data-inclusion:dora/a1")


def test_decisions_are_counted_and_those_on_nobody_are_told(atlas_activites: AtlasConstruit) -> None:
    assert atlas_activites.manifeste["entreprises"]["decisions"] == {
        "fichier": "decisions.csv", "lues": 5, "retenues": 2, "ecartees": 2, "sans_structure": ["999999999"],
    }  # fmt: skip
    assert any("999999999" in r for r in atlas_activites.manifeste["entreprises"]["remarques"])


def test_a_listed_insertion_structure_is_classified_by_the_list(base: sqlite3.Connection) -> None:
    insertion = _activites(base, "100000007")["insertion_socioprofessionnelle"]
    assert (insertion["confiance"], insertion["origine"]) == ("haute", "registre")
    assert insertion["indices"] == [
        {
            "champ": "registre",
            "mots": "SIAE",
            "registre": "siae",
            "source": "marche_siae",
            "date": "2021-02-01",
        }
    ]


def test_a_structure_type_of_data_inclusion_speaks_for_the_enterprise_of_its_siret(
    base: sqlite3.Connection,
) -> None:
    foyer = _activites(base, "100000003")["logement_jeunes_travailleurs"]
    assert foyer["origine"].split()[0] == "registre"
    assert foyer["indices"][0]["mots"] == "RS_FJT"


def test_a_structure_that_is_no_known_enterprise_is_an_operator_of_its_own(base: sqlite3.Connection) -> None:
    garage = _activites(base, "data-inclusion:dora/a2")["garages_solidaires"]
    assert (garage["id"], garage["commune"], garage["origine"]) == (None, "99001", "texte")
    (indice,) = garage["indices"]
    assert (indice["champ"], indice["mots"], indice["reference"]) == (
        "nom-liste",
        "Garage solidaire",
        "dora/a2",
    )


def test_a_unit_that_asked_not_to_be_shown_has_no_word_read_anywhere(base: sqlite3.Connection) -> None:
    activites = _activites(base, "100000007")
    # a list and a declared service say so; neither « Ressourcerie » in two of its lists
    assert set(activites) == {"insertion_socioprofessionnelle", "addictologie"}
    assert {i["champ"] for a in activites.values() for i in a["indices"]} == {"registre", "service"}


def test_the_theme_of_a_service_speaks_for_the_structure_that_carries_it(base: sqlite3.Connection) -> None:
    numerique = _activites(base, "data-inclusion:dora/a1")["ateliers_numeriques"]
    assert (numerique["confiance"], numerique["origine"]) == ("moyenne", "registre")
    assert numerique["indices"] == [
        {
            "champ": "service", "mots": "numerique--utiliser-le-numerique-au-quotidien",
            "registre": "data-inclusion", "reference": "dora/a1", "source": "data_inclusion_services_2022",
        }
    ]  # fmt: skip


def test_money_for_an_activity_is_not_the_activity(base: sqlite3.Connection) -> None:
    assert "garages_solidaires" not in _activites(base, "data-inclusion:dora/a1")


def test_services_of_the_current_schema_and_networks_are_read(base: sqlite3.Connection) -> None:
    mission = _activites(base, "data-inclusion:soliguide/v1")["insertion_socioprofessionnelle"]
    assert (mission["confiance"], mission["indices"][0]["mots"]) == ("haute", "ML")
    atelier = _activites(base, "data-inclusion:soliguide/v2")
    assert atelier["gardes_alternatives"]["indices"][0]["mots"] == "famille--garde-denfants"
    assert atelier["ateliers_velos"]["indices"][0]["champ"] == "texte-liste"


def test_what_a_third_place_offers_is_its_own_not_that_of_the_body_that_runs_it(
    base: sqlite3.Connection,
) -> None:
    assert set(_activites(base, "tiers-lieux:T1")) == {"fablabs"}


def test_a_service_without_its_structure_is_told(atlas_activites: AtlasConstruit) -> None:
    assert any(
        r.startswith("Services : 1 laissés") for r in atlas_activites.manifeste["entreprises"]["remarques"]
    )


@pytest.mark.parametrize(
    ("siren", "attendu"),
    [
        # drawn at random in the commune: the point of Sirene is no better, and nothing is said of a quarter
        ("100000001", ("commune", "insee", "inconnu", "hors", "aleatoire")),
        # no street in Sirene, but INSEE found the number
        ("100000002", ("adresse", "insee", "dedans", "QN09901M", "sur")),
        # number and street in Sirene, but INSEE only found the street
        ("100000003", ("voie", "insee", "inconnu", "hors", "probable")),
        # not in the file
        ("100000004", ("voie", None, "inconnu", None, None)),
        # asked not to be shown: nothing of its place
        ("100000007", ("inconnu", None, "inconnu", None, None)),
    ],
)
def test_the_geolocation_of_insee_replaces_the_guess(
    base: sqlite3.Connection, siren: str, attendu: tuple[str | None, ...]
) -> None:
    champs = "precision, precision_source, qpv_statut, qpv_insee, qpv_insee_qualite"
    assert (
        tuple(base.execute(f"SELECT {champs} FROM etablissement WHERE siren = ?", (siren,)).fetchone())
        == attendu
    )


def test_every_operator_and_every_activity_exists(base: sqlite3.Connection) -> None:
    perdus = base.execute(
        """
        SELECT operateur FROM entreprise_activite WHERE operateur NOT IN (SELECT id FROM entreprise)
        AND operateur NOT IN (SELECT registre || ':' || coalesce(reference, siret, siren)
                              FROM entreprise_registre WHERE id IS NULL)
        """
    ).fetchall()
    assert perdus == []
    connues = set(activites_du_savoir())
    assert {a for (a,) in base.execute("SELECT DISTINCT activite FROM entreprise_activite")} <= connues


def test_the_manifest_counts_them(atlas_activites: AtlasConstruit, base: sqlite3.Connection) -> None:
    comptes = atlas_activites.manifeste["entreprises"]["activites"]
    assert comptes["garages_solidaires"] == {"haute": 1}
    total = base.execute("SELECT count(*) FROM entreprise_activite").fetchone()[0]
    assert sum(n for par in comptes.values() for n in par.values()) == total
