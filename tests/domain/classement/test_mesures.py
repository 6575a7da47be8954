"""Counts, F1 and intervals, against hand calculation and scipy."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest

from perenne.domain.classement.mesures import compter, wilson


@given(essais=st.integers(1, 400), data=st.data())
def test_wilson_agrees_with_scipy(essais: int, data: st.DataObject) -> None:
    succes = data.draw(st.integers(0, essais))
    attendu = binomtest(succes, essais).proportion_ci(method="wilson")
    assert wilson(succes, essais) == pytest.approx((attendu.low, attendu.high), abs=1e-6)


def test_wilson_knows_nothing_without_a_trial() -> None:
    assert wilson(0, 0) == (0.0, 1.0)


def test_micro_and_macro_f1_by_hand() -> None:
    bilan = compter([{"a"}, {"a", "b"}, set()], [{"a"}, {"a"}, {"c"}], ["a", "b", "c"])
    # a: 2 right; b: 1 missed; c: 1 wrong, never expected, so left out of the macro mean.
    assert bilan.micro_f1 == pytest.approx(4 / 6)
    assert bilan.macro_f1 == pytest.approx((1 + 0) / 2)
    assert bilan.total.precision == pytest.approx(2 / 3)
    assert bilan.total.rappel == pytest.approx(2 / 3)
    assert bilan.par_activite["c"].rappel is None


def test_answers_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="zip"):
        compter([{"a"}], [], ["a"])
