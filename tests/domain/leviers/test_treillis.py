"""The lattice of effects: order, laws, and what confidence C and missing facts become."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.leviers.treillis import RANG, effet_de, pire
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.savoir.commun import Confiance
from perenne.domain.savoir.regles import Cas, Issue, Regle, Version

STATUTS = st.sampled_from([None, "possible", "sous_condition", "a_verifier", "exclu"])
JOUR = dt.date(2026, 1, 1)


@given(STATUTS, STATUTS, STATUTS)
def test_the_worst_effect_is_a_semilattice(a: str | None, b: str | None, c: str | None) -> None:
    assert pire([a, b]) == pire([b, a])  # type: ignore[list-item]
    assert pire([a, pire([b, c])]) == pire([pire([a, b]), c])  # type: ignore[list-item]
    assert pire([a, a]) == a  # type: ignore[list-item]
    assert pire([a, None]) == a  # type: ignore[list-item]


@given(st.lists(STATUTS), STATUTS)
def test_one_more_rule_never_improves_the_status(statuts: list[str | None], autre: str | None) -> None:
    assert RANG[pire([*statuts, autre])] >= RANG[pire(statuts)]  # type: ignore[list-item]


def _regle(cas: tuple[Cas, ...], confiance: Confiance = "A") -> Regle:
    return Regle(
        id="d/r", titre="", nature="condition", enonce="", date_applicable="date-de-reference",
        confiance=confiance, verifie_le=JOUR, versions=(Version(du=dt.date(2020, 1, 1), cas=cas),),
    )  # fmt: skip


def _effet(issue: Issue, confiance: Confiance = "A") -> str | None:
    regle = _regle((Cas(issue=issue, motif=""),), confiance)
    return effet_de(evaluer_regle(regle, {}, JOUR, {})).statut


@pytest.mark.parametrize(
    ("issue", "firme", "non_verifie"),
    [
        ("possible", "possible", None),
        ("sous_condition", "sous_condition", "a_verifier"),
        ("obligatoire", "sous_condition", "a_verifier"),
        ("exclu", "exclu", "a_verifier"),
        ("a_verifier", "a_verifier", "a_verifier"),
        ("facultatif", None, None),
        ("sans_objet", None, None),
        ("oui", None, None),
        ("non", None, None),
    ],
)
def test_effect_of_each_outcome_firm_and_unverified(
    issue: Issue, firme: str | None, non_verifie: str | None
) -> None:
    assert _effet(issue, "A") == firme
    assert _effet(issue, "B") == firme
    assert _effet(issue, "C") == non_verifie


@pytest.mark.parametrize(
    ("si_vrai", "sinon", "attendu"),
    [
        ("exclu", "possible", "a_verifier"),
        ("obligatoire", "facultatif", "sous_condition"),
        ("possible", "facultatif", "possible"),
        ("a_verifier", "possible", "a_verifier"),
        ("sans_objet", "facultatif", None),
    ],
)
def test_missing_facts_never_exclude(si_vrai: Issue, sinon: Issue, attendu: str | None) -> None:
    regle = _regle((Cas(si="fait", issue=si_vrai, motif=""), Cas(issue=sinon, motif="")))
    resultat = evaluer_regle(regle, {}, JOUR, {})
    assert resultat.manquants == ("fait",)
    assert effet_de(resultat).statut == attendu


def test_a_period_that_is_not_known_is_to_be_checked() -> None:
    regle = _regle((Cas(issue="possible", motif=""),))
    assert effet_de(evaluer_regle(regle, {}, dt.date(2019, 1, 1), {})).statut == "a_verifier"
