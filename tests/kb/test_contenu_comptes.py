"""The chart of accounts covers every class, on the right side; weights name known territories, once each."""

from __future__ import annotations

import pytest

from perenne.domain.entreprise.comptes import racine_de
from perenne.domain.entreprise.postes import ACTIF, CHARGES, HORS_BILAN, PASSIF, PRODUITS
from perenne.domain.savoir.comptes import PlanComptable
from perenne.domain.savoir.ponderations import Ponderation
from perenne.reports.entreprise.mots import TERRITOIRES
from perenne.services.savoir import obtenir_base

COTES = {"1": {*PASSIF, *ACTIF}, "2": {*ACTIF}, "3": {*ACTIF}, "4": {*ACTIF, *PASSIF}, "5": {*ACTIF, *PASSIF},
         "6": {*CHARGES}, "7": {*PRODUITS}, "8": {*HORS_BILAN}}  # fmt: skip


def plan() -> PlanComptable:
    return obtenir_base().de(PlanComptable)["associations"]


def test_every_root_goes_to_the_side_of_its_class() -> None:
    for racine, a in plan().racines.items():
        assert {a.poste, a.poste_inverse} - {None} <= COTES[racine[0]], racine


@pytest.mark.parametrize("classe", "1234567")
def test_no_account_of_the_seven_classes_is_left_aside(classe: str) -> None:
    sans_objet = {"55", "56", "57"} if classe == "5" else set()
    comptes = {f"{classe}{n}" for n in range(10)} - sans_objet
    comptes -= {"24", "25", "30"}  # not used by the general chart

    assert [c for c in sorted(comptes) if racine_de(f"{c}1000", plan()) is None] == []


@pytest.mark.parametrize(
    ("compte", "poste"),
    [
        ("194000", "fonds-dedies"), ("139100", "subventions-investissement"),
        ("441700", "subventions-a-recevoir"),
        ("519300", "concours-bancaires"), ("487", "produits-constates-avance"), ("613200", "loyers"),
        ("613500", "services-exterieurs"), ("689400", "reports-fonds-dedies"), ("681100", "dotations"),
        ("741100", "subventions"), ("747", "quote-part-subventions-investissement"),
        ("777", "quote-part-subventions-investissement"), ("754200", "dons-mecenat"),
        ("755100", "dons-mecenat"),
        ("756100", "cotisations"), ("758800", "autres-produits"), ("775", "produits-cessions"),
        ("789400", "utilisations-fonds-dedies"), ("871", "contributions-nature"), ("875", "benevolat"),
    ],
)  # fmt: skip
def test_the_accounts_of_associations_go_where_the_regulation_puts_them(compte: str, poste: str) -> None:
    racine = racine_de(compte, plan())

    assert racine is not None
    assert plan().racines[racine].poste == poste


def test_weights_name_a_known_territory_or_activities_and_each_criterion_once() -> None:
    for p in obtenir_base().de(Ponderation).values():
        assert bool(p.territoire) != bool(p.activites), p.id
        assert p.territoire in ("", *TERRITOIRES)
        assert len({x.critere for x in p.poids}) == len(p.poids)
