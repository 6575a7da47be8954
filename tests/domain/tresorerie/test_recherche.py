"""Search, sensitivity and uncertainty: expected values worked by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from scipy import stats

from perenne.domain.tresorerie.alea import Loi, tirer
from perenne.domain.tresorerie.analyse import analyser, attentes, coussin
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import Flux, OperationUE, Subvention
from perenne.domain.tresorerie.flux_depenses import Charge
from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.monte_carlo import estimer
from perenne.domain.tresorerie.plan import Decouvert, Plan
from perenne.domain.tresorerie.recherche import (
    apport_minimal,
    combinaison_minimale,
    echeance_au_plus_tard,
    plus_petit,
    quotite_minimale,
    relais_minimal,
    tient,
)
from perenne.domain.tresorerie.sensibilite import classer

D = dt.date
DEBUT = D(2027, 1, 1)
LOYER = Charge(id="loyer", montant=1_000_00, debut=DEBUT, jour=5)


def plan_de(*flux: Flux, initial: int = 0) -> Plan:
    return Plan(structure="Exemple", debut=DEBUT, tresorerie_initiale=initial, flux=flux)


def test_the_smallest_contribution_fills_the_lowest_point_and_the_cushion() -> None:
    plan = plan_de(LOYER, initial=10_000_00)
    seuil = coussin(compiler(plan), "securise", 100)
    assert seuil == 1_000_00
    assert apport_minimal(plan, "securise", seuil, DEBUT) == 27_000_00
    assert apport_minimal(plan, "securise", seuil, D(2028, 6, 1)) is None


def test_the_smallest_relay_lasts_until_its_repayment() -> None:
    solde = Subvention(id="s", montant=40_000_00, notification=DEBUT, solde_le=D(2028, 6, 1))
    plan = plan_de(LOYER, solde, initial=5_000_00)
    # 17 payments before 1 June 2028 leave −12,000: 12,000 are needed, repaid after the grant.
    assert relais_minimal(plan, "securise", 0, date=DEBUT, au_plus_tard=D(2028, 7, 1)) == 12_000_00
    assert relais_minimal(plan, "securise", 0, date=DEBUT, au_plus_tard=D(2028, 3, 1)) is None


def test_the_smallest_part_to_advance() -> None:
    fse = OperationUE(id="fse", debut=DEBUT, fin=D(2027, 12, 31), depenses=40_000_00, taux=10_000)
    plan = plan_de(LOYER, fse, initial=20_000_00)
    # Lowest point −16,000 on 5 December 2029, before the balance: 40 % of 40,000.
    assert quotite_minimale(plan, "securise", 0, cible="fse", date=D(2028, 1, 15)) == 4_000
    assert quotite_minimale(plan, "securise", 30_000_00, cible="fse", date=D(2028, 1, 15)) is None


def test_the_latest_date_of_a_first_instalment() -> None:
    f = Subvention(
        id="s",
        montant=60_000_00,
        notification=DEBUT,
        acompte=9_000,
        acompte_delai=Duree(jours=300),
        solde_le=D(2028, 1, 1),
    )
    plan = plan_de(LOYER, f, initial=4_500_00)
    # 4,500 pays January to April; the fifth rent, on 5 May, needs the instalment (received first in the day).
    assert echeance_au_plus_tard(plan, "securise", 0, cible="s") == D(2027, 5, 5)
    assert echeance_au_plus_tard(plan, "securise", 100_000_00, cible="s") is None


def test_the_smallest_combination_of_levers() -> None:
    plan = plan_de(LOYER, initial=20_000_00)
    leviers = [
        Levier(id=n, nature="locaux", cibles=("loyer",), date=DEBUT, mois=m)
        for n, m in (("six", 6), ("douze", 12))
    ]
    leviers.append(Levier(id="deux-ans", nature="locaux", cibles=("loyer",), date=DEBUT, mois=24))
    trouve = combinaison_minimale(plan, leviers, "securise", 0)
    assert trouve.leviers == (("deux-ans",),)
    assert combinaison_minimale(plan, leviers, "securise", -16_000_00).leviers == ((),)
    assert combinaison_minimale(plan, leviers, "securise", 90_000_00).leviers == ()


def test_bisection_finds_the_first_true_value() -> None:
    assert [plus_petit(lambda n, s=s: n >= s, 0, 10) for s in (0, 7, 10, 11)] == [0, 7, 10, None]


def test_the_costliest_assumption_comes_first() -> None:
    fse = OperationUE(
        id="fse",
        debut=DEBUT,
        fin=D(2027, 6, 30),
        depenses=30_000_00,
        taux=10_000,
        delai=Duree(mois=12),
        delai_max=Duree(mois=24),
    )
    plan = plan_de(LOYER, fse, initial=30_000_00)
    h = classer(plan, "securise")
    # One year late, the 30,000 come after 30 rents instead of 18: the lowest point goes from 12,000 to 0.
    assert (h[0].flux, h[0].sorte, h[0].declaree, h[0].perte) == ("fse", "retard", True, 12_000_00)
    # Rents 10 % higher, the common stress: 100 € on each of the 18 rents before the lowest point.
    assert next(x for x in h if x.flux == "loyer").perte == 18 * 100_00
    assert [x.perte for x in h] == sorted((x.perte for x in h), reverse=True)


def test_what_is_awaited_at_a_date_is_listed_by_payer() -> None:
    fse = OperationUE(
        id="fse", payeur="État", debut=DEBUT, fin=D(2027, 6, 30), depenses=30_000_00, taux=10_000
    )
    (a,) = attentes(compiler(plan_de(fse, LOYER)), "securise", D(2028, 1, 1))
    assert (a.payeur, a.jour, a.montant) == ("État", D(2029, 6, 30), 30_000_00)


def test_months_below_one_and_three_months_of_expenses() -> None:
    bilan, courbe = analyser(plan_de(LOYER, initial=36_000_00), "securise")
    assert bilan.charges_mensuelles == 1_000_00
    # Closing cash goes 35,000 … 0: below 1,000 the last month, below 3,000 the last three.
    assert (bilan.periodes_sous_un, bilan.periodes_sous_trois) == (1, 3)
    assert bilan.rupture is None
    assert courbe.soldes[0] == 35_000_00
    assert courbe.fins[-1] == D(2029, 12, 31)


def test_the_same_seed_gives_the_same_result_and_another_does_not() -> None:
    f = Subvention(
        id="s", montant=10_000_00, notification=DEBUT, solde_le=DEBUT, delai_max=Duree(mois=24), part_min=0
    )
    compile_ = compiler(plan_de(f, LOYER))
    a, b, c = (estimer(compile_, "securise", nombre=500, graine=g) for g in (1, 1, 2))
    assert (a.fins == b.fins).all()
    assert a.dates_rupture == b.dates_rupture
    assert not (a.fins == c.fins).all()


def test_draws_of_a_flow_do_not_depend_on_the_others() -> None:
    f = Subvention(id="s", montant=10_000_00, notification=DEBUT, solde_le=DEBUT, delai_max=Duree(mois=24))
    autre = Subvention(id="a", montant=10_000_00, notification=DEBUT, solde_le=DEBUT, delai_max=Duree(mois=3))
    seul, ensemble = compiler(plan_de(f)), compiler(plan_de(autre, f))
    rang = next(i for i, loi in enumerate(ensemble.lois) if loi.flux == "s")
    assert (tirer(seul.lois, 50, 3).valeurs[0] == tirer(ensemble.lois, 50, 3).valeurs[rang]).all()


@pytest.mark.parametrize(("bas", "mode", "haut"), [(0, 0, 90), (-30, 0, 60), (700_000, 1_000_000, 1_000_000)])
def test_the_triangular_law_equals_scipy(bas: int, mode: int, haut: int) -> None:
    u = np.linspace(0, 0.999, 101)
    attendu = stats.triang((mode - bas) / (haut - bas), loc=bas, scale=haut - bas).ppf(u)
    assert np.abs(Loi("f", "delai", bas, mode, haut).quantile(u) - attendu).max() <= 0.5 + 1e-6


def test_an_empirical_law_draws_only_what_was_observed() -> None:
    loi = Loi("f", "delai", 10, 0, 90, (10, 90, 40))
    assert set(loi.quantile(np.linspace(0, 0.999, 30))) == {10, 40, 90}
    assert loi.central == 40


def test_probability_of_rupture_of_a_coin_toss() -> None:
    # Paid on time one time out of two, six months late otherwise; cash lasts three months.
    f = Subvention(
        id="s", montant=50_000_00, notification=DEBUT, solde_le=D(2027, 1, 20), delais_observes=(0, 180)
    )
    plan = plan_de(f, LOYER, initial=3_000_00)
    r = estimer(compiler(plan), "securise", nombre=4_000, graine=5, coussin=1_000_00)
    assert r.probabilite_rupture == pytest.approx(0.5, abs=3 * (0.25 / 4_000) ** 0.5)
    assert r.dates_rupture == (D(2027, 4, 5),) * 3
    # On time, the lowest point is the opening month (2,000): nothing is missing. Late, it is −4,000.
    assert r.besoin_relais[2] == 5_000_00
    assert list(r.rupture_cumulee[:4]) == [0, 0, 0, r.ruptures]


def test_an_authorised_overdraft_puts_the_rupture_off() -> None:
    plan = Plan(
        structure="E",
        debut=DEBUT,
        tresorerie_initiale=0,
        decouvert=Decouvert(plafond=2_500_00),
        flux=(LOYER,),
    )
    bilan, _ = analyser(plan, "securise")
    assert (bilan.premier_negatif, bilan.rupture) == (D(2027, 1, 5), D(2027, 3, 5))
    assert tient(plan, "securise", -36_000_00)
    assert not tient(plan, "securise", -35_999_99)
