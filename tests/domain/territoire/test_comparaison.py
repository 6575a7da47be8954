"""Percentiles: hand calculations, an independent library, and what must not change them."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from perenne.domain.territoire.comparaison import decile, fragilite, placer

VALEURS = st.lists(st.integers(-1000, 1000), min_size=0, max_size=60)
VALEUR = st.integers(-1000, 1000)


def _placer(valeur: float, autres: list[int]):
    return placer(float(valeur), np.array(autres, dtype=np.float64))


def test_the_third_of_four_stands_at_the_middle_of_its_own_quarter() -> None:
    place = _placer(30, [10, 20, 40])
    assert place.percentile == 62.5
    assert place.rang == 2
    assert place.compares == 4
    assert place.mediane == 25


def test_equal_values_share_the_middle_and_the_best_rank() -> None:
    place = _placer(5, [5, 5, 9])
    assert place.percentile == pytest.approx(37.5)
    assert place.rang == 2


def test_a_value_alone_stands_at_the_middle() -> None:
    assert _placer(3, []).percentile == 50


@given(VALEUR, VALEURS)
def test_percentile_is_the_mean_rank_of_scipy(valeur: int, autres: list[int]) -> None:
    attendu = stats.percentileofscore([*autres, valeur], valeur, kind="mean")
    assert _placer(valeur, autres).percentile == pytest.approx(attendu)


@given(VALEUR, VALEURS)
def test_percentile_stays_strictly_inside_its_bounds(valeur: int, autres: list[int]) -> None:
    place = _placer(valeur, autres)
    assert 0 < place.percentile < 100
    assert 1 <= place.rang <= place.compares


@given(VALEUR, VALEURS, st.sampled_from([lambda x: 3 * x + 7, np.arctan, lambda x: x**3, np.cbrt]))
def test_percentile_and_rank_survive_a_strictly_increasing_rescaling(valeur, autres, echelle) -> None:
    avant = _placer(valeur, autres)
    apres = placer(float(echelle(np.float64(valeur))), echelle(np.array(autres, dtype=np.float64)))
    assert (apres.percentile, apres.rang) == (avant.percentile, avant.rang)


@given(VALEUR, VALEURS, st.randoms())
def test_the_order_of_the_others_does_not_matter(valeur, autres, hasard) -> None:
    melange = list(autres)
    hasard.shuffle(melange)
    assert _placer(valeur, melange) == _placer(valeur, autres)


@given(VALEUR, VALEURS)
def test_turning_the_values_over_turns_the_fragility_over(valeur: int, autres: list[int]) -> None:
    haut = fragilite(_placer(valeur, autres).percentile, "plus_haut")
    bas = fragilite(_placer(-valeur, [-x for x in autres]).percentile, "plus_bas")
    assert haut == pytest.approx(bas)


@given(VALEUR, VALEURS)
def test_quartiles_are_those_of_numpy(valeur: int, autres: list[int]) -> None:
    place = _placer(valeur, autres)
    attendus = np.percentile([*autres, valeur], [25, 50, 75])
    assert (place.quartile_bas, place.mediane, place.quartile_haut) == pytest.approx(attendus)


def test_an_indicator_of_context_has_no_fragility() -> None:
    assert fragilite(80, "contexte") is None


@pytest.mark.parametrize(("pct", "attendu"), [(0.1, 0), (9.99, 0), (10, 1), (55, 5), (90, 9), (99.9, 9)])
def test_deciles_go_from_zero_to_nine(pct: float, attendu: int) -> None:
    assert decile(pct) == attendu


def test_a_missing_value_is_refused() -> None:
    with pytest.raises(ValueError, match="finite"):
        placer(float("nan"), np.array([1.0]))
