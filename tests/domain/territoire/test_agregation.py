"""How communes add up: hand calculations, order, coverage."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.savoir.indicateurs import Agregation, Indicateur
from perenne.domain.territoire.agregation import agreger

NAN = float("nan")


def _indicateur(agregation: Agregation, facteur: float = 100.0, duree: float = 0.0) -> Indicateur:
    return Indicateur(
        id="x", libelle="x", libelle_court="x", phrase="{valeur}", theme="emploi", unite="%",
        sens="plus_haut", formule="x", agregation=agregation, facteur=facteur, duree_annees=duree, sources=(),
    )  # fmt: skip


def _agreger(indicateur, valeurs, num, den, pop):
    return agreger(indicateur, *(np.array(x, dtype=np.float64) for x in (valeurs, num, den, pop)))


def test_a_rate_is_the_ratio_of_the_sums_and_not_the_mean_of_the_rates() -> None:
    a = _agreger(_indicateur("rapport"), [10, 50], [10, 5], [100, 10], [200, 20])
    assert a.valeur == pytest.approx(100 * 15 / 110)
    assert (a.couverture, a.approche) == (1, False)


def test_a_yearly_rate_comes_from_the_sums_of_populations() -> None:
    a = _agreger(_indicateur("taux-annuel", duree=6), [NAN, NAN], [600, 600], [500, 500], [600, 600])
    assert a.valeur == pytest.approx(100 * (1.2 ** (1 / 6) - 1))


def test_a_secret_commune_lowers_the_coverage_and_is_never_a_zero() -> None:
    a = _agreger(_indicateur("moyenne-ponderee"), [20, NAN], [NAN, NAN], [300, 100], [300, 100])
    assert a.valeur == 20
    assert a.couverture == 0.75
    assert a.approche


def test_a_rate_without_published_weights_is_not_aggregated() -> None:
    assert _agreger(_indicateur("aucune"), [20], [NAN], [NAN], [100]).valeur is None


def test_nothing_observed_gives_nothing() -> None:
    a = _agreger(_indicateur("somme"), [NAN], [NAN], [NAN], [100])
    assert (a.valeur, a.couverture) == (None, 0)


def test_columns_of_different_lengths_are_refused() -> None:
    with pytest.raises(ValueError, match="different lengths"):
        _agreger(_indicateur("somme"), [1, 2], [1], [1], [1])


LIGNE = st.tuples(
    st.one_of(st.just(NAN), st.floats(0, 1e6)),
    st.one_of(st.just(NAN), st.floats(0, 1e6)),
    st.one_of(st.just(NAN), st.floats(0.1, 1e6)),
    st.floats(0, 1e6),
)


@given(
    st.lists(LIGNE, min_size=1, max_size=20),
    st.randoms(),
    st.sampled_from(["somme", "rapport", "moyenne-ponderee"]),
)
def test_the_order_of_the_communes_does_not_matter(lignes, hasard, regle) -> None:
    melange = list(lignes)
    hasard.shuffle(melange)
    assert _agreger(_indicateur(regle), *zip(*lignes, strict=True)) == _agreger(
        _indicateur(regle), *zip(*melange, strict=True)
    )


@given(st.lists(LIGNE, min_size=1, max_size=20))
def test_a_weighted_mean_stays_between_its_extremes(lignes) -> None:
    valeurs, num, den, pop = zip(*lignes, strict=True)
    a = _agreger(_indicateur("moyenne-ponderee"), valeurs, num, den, pop)
    vus = [v for v, d in zip(valeurs, den, strict=True) if not math.isnan(v) and not math.isnan(d)]
    assert 0 <= a.couverture <= 1
    if a.valeur is not None:
        assert min(vus) - 1e-6 * max(1, *vus) <= a.valeur <= max(vus) * (1 + 1e-9) + 1e-6
