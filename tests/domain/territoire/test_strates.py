"""Strata: density, overseas apart, great towns apart, widened when too small."""

from __future__ import annotations

import pytest

from perenne.domain.territoire.identite import Territoire, TypeTerritoire
from perenne.domain.territoire.strates import EFFECTIF_MINIMAL, choisir_strate


def _t(
    type_: TypeTerritoire,
    densite: int | None,
    *,
    population: int = 1000,
    drom: bool = False,
    nature: str = "",
) -> Territoire:
    return Territoire(
        type=type_, code="1", nom="x", densite=densite, population=population, drom=drom, nature=nature
    )


def test_a_commune_is_compared_with_its_own_class_of_density() -> None:
    s = choisir_strate(_t("commune", 5), lambda _: 5000)
    assert (s.type, s.densites, s.drom, s.elargie, s.nombre) == ("commune", (5,), False, False, 5000)


def test_a_great_town_is_not_compared_with_suburbs() -> None:
    s = choisir_strate(_t("commune", 1, population=500_000), lambda _: 40)
    assert (s.population_min, s.population_max) == (100_000, None)
    s = choisir_strate(_t("commune", 1, population=89_916), lambda _: 40)
    assert (s.population_min, s.population_max) == (50_000, 100_000)
    s = choisir_strate(_t("commune", 1, population=20_000), lambda _: 40)
    assert (s.population_min, s.population_max) == (None, 50_000)


@pytest.mark.parametrize("densite", range(1, 8))
@pytest.mark.parametrize(
    "type_", ["commune", "epci", "departement", "region", "qpv", "arrondissement-municipal"]
)
@pytest.mark.parametrize("drom", [True, False])
def test_overseas_is_always_apart_and_the_class_is_always_in(type_, densite, drom) -> None:
    s = choisir_strate(_t(type_, densite, drom=drom), lambda _: 1000)
    assert s.drom is drom
    assert not s.densites or densite in s.densites


def test_a_stratum_too_small_is_widened_and_says_so() -> None:
    tailles = {(1,): EFFECTIF_MINIMAL - 1, (): 96}
    s = choisir_strate(_t("epci", 1), lambda s: tailles[s.densites])
    assert (s.densites, s.elargie, s.nombre) == ((), True, 96)


def test_a_commune_without_a_class_is_compared_with_all() -> None:
    assert choisir_strate(_t("commune", None), lambda _: 30000).densites == ()


def test_a_union_is_compared_with_epcis_unless_made_of_departements() -> None:
    assert choisir_strate(_t("union", 6), lambda _: 500).type == "epci"
    assert choisir_strate(_t("union", 6, nature="departement"), lambda _: 50).type == "departement"
