"""The interval of a small count: hand calculation, published tables, an independent library, invariants."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import chi2, poisson

from perenne.domain.territoire.poisson import borner


def test_nothing_observed_allows_a_mean_of_3_69() -> None:
    """P(X = 0) = e^-m = 0.025, hence m = -ln 0.025."""
    assert borner(0) == (0.0, pytest.approx(-math.log(0.025)))


def test_one_observed_is_solved_by_hand() -> None:
    """Lower: 1 - e^-m = 0.025. Upper: e^-m (1 + m) = 0.025."""
    bas, haut = borner(1)
    assert bas == pytest.approx(-math.log(0.975))
    assert math.exp(-haut) * (1 + haut) == pytest.approx(0.025)
    assert haut == pytest.approx(5.5716, abs=5e-5)


@pytest.mark.parametrize(
    ("nombre", "bas", "haut"), [(5, 1.62, 11.67), (10, 4.80, 18.39), (100, 81.36, 121.63)]
)
def test_usual_counts_have_the_limits_of_the_published_tables(nombre: int, bas: float, haut: float) -> None:
    assert borner(nombre) == (pytest.approx(bas, abs=5e-3), pytest.approx(haut, abs=5e-3))


@given(st.integers(0, 300_000), st.sampled_from([0.5, 0.8, 0.9, 0.95, 0.99]))
def test_limits_are_the_quantiles_of_the_chi_squared_law(nombre: int, niveau: float) -> None:
    queue = (1 - niveau) / 2
    bas, haut = borner(nombre, niveau)
    assert bas == pytest.approx(chi2.ppf(queue, 2 * nombre) / 2 if nombre else 0, rel=1e-8)
    assert haut == pytest.approx(chi2.ppf(1 - queue, 2 * nombre + 2) / 2, rel=1e-8)


@given(st.floats(0.05, 60))
def test_the_interval_holds_its_mean_at_least_95_times_in_a_hundred(moyenne: float) -> None:
    couverts = sum(poisson.pmf(n, moyenne) for n in range(200) if borner(n)[0] <= moyenne <= borner(n)[1])
    assert couverts >= 0.95 - 1e-9


@given(st.integers(0, 5000))
def test_more_operators_move_both_limits_up(nombre: int) -> None:
    assert borner(nombre)[0] < borner(nombre + 1)[0]
    assert borner(nombre)[1] < borner(nombre + 1)[1]
    assert borner(nombre)[0] <= nombre < borner(nombre)[1]


@pytest.mark.parametrize(("nombre", "niveau"), [(-1, 0.95), (3, 0.0), (3, 1.0)])
def test_a_count_or_a_coverage_that_cannot_be_is_refused(nombre: int, niveau: float) -> None:
    with pytest.raises(ValueError, match="count"):
        borner(nombre, niveau)
