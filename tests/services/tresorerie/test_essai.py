"""Levers switched on together: the sentence and the curve are those of the plan with these levers."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from perenne.domain.tresorerie.leviers import appliquer
from perenne.reports.tresorerie.figures import dessiner_essai
from perenne.reports.tresorerie.phrases import reponse
from perenne.services.tresorerie.essai import TIRAGES, essayer
from perenne.services.tresorerie.fichiers import lire_plan
from perenne.services.tresorerie.interpretation import PlanLu
from perenne.services.tresorerie.simulation import simuler
from perenne.services.tresorerie.tailles import PlanTropGrand

AU = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def cafe(racine: Path) -> PlanLu:
    return lire_plan(racine / "data" / "demo" / "tresorerie" / "cafe-associatif.yaml")


def test_without_levers_the_answer_is_that_of_the_plan(cafe: PlanLu) -> None:
    essai = essayer(cafe, au=AU)
    assert essai.apres == ""
    assert essai.avant == reponse(simuler(cafe, tirages=0, choisis=("aucun",)))
    assert [i.actif for i in essai.interrupteurs] == [False] * 3


def test_a_lever_switched_on_changes_the_answer_and_keeps_the_other(cafe: PlanLu) -> None:
    """The commune advances 90 % of the 5 400 € of the kitchen: 4 860 € more at the lowest point."""
    essai = essayer(cafe, actifs=["avance-commune"], au=AU)
    assert "passe sous zéro" in essai.avant
    assert "La trésorerie tient" in essai.apres
    assert "avec : au plus bas" in essai.figure.description
    assert "sans : au plus bas" in essai.figure.description
    assert [i.actif for i in essai.interrupteurs] == [True, False, False]


def test_a_lever_that_does_not_exist_is_left_aside(cafe: PlanLu) -> None:
    assert essayer(cafe, actifs=["inconnu"], au=AU).apres == ""


def test_levers_seen_together_say_what_the_whole_simulation_of_that_plan_says(racine: Path) -> None:
    for nom in ("cafe-associatif", "ressourcerie"):
        lu = lire_plan(racine / "data" / "demo" / "tresorerie" / f"{nom}.yaml")
        for choisis in (lu.leviers[:1], lu.leviers[:2]):
            essai = essayer(lu, actifs=[x.id for x in choisis], au=AU)
            entier = simuler(
                PlanLu(plan=appliquer(lu.plan, *choisis)), choisis=("aucun",), tirages=TIRAGES, graine=1
            )
            sans = simuler(lu, tirages=TIRAGES, graine=1, au=AU)
            assert essai.apres == reponse(entier)
            assert essai.figure == dessiner_essai(sans.courbes[0], entier.courbes[0], entier.incertitudes[0])


def test_a_plan_too_large_is_refused_before_anything_is_computed(cafe: PlanLu) -> None:
    large = replace(cafe, plan=replace(cafe.plan, horizon_mois=61))
    with pytest.raises(PlanTropGrand, match="61 mois : 60 au plus"):
        essayer(large)
