"""What is said to be needed does keep the cushion, by the day-by-day engine; a little less does not."""

from __future__ import annotations

from pathlib import Path

import pytest

from perenne.domain.tresorerie.alea import centrer
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.flux import Recette
from perenne.domain.tresorerie.flux_depenses import Relais
from perenne.domain.tresorerie.leviers import appliquer
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.reference import derouler
from perenne.domain.tresorerie.resultat import Resultat
from perenne.services.tresorerie.fichiers import lire_plan
from perenne.services.tresorerie.simulation import simuler

PLANS = ("cafe-associatif", "regie-de-quartier", "ressourcerie")


def point_bas(plan: Plan) -> int:
    compile_ = compiler(plan)
    return min(derouler(compile_, centrer(compile_.lois).colonne(0), "securise").soldes)


@pytest.fixture(scope="module", params=PLANS)
def resultat(request: pytest.FixtureRequest, racine: Path) -> Resultat:
    return simuler(lire_plan(racine / f"data/demo/tresorerie/{request.param}.yaml"), tirages=0)


def test_the_contribution_keeps_the_cushion_and_one_cent_less_does_not(resultat: Resultat) -> None:
    b = resultat.besoins
    assert b.apport

    def avec(montant: int) -> Plan:
        return resultat.plan.avec(Recette(id="essai", montant=montant, debut=b.date_apport))

    assert point_bas(avec(b.apport)) >= b.seuil > point_bas(avec(b.apport - 1))


def test_the_relay_and_the_advance_keep_the_cushion_when_one_is_offered(resultat: Resultat) -> None:
    b = resultat.besoins
    if b.relais is not None and b.date_relais is not None:

        def prete(montant: int) -> Plan:
            assert b.date_relais is not None
            relais = Relais(
                id="essai",
                type="pret-relais",
                date=b.date_relais,
                montant=montant,
                au_plus_tard=b.fin_relais,
            )
            return resultat.plan.avec(relais)

        assert point_bas(prete(b.relais)) >= b.seuil > point_bas(prete(b.relais - 1))
    if b.quotite is not None and b.creance is not None and b.date_quotite is not None:

        def avance(points: int) -> Plan:
            assert b.creance is not None
            assert b.date_quotite is not None
            relais = Relais(
                id="essai",
                type="avance-publique",
                date=b.date_quotite,
                cible=b.creance.flux,
                echeance=b.creance.cle,
                quotite=points,
            )
            return resultat.plan.avec(relais)

        assert point_bas(avance(b.quotite)) >= b.seuil > point_bas(avance(b.quotite - 1))


def test_the_levers_named_together_keep_the_cushion_and_no_smaller_set_does(resultat: Resultat) -> None:
    b = resultat.besoins
    assert b.combinaison is not None
    leviers = {levier.id: levier for levier in resultat.leviers()}
    for ensemble in b.combinaison.leviers:
        plan = resultat.plan
        for nom in ensemble:
            plan = appliquer(plan, leviers[nom])
        assert point_bas(plan) >= b.seuil
        for nom in ensemble:
            moins = resultat.plan
            for autre in (n for n in ensemble if n != nom):
                moins = appliquer(moins, leviers[autre])
            assert point_bas(moins) < b.seuil
