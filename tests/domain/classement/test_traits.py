"""Excluded phrases only cancel what stands near them."""

from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.classement.traits import TRAITS, calculer, relever
from perenne.domain.classement.types import Occurrence

FORT = Occurrence("amap", "fort", 0, 100, 110)


def exclu(debut: int) -> Occurrence:
    return Occurrence("amap", "exclu", 0, debut, debut + 10)


def test_an_excluded_phrase_cancels_its_neighbour() -> None:
    assert "amap" not in relever([FORT, exclu(120)])


def test_an_excluded_phrase_elsewhere_changes_nothing() -> None:
    assert relever([FORT, exclu(400)])["amap"].forts == [FORT]


def test_an_excluded_phrase_of_another_activity_changes_nothing() -> None:
    autre = Occurrence("festivals", "exclu", 0, 100, 110)
    assert relever([FORT, autre])["amap"].forts == [FORT]


@given(st.permutations([FORT, exclu(120), Occurrence("amap", "fort", 1, 300, 305), exclu(900)]))
def test_the_order_in_which_patterns_are_found_does_not_matter(occurrences: list[Occurrence]) -> None:
    assert [o.debut for o in relever(occurrences)["amap"].forts] == [300]


def test_a_word_of_the_name_and_of_the_first_purpose_is_told_from_a_late_one() -> None:
    def traits(debut: int) -> dict[str, float]:
        releve = relever([Occurrence("amap", "fort", 0, debut, debut + 4)])["amap"]
        valeurs = calculer(
            releve, fin_titre=20, autre_titre=True, soutien=False, score=None, fiabilite=lambda _: 1.5
        )
        return dict(zip(TRAITS, valeurs, strict=True))

    assert (traits(5)["titre"], traits(5)["debut"], traits(5)["autre_titre"]) == (1, 1, 0)
    assert (traits(60)["titre"], traits(60)["debut"], traits(60)["autre_titre"]) == (0, 1, 1)
    assert (traits(500)["titre"], traits(500)["debut"]) == (0, 0)
