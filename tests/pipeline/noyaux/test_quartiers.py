"""An imprecise point decides nothing; a precise one is judged by the exact outline."""

from __future__ import annotations

from typing import Any

import numpy as np
import shapely
from hypothesis import given
from hypothesis import strategies as st

from perenne.pipeline.noyaux.quartiers import Quartiers

CARRE = shapely.box(0, 0, 1, 1)


def _situer(quartiers: Quartiers, *points: tuple[float, float, str, str | None]) -> list[tuple[Any, Any]]:
    lon, lat, precision, commune = zip(*points, strict=True)
    statut, code = quartiers.situer(
        np.array(lon, float), np.array(lat, float), np.array(precision, dtype=object),
        np.array(commune, dtype=object),
    )  # fmt: skip
    return list(zip(statut, code, strict=True))


UN = Quartiers({"A": {"Q1"}, "B": {"Q2"}}, {"Q1": CARRE})


def test_a_precise_point_is_inside_or_outside() -> None:
    assert _situer(UN, (0.5, 0.5, "adresse", "A"), (2, 2, "adresse", "A")) == [
        ("dedans", "Q1"),
        ("dehors", None),
    ]


def test_an_imprecise_point_of_a_commune_with_a_quartier_is_unknown() -> None:
    nan = float("nan")
    points = [(0.5, 0.5, p, "A") for p in ("voie", "commune", "inconnu")] + [(nan, nan, "adresse", "A")]
    assert _situer(UN, *points) == [("inconnu", None)] * 4


def test_a_commune_without_any_quartier_is_enough_to_be_outside() -> None:
    assert _situer(UN, (float("nan"), float("nan"), "inconnu", "Z")) == [("dehors", None)]


def test_a_quartier_whose_outline_is_missing_leaves_its_commune_unknown() -> None:
    assert _situer(UN, (5, 5, "adresse", "B")) == [("inconnu", None)]


def test_an_unknown_commune_or_no_list_at_all_is_unknown() -> None:
    assert _situer(UN, (0.5, 0.5, "adresse", None)) == [("inconnu", None)]
    assert _situer(Quartiers(None, {}), (0.5, 0.5, "adresse", "A")) == [("inconnu", None)]


@given(st.lists(st.tuples(st.floats(-1, 2), st.floats(-1, 2)), min_size=1, max_size=20))
def test_inside_is_what_shapely_says_of_each_point(points: list[tuple[float, float]]) -> None:
    trouves = _situer(UN, *[(x, y, "adresse", "A") for x, y in points])
    attendus = [bool(shapely.intersects(CARRE, shapely.Point(p))) for p in points]
    assert [s == "dedans" for s, _ in trouves] == attendus
