"""Readings: what is compared, what is shown only, which vintages make a trend, who is near."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.domain.territoire.besoins import pointe
from perenne.domain.territoire.cget import lire_cget
from perenne.domain.territoire.lectures import (
    COMPARES_MINIMAL,
    absente,
    derniere,
    lire,
    lire_tendances,
    plus_proches,
)
from perenne.domain.territoire.mesures import Mesure

CHOMAGE = Indicateur(
    id="taux-chomage", libelle="Chômage", libelle_court="Chômage", phrase="{valeur}", theme="emploi",
    unite="%", sens="plus_haut", formule="x", agregation="rapport", mailles=("commune", "epci"), sources=(),
    serie=True,    critere_cget="pauvrete",
)  # fmt: skip


def _mesure(valeur: float | None = 15.0, millesime: str = "2021", couverture: float | None = None) -> Mesure:
    return Mesure(
        indicateur="taux-chomage", millesime=millesime, statut="secret" if valeur is None else "observe",
        valeur=valeur, couverture=couverture,
    )  # fmt: skip


def _autres(valeurs):
    return lambda _i, _m: np.array(valeurs, dtype=np.float64)


def test_a_value_is_placed_among_the_others() -> None:
    lecture = lire(CHOMAGE, _mesure(15), _autres(range(1, 20)))
    assert (lecture.compares, lecture.rang) == (20, 5)
    assert lecture.percentile == lecture.fragilite == pytest.approx(100 * (14 + 2 / 2) / 20)


def test_a_secret_value_is_read_and_never_compared() -> None:
    lecture = lire(CHOMAGE, _mesure(None), _autres(range(100)))
    assert (lecture.mesure.statut, lecture.percentile, lecture.compares) == ("secret", None, 0)


def test_too_few_comparable_territories_give_no_percentile() -> None:
    assert lire(CHOMAGE, _mesure(), _autres(range(COMPARES_MINIMAL - 2))).percentile is None
    assert lire(CHOMAGE, _mesure(), _autres(range(COMPARES_MINIMAL - 1))).percentile is not None


def test_a_value_that_covers_less_than_half_of_the_inhabitants_is_not_compared() -> None:
    assert lire(CHOMAGE, _mesure(couverture=0.49), _autres(range(50))).percentile is None
    assert lire(CHOMAGE, _mesure(couverture=0.5), _autres(range(50))).percentile is not None


def test_the_latest_observed_vintage_is_read_before_a_later_secret_one() -> None:
    trouve = derniere([_mesure(10, "2017"), _mesure(12, "2019"), _mesure(None, "2021")])
    assert trouve is not None
    assert trouve.millesime == "2019"


def test_an_indicator_of_wider_territories_is_meaningless_for_a_commune() -> None:
    large = Indicateur(**{**CHOMAGE.__dict__, "mailles": ("epci", "region")})
    assert absente(large, "commune").statut == "sans-objet"
    assert absente(large, "departement").statut == "non-observe"
    assert absente(CHOMAGE, "commune").statut == "non-observe"


def test_a_vintage_that_lacks_a_commune_is_missing_from_the_trend_and_not_lower() -> None:
    serie = [_mesure(10, "2015", 0.8), _mesure(12, "2017", 1.0), _mesure(13, "2019", None)]
    (tendance,) = lire_tendances([CHOMAGE], {"taux-chomage": serie})
    assert tendance.points == (("2017", 12), ("2019", 13))
    assert tendance.manquants == ("2015",)


def test_one_point_is_not_a_trend() -> None:
    assert lire_tendances([CHOMAGE], {"taux-chomage": [_mesure()]}) == ()


def test_a_value_equal_to_the_median_does_not_point_to_a_need() -> None:
    assert not pointe(lire(CHOMAGE, _mesure(0), _autres([0] * 40 + [5] * 3)))
    assert pointe(lire(CHOMAGE, _mesure(5), _autres([0] * 40 + [9] * 3)))


def test_the_three_criteria_are_read_one_by_one_and_the_missing_ones_are_named() -> None:
    lu = lire_cget([lire(CHOMAGE, _mesure(99), _autres(range(1, 20)))])
    assert [c.critere for c in lu.criteres] == ["population", "emploi", "pauvrete"]
    assert [c.decile for c in lu.criteres] == [None, None, 9]
    assert lu.manquants == ("population", "emploi")


def _proches(population, superficie, autres, nombre) -> list[int]:
    colonnes = np.array(autres, dtype=np.float64)  # None becomes NaN
    return plus_proches(population, superficie, colonnes[:, 0], colonnes[:, 1], nombre)


def test_the_nearest_are_near_by_population_and_by_density() -> None:
    autres = [(1000, 10.0), (1000, 100.0), (2000, 20.0), (500, 5.0)]
    assert _proches(1000, 10.0, autres, 3) == [0, 2, 3]


def test_a_territory_without_inhabitants_or_a_peer_without_area_is_left_out() -> None:
    assert _proches(0, 10.0, [(10, 1.0)], 3) == []
    assert _proches(None, 10.0, [(10, 1.0)], 3) == []
    assert _proches(10, 1.0, [(10, None), (None, 1.0), (0, 1.0), (20, 2.0)], 5) == [3]


@given(st.lists(st.tuples(st.integers(1, 10**6), st.floats(0.1, 1e4)), min_size=1, max_size=30))
def test_twice_and_half_are_as_far(autres) -> None:
    rangs = _proches(1000, 10.0, [(2000, 20.0), (500, 5.0), *autres], len(autres) + 2)
    assert len(rangs) == len(autres) + 2
    assert rangs.index(0) < rangs.index(1)
