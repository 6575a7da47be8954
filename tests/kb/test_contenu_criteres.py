"""The sustainability grid and the stages of `knowledge/`."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.criteres import Critere
from perenne.kb.controles_criteres import controler_criteres
from perenne.services.savoir import obtenir_base

SAVOIR = Path(__file__).resolve().parents[2] / "knowledge"

# Chosen for a thirty-minute interview.
ESSENTIELS = {"T1", "A2", "A3", "A4", "A6", "A8", "A13", "B1", "B2", "B8", "C2", "C5", "C9", "C11"}


@cache
def base() -> BaseSavoir:
    return obtenir_base(SAVOIR)


def criteres() -> list[Critere]:
    return list(base().criteres.values())


def avec(critere: Critere) -> BaseSavoir:
    return replace(base(), fiches=MappingProxyType({**base().fiches, "critere": {critere.id: critere}}))


def test_the_grid_has_one_transversal_criterion_and_three_families() -> None:
    assert Counter(c.famille for c in criteres()) == {"T": 1, "A": 14, "B": 11, "C": 13}
    assert set(base().familles) == {"T", "A", "B", "C"}
    for c in criteres():
        assert c.id == f"{c.famille}{c.ordre}"


def test_what_comes_from_the_study_is_told_apart_from_the_rest() -> None:
    par_provenance = Counter(c.provenance for c in criteres())
    assert par_provenance == {"etude": 31, "etude-infere": 5, "externe": 2, "proposition": 1}
    infere = {c.id for c in criteres() if c.provenance == "etude-infere"}
    assert infere == {"A3", "B1", "B4", "C3", "C13"}
    for c in criteres():
        if c.provenance == "etude":
            assert c.preuves, c.id
            assert c.source.document == "etude-anct-2021", c.id


def test_every_family_says_that_the_grid_is_a_reconstruction() -> None:
    assert all("reconstitution" in f.reconstitution for f in base().familles.values())


def test_thirty_minutes_are_enough_for_the_essential_criteria() -> None:
    assert {c.id for c in criteres() if c.essentiel} == ESSENTIELS
    assert sum(len(c.mesures) for c in criteres() if c.essentiel) <= 40


def test_every_benchmark_is_editable_and_ours_is_never_confident() -> None:
    for c in criteres():
        for r in c.reperes:
            assert r.editable, c.id
            assert r.source is not None, c.id
            if r.type == "proposition":
                assert r.confiance == "C", c.id
                assert r.source.document == "propositions-perenne", c.id
            else:
                assert r.source.document != "propositions-perenne", c.id


def test_the_reading_of_answers_is_a_proposal() -> None:
    for c in criteres():
        assert c.lecture.provenance == "proposition"
        assert len({c.lecture.oui, c.lecture.moyen, c.lecture.non}) == 3, c.id


def test_questions_are_questions_without_accounting_terms() -> None:
    jargon = ("HHI", "BFR", "FRNG", "CAF", "HHI", "ETP", "ratio", "passif")
    for c in criteres():
        assert c.question.rstrip().endswith("?"), c.id
        assert not [j for j in jargon if j in c.question], c.id


def test_every_measure_is_a_fact_that_expressions_may_name() -> None:
    assert [f"{c.id} {c.message}" for c in controler_criteres(base())] == []


def test_a_measure_that_is_not_a_fact_and_a_benchmark_of_nothing_are_reported() -> None:
    sain = base().criteres["A6"]
    faux = replace(
        sain,
        mesures=(replace(sain.mesures[0], id="tresorerie_inconnue"),),
        reperes=(replace(sain.reperes[0], mesure="tresorerie_mois"),),
    )
    chemins = [c.chemin for c in controler_criteres(avec(faux))]
    assert chemins == [("mesures", 0, "id"), ("reperes", 0, "mesure")]


def test_five_stages_in_order_and_the_study_s_own_field() -> None:
    stades = sorted(base().stades.values(), key=lambda s: s.ordre)
    assert [s.id for s in stades] == [
        "emergence",
        "amorcage",
        "consolidation",
        "changement-echelle",
        "rebond",
    ]
    # Annex 1: the enterprises are at least three years old, consolidating or growing.
    assert [s.id for s in stades if s.champ_etude] == ["consolidation", "changement-echelle"]


def test_an_advice_said_to_come_from_the_study_names_a_case() -> None:
    for s in base().stades.values():
        for conseil in (*s.actions_adaptees, *s.actions_a_eviter):
            assert conseil.cas or conseil.provenance == "proposition", (s.id, conseil.action)
