"""The five plans worked by hand in `docs/explications/tresorerie-cas-calcules.md`, to the cent."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy_financial as npf
import pytest

from perenne.domain.tresorerie.analyse import analyser, soldes_centraux
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import OperationUE, Subvention, Ventes
from perenne.domain.tresorerie.flux_depenses import Charge, Emprunt, Investissement, Relais, Salaires
from perenne.domain.tresorerie.plan import Decouvert, Plan, RegimeTva
from perenne.domain.tresorerie.reference import derouler

D = dt.date


def closings(plan: Plan) -> dict[D, int]:
    compile_ = compiler(plan)
    soldes = derouler(compile_, [loi.central for loi in compile_.lois], "securise").soldes
    assert tuple(soldes_centraux(compile_, "securise")) == soldes
    return {plan.debut + dt.timedelta(days=n): s for n, s in enumerate(soldes)}


def fse(avance: int, horizon: int = 60) -> Plan:
    operations = tuple(
        OperationUE(
            id=f"fse-{a}", debut=D(a, 1, 1), fin=D(a, 12, 31), depenses=60_000_00, taux=10_000, avance=avance
        )
        for a in range(2027, 2032)
    )
    depenses = Charge(id="operation", montant=5_000_00, debut=D(2027, 1, 1), jour=15)
    return Plan(
        structure="Ressourcerie de Valfiction", debut=D(2027, 1, 1), tresorerie_initiale=0,
        horizon_mois=horizon, flux=(*operations, depenses),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("avance", "fins", "creux", "moyenne"),
    [
        (0, (-60_000_00, -120_000_00, -120_000_00), -180_000_00, -150_000_00),
        (3_000, (-42_000_00, -84_000_00, -84_000_00), -126_000_00, -96_000_00),
    ],
    ids=["sans avance", "avance de 30 %"],
)
def test_case_1_a_yearly_fse_operation(avance: int, fins: tuple[int, ...], creux: int, moyenne: int) -> None:
    soldes = closings(fse(avance))
    assert tuple(soldes[D(a, 12, 31)] for a in (2027, 2028, 2029)) == fins
    assert min(soldes.values()) == creux == soldes[D(2029, 12, 15)]
    croisiere = [s for jour, s in soldes.items() if jour.year == 2030]
    # The mean of the derivation is that of a continuous spending; monthly payments stay within 1 %.
    assert np.mean(croisiere) == pytest.approx(moyenne, rel=0.01)


def test_case_2_payroll_a_late_grant_and_an_overdraft() -> None:
    plan = Plan(
        structure="Régie", debut=D(2027, 1, 1), tresorerie_initiale=10_000_00, horizon_mois=6,
        decouvert=Decouvert(plafond=5_000_00, taux=1_000),
        flux=(
            Salaires(id="paie", net=4_000_00, charges=2_000_00, debut=D(2027, 1, 1)),
            Subvention(
                id="ville", montant=24_000_00, notification=D(2027, 3, 15), acompte=5_000,
                acompte_delai=Duree(jours=30), solde_le=D(2027, 12, 31), delai=Duree(jours=60),
            ),
        ),
    )  # fmt: skip
    soldes = closings(plan)
    attendus = {
        D(2027, 1, 28): 6_000_00, D(2027, 2, 28): 0, D(2027, 3, 15): -2_000_00, D(2027, 3, 28): -6_000_00,
        D(2027, 4, 1): -6_013_70, D(2027, 4, 14): 5_986_30, D(2027, 4, 28): -13_70, D(2027, 5, 1): -35_13,
        D(2027, 5, 28): -6_035_13, D(2027, 6, 1): -6_049_13, D(2027, 6, 30): -12_049_13,
    }  # fmt: skip
    assert {jour: soldes[jour] for jour in attendus} == attendus
    bilan, _ = analyser(plan, "securise")
    assert (bilan.premier_negatif, bilan.rupture) == (D(2027, 3, 15), D(2027, 3, 28))


def test_case_3_vat_credit_carried_then_refunded() -> None:
    plan = Plan(
        structure="Café", debut=D(2027, 1, 1), tresorerie_initiale=10_000_00, horizon_mois=6,
        tva=RegimeTva(mois_remboursement=(3, 6, 9, 12)),
        flux=(
            Ventes(id="bar", annuel=12_000_00, debut=D(2027, 1, 1), fin=D(2027, 6, 30), tva=2_000),
            Charge(id="achats", montant=400_00, debut=D(2027, 1, 1), jour=10, tva=2_000),
            Investissement(id="machine", cout=6_000_00, date=D(2027, 2, 10), tva=2_000),
        ),
    )  # fmt: skip
    soldes = closings(plan)
    attendus = [10_720_00, 4_120_00, 4_840_00, 5_560_00, 6_160_00, 7_720_00]
    fins = [D(2027, 1, 31), D(2027, 2, 28), D(2027, 3, 31), D(2027, 4, 30), D(2027, 5, 31), D(2027, 6, 30)]
    assert [soldes[f] for f in fins] == attendus
    assert soldes[D(2027, 6, 19)] == 6_160_00 + 720_00
    assert derouler(compiler(plan), (), "securise").tva_restante == 120_00


def test_case_4_a_grant_assigned_to_a_bank() -> None:
    subvention = Subvention(
        id="region",
        montant=50_000_00,
        notification=D(2027, 1, 10),
        solde_le=D(2027, 6, 30),
        delai=Duree(mois=6),
    )
    couts = Charge(id="couts", montant=6_000_00, debut=D(2027, 7, 1), jour=5)
    dailly = Relais(
        id="banque", type="dailly", cible="region", date=D(2027, 7, 1), quotite=8_000, taux=600, commission=50
    )
    plan = Plan(
        structure="Association", debut=D(2027, 7, 1), tresorerie_initiale=5_000_00, horizon_mois=6,
        flux=(subvention, couts, dailly),
    )  # fmt: skip
    soldes = closings(plan)
    assert soldes[D(2027, 7, 1)] == 44_800_00
    assert soldes[D(2027, 12, 5)] == 8_800_00
    assert soldes[D(2027, 12, 30)] == 17_603_29
    assert min(closings(plan.sans("banque")).values()) == -31_000_00


def test_case_5_a_loan_with_grace_and_a_grant_paid_after_the_expense() -> None:
    plan = Plan(
        structure="Atelier", debut=D(2027, 3, 1), tresorerie_initiale=15_000_00, horizon_mois=36,
        flux=(
            Emprunt(id="pret", montant=30_000_00, date=D(2027, 3, 1), taux=360, duree_mois=36,
            differe_mois=6),
            Investissement(
                id="machine", cout=40_000_00, date=D(2027, 3, 15), subvention=20_000_00, delai=Duree(mois=8)
            ),
        ),
    )  # fmt: skip
    soldes = closings(plan)
    assert round(-100 * float(npf.pmt(0.003, 30, 30_000))) == 1_047_17
    attendus = {
        D(2027, 3, 1): 45_000_00, D(2027, 3, 15): 5_000_00, D(2027, 9, 1): 4_460_00, D(2027, 11, 1): 2_365_66,
        D(2027, 11, 15): 22_365_66, D(2027, 12, 1): 21_318_49,
    }  # fmt: skip
    assert {jour: soldes[jour] for jour in attendus} == attendus
