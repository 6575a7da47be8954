"""What holds of every indicator of `knowledge/indicateurs`."""

from __future__ import annotations

from pathlib import Path

import pytest

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.services.savoir import obtenir_base


@pytest.fixture(scope="module")
def indicateurs(racine: Path) -> list[Indicateur]:
    return list(obtenir_base(racine / "knowledge").indicateurs.values())


def test_each_sentence_holds_its_value_once_and_repeats_no_unit(indicateurs) -> None:
    for i in indicateurs:
        assert i.phrase.count("{valeur}") == 1, i.id
        apres = i.phrase.split("{valeur}")[1].strip()
        assert not (i.unite.split()[-1] in ("an", "habitants", "personnes", "fois") and apres.startswith(
            ("par an", "habitants", "personnes", "fois")
        )), i.id  # fmt: skip


def test_names_fit_a_chart(indicateurs) -> None:
    assert all(len(i.libelle_court) <= 40 for i in indicateurs)


def test_each_approximation_says_what_it_loses_and_what_weighs(indicateurs) -> None:
    for i in indicateurs:
        if i.agregation == "moyenne-ponderee":
            assert i.poids, i.id
            assert i.agregation_limites, i.id
        if i.agregation == "aucune":
            assert i.agregation_limites, i.id
        assert (i.agregation == "taux-annuel") == (i.duree_annees > 0), i.id


def test_an_indicator_of_context_documents_no_need(indicateurs) -> None:
    assert not [i.id for i in indicateurs if i.sens == "contexte" and i.besoins]


def test_each_fragile_side_says_which_need_it_documents_and_why(indicateurs) -> None:
    for i in indicateurs:
        assert i.sens == "contexte" or i.besoins, i.id
        assert all(b.pourquoi for b in i.besoins)


def test_two_of_the_three_criteria_have_their_indicator(indicateurs) -> None:
    assert sorted(i.critere_cget for i in indicateurs if i.critere_cget) == ["pauvrete", "population"]
