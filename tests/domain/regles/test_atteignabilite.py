"""Which cases can apply: nothing that applies to some situation is ever called unreachable."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.regles.atteignabilite import cas_atteignables
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.regles.types import Portee, Type
from perenne.domain.savoir.regles import Cas, Regle, Version

JOUR = dt.date(2026, 1, 1)
PORTEE = Portee(
    {
        "x": Type("nombre", "", minimum=0),
        "y": Type("nombre", "", minimum=0),
        "a": Type("booleen"),
        "f": Type("choix", valeurs=frozenset({"u", "v", "w"})),
        "z": Type("choix_multiple", valeurs=frozenset({"qpv", "frr"})),
        "d": Type("date"),
    }
)
SEUILS = st.decimals(min_value=0, max_value=5, places=1)
COMPARAISONS = st.sampled_from(["<", "<=", ">", ">=", "=", "!="])
TERMES = st.sampled_from(["x", "y", "x + y", "2 * x", "x - y"])
ATOMES = st.one_of(
    st.builds(lambda t, op, s: f"{t} {op} {s}", TERMES, COMPARAISONS, SEUILS),
    st.builds(lambda op: f"x {op} y", COMPARAISONS),
    st.sampled_from(["a", "f = 'u'", "f dans ['u', 'v']", "'qpv' dans z", "d >= 2020-06-01"]),
)
CONDITIONS = st.one_of(
    ATOMES, st.builds(lambda p, m, q: f"{p} {m} {q}", ATOMES, st.sampled_from(["et", "ou"]), ATOMES)
)
FAITS = st.fixed_dictionaries(
    {
        "x": st.decimals(min_value=0, max_value=8, places=1),
        "y": st.decimals(min_value=0, max_value=8, places=1),
        "a": st.booleans(),
        "f": st.sampled_from(["u", "v", "w"]),
        "z": st.frozensets(st.sampled_from(["qpv", "frr"])),
        "d": st.dates(dt.date(2019, 1, 1), dt.date(2021, 12, 31)),
    }
)


def _regle(conditions: list[str]) -> Regle:
    cas = (*(Cas(si=c, issue="possible", motif="") for c in conditions), Cas(issue="exclu", motif=""))
    return Regle(
        id="d/r", titre="", nature="condition", enonce="", date_applicable="date-de-reference",
        confiance="A", verifie_le=JOUR, versions=(Version(du=dt.date(2020, 1, 1), cas=cas),),
    )  # fmt: skip


def _atteints(*conditions: str) -> set[int]:
    return set(cas_atteignables(_regle(list(conditions)), 0, PORTEE, {}).atteints)


@given(st.lists(CONDITIONS, min_size=1, max_size=3), FAITS)
def test_a_case_that_applies_to_a_situation_is_reachable(
    conditions: list[str], faits: dict[str, object]
) -> None:
    regle = _regle(conditions)
    resultat = evaluer_regle(regle, faits, JOUR, {})  # type: ignore[arg-type]
    trouve = cas_atteignables(regle, 0, PORTEE, {})
    assert not trouve.complete or len(resultat.cas) - 1 in trouve.atteints


@pytest.mark.parametrize(
    ("conditions", "atteints"),
    [
        (["x > 3.2 et x < 3.3"], {0, 1}),
        (["x > 3.3 et x < 3.2"], {1}),
        (["x < 0"], {1}),
        (["x >= 0"], {0}),
        (["x + y > 10 et x < 1 et y < 9.5"], {0, 1}),
        (["x + y > 10 et x < 1 et y < 9"], {1}),
        (["x * 3 < 10 et x > 3.2"], {0, 1}),
        (["x > 2", "x > 3"], {0, 2}),
        (["a", "non a"], {0, 1}),
        (["a et non a"], {1}),
        (["f dans ['u', 'v']", "f = 'w'"], {0, 1}),
        (["'qpv' dans z et 'frr' dans z", "'qpv' dans z"], {0, 1, 2}),
        (["d > 2020-06-01 et d < 2020-06-03"], {0, 1}),
        (["x > y et y > x"], {1}),
    ],
)
def test_reachable_cases(conditions: list[str], atteints: set[int]) -> None:
    assert _atteints(*conditions) == atteints


def test_what_mixes_facts_and_is_not_reached_is_not_decided() -> None:
    trouve = cas_atteignables(_regle(["x + y > 10 et x < 1 et y < 9"]), 0, PORTEE, {})
    assert not trouve.complete


def test_a_figure_that_changes_during_the_period_is_tried_at_each_date() -> None:
    seuil = Regle(
        id="d/seuil", titre="", nature="valeur", unite="EUR", enonce="", date_applicable="date-de-reference",
        confiance="A", verifie_le=JOUR,
        versions=(Version(du=dt.date(2020, 1, 1), valeur=10), Version(du=dt.date(2024, 1, 1), valeur=20)),
    )  # fmt: skip
    regle = _regle(["valeur('d/seuil') > 15"])
    regles = {"d/seuil": seuil, "d/r": regle}
    assert cas_atteignables(regle, 0, PORTEE, regles).atteints == {0, 1}
    assert evaluer_regle(regle, {}, dt.date(2023, 12, 31), regles).issue == "exclu"
    assert evaluer_regle(regle, {}, dt.date(2024, 1, 1), regles).issue == "possible"
    assert evaluer_regle(seuil, {}, dt.date(2024, 1, 1), regles).valeur == Decimal(20)
