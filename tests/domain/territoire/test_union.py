"""Unions: same answer whatever the order, populations and areas add up, nothing counts twice."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.union import unir


def _commune(n: int, population: int | None = None, densite: int = 5, drom: bool = False) -> Territoire:
    return Territoire(
        type="commune", code=f"23{n:03d}", nom=f"C{n}",
        population=100 * n if population is None else population,
        superficie_km2=1.5 * n, lon=2.0 + n / 100, lat=46.0, departement="23", region="75", epci="E",
        densite=densite, drom=drom, communes=(f"23{n:03d}",),
    )  # fmt: skip


COMMUNES = {c.code: c for c in (_commune(n, densite=1 + n % 7) for n in range(1, 30))}
PARTIES = st.lists(st.sampled_from(sorted(COMMUNES)), min_size=2, max_size=12)


@given(PARTIES, st.randoms())
def test_the_order_of_the_parts_changes_nothing(codes, hasard) -> None:
    melange = list(codes)
    hasard.shuffle(melange)
    assert unir([COMMUNES[c] for c in codes], COMMUNES) == unir([COMMUNES[c] for c in melange], COMMUNES)


@given(PARTIES)
def test_populations_and_areas_add_up_once_each(codes) -> None:
    u = unir([COMMUNES[c] for c in codes], COMMUNES)
    distincts = set(codes)
    assert u.population == sum(COMMUNES[c].population or 0 for c in distincts)
    assert u.superficie_km2 == pytest.approx(sum(COMMUNES[c].superficie_km2 or 0 for c in distincts))
    assert set(u.communes) == distincts


def test_an_epci_and_one_of_its_communes_make_the_epci_and_no_more() -> None:
    epci = Territoire(type="epci", code="200000001", nom="CC", communes=("23001", "23002"))
    u = unir([epci, COMMUNES["23001"]], COMMUNES)
    assert u.population == 300
    assert u.communes == ("23001", "23002")


def test_a_single_part_is_itself() -> None:
    assert unir([COMMUNES["23001"], COMMUNES["23001"]], COMMUNES) is COMMUNES["23001"]


def test_an_unknown_population_is_not_counted_as_zero() -> None:
    sans = Territoire(type="commune", code="23099", nom="X", communes=("23099",))
    assert unir([COMMUNES["23001"], sans], {**COMMUNES, "23099": sans}).population is None


def test_the_dominant_density_is_where_most_people_live() -> None:
    ville, village = _commune(1, population=900, densite=2), _commune(2, population=100, densite=6)
    assert unir([ville, village], {c.code: c for c in (ville, village)}).densite == 2


def test_a_quarter_does_not_add_up_with_communes() -> None:
    qpv = Territoire(type="qpv", code="QN1", nom="Q", communes=("23001",))
    with pytest.raises(ValueError, match="QPV"):
        unir([qpv, COMMUNES["23001"]], COMMUNES)
