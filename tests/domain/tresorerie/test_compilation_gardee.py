"""A plan compiled from flows already compiled is the same plan; searches find what they found before."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.tresorerie.alea import tirer
from perenne.domain.tresorerie.analyse import analyser, creux_et_rupture
from perenne.domain.tresorerie.compilation import compiler, compiler_flux
from perenne.domain.tresorerie.dates import Duree, construire_grille
from perenne.domain.tresorerie.flux import Recette, Statut, Ventes
from perenne.domain.tresorerie.flux_depenses import Charge, Etalement, Relais, Salaires
from perenne.domain.tresorerie.monte_carlo import estimer, seuils
from perenne.domain.tresorerie.plan import Decouvert, Plan
from perenne.domain.tresorerie.recherche import (
    ESSAI,
    MONTANT_MAX,
    apport_minimal,
    plus_petit,
    relais_minimal,
    tient,
)

DEBUT = dt.date(2027, 1, 1)


def _plan(*, taux: int = 900, loyer: int = 90_000, tresorerie: int = 200_000, mois: int = 12) -> Plan:
    return Plan(
        structure="Inventée",
        debut=DEBUT,
        tresorerie_initiale=tresorerie,
        horizon_mois=mois,
        decouvert=Decouvert(plafond=50_000, taux=taux),
        flux=(
            Salaires(id="paie", net=100_000, charges=45_000, debut=DEBUT, part_min=9000),
            Charge(id="loyer", montant=loyer, debut=DEBUT, part_max=11_000),
            Ventes(
                id="ventes", annuel=2_400_000, debut=DEBUT, fin=dt.date(2027, 12, 31),
                delai=Duree(jours=30), delai_max=Duree(jours=90),
            ),
        ),
    )  # fmt: skip


def _oublier() -> None:
    compiler.cache_clear()
    compiler_flux.cache_clear()


def test_a_flow_added_first_shifts_the_laws_of_the_others_and_nothing_else() -> None:
    plan = _plan()
    compiler(plan)
    premier = Ventes(
        id="avant", annuel=120_000, debut=DEBUT, fin=dt.date(2027, 6, 30), part_min=8000, part_max=12_000
    )
    nouveau = replace(plan, flux=(premier, *plan.flux))
    garde = compiler(nouveau)
    _oublier()
    neuf = compiler(nouveau)
    assert garde == neuf
    assert [loi.flux for loi in neuf.lois] == ["avant", "paie", "loyer", "ventes"]
    assert {e.flux: neuf.lois[e.loi_part].flux for e in neuf.echeances if e.loi_part >= 0} == {
        "avant": "avant", "paie": "paie", "loyer": "loyer",
    }  # fmt: skip


def test_a_debt_spread_over_time_leaves_the_flow_that_is_kept_as_it_was() -> None:
    plan = _plan()
    avant = compiler(plan)
    etale = Etalement(
        id="accord", cible="paie", composante="charges", du=DEBUT, au=dt.date(2027, 6, 30),
        premiere=dt.date(2027, 7, 5), mensualites=6,
    )  # fmt: skip
    apres = compiler(plan.avec(etale))
    assert [e for e in apres.echeances if e.cle.startswith("accord")]
    _oublier()
    assert compiler(plan) == avant


def test_the_same_flow_lasts_as_long_as_each_plan() -> None:
    court, long_ = compiler(_plan(mois=6)), compiler(_plan(mois=12))
    assert sum(e.flux == "loyer" for e in court.echeances) == 6
    assert sum(e.flux == "loyer" for e in long_.echeances) == 12


@pytest.mark.parametrize("scenario", ["securise", "espere"])
def test_draws_made_once_give_what_draws_made_each_time_give(scenario: Statut) -> None:
    compile_ = compiler(_plan())
    seul = estimer(compile_, scenario, nombre=200, graine=3)
    partage = estimer(compile_, scenario, nombre=200, graine=3, tirages=tirer(compile_.lois, 200, 3))
    assert (seul.fins == partage.fins).all()
    assert (seul.bas == partage.bas).all()
    assert seul.ruptures == partage.ruptures


def test_the_short_answer_is_that_of_the_whole_analysis() -> None:
    for plan in (_plan(), _plan(tresorerie=5_000_000), _plan(taux=0)):
        bilan, _ = analyser(plan, "securise")
        assert creux_et_rupture(plan, "securise") == (bilan.minimum, bilan.rupture)


@pytest.mark.parametrize(
    ("du", "au"),
    [(None, None), (dt.date(2027, 3, 10), None), (None, dt.date(2027, 3, 10)),
     (dt.date(2026, 1, 1), dt.date(2026, 6, 1)), (dt.date(2027, 3, 10), dt.date(2030, 1, 1)),
     (dt.date(2030, 1, 1), None)],
)  # fmt: skip
def test_the_overdraft_of_each_day_is_the_one_in_force(du: dt.date | None, au: dt.date | None) -> None:
    plan = replace(_plan(), decouvert=Decouvert(plafond=50_000, du=du, au=au))
    grille = construire_grille(plan.debut, plan.horizon_mois, "mois")
    jours = [grille.debut + dt.timedelta(days=n) for n in range(grille.jours)]
    assert seuils(plan, grille).tolist() == [-plan.decouvert.plafond_au(j) for j in jours]
    assert seuils(plan, grille).dtype == np.int64


@given(
    pres=st.tuples(st.integers(-50, 1050), st.integers(-50, 1050)),
    vrai=st.integers(-10, 1010),
)
def test_a_wrong_idea_of_where_to_look_changes_nothing(pres: tuple[int, int], vrai: int) -> None:
    attendu = plus_petit(lambda n: n >= vrai, 0, 1000)
    assert plus_petit(lambda n: n >= vrai, 0, 1000, pres) == attendu


@given(
    taux=st.sampled_from([0, 900, 2000]),
    loyer=st.integers(20_000, 400_000),
    tresorerie=st.integers(-500_000, 500_000),
    jour=st.integers(0, 200),
)
def test_searches_near_the_answer_find_what_searches_everywhere_find(
    taux: int, loyer: int, tresorerie: int, jour: int
) -> None:
    plan, date = _plan(taux=taux, loyer=loyer, tresorerie=tresorerie), DEBUT + dt.timedelta(days=jour)
    fin = dt.date(2027, 11, 1)

    def avec(montant: int) -> Plan:
        return plan.avec(Recette(id=ESSAI, montant=montant, debut=date))

    partout = plus_petit(lambda n: tient(avec(n), "securise", 10_000), 0, MONTANT_MAX)
    assert apport_minimal(plan, "securise", 10_000, date) == partout
    relais = relais_minimal(plan, "securise", 10_000, date=date, au_plus_tard=fin)
    if relais:
        pret = Relais(id=ESSAI, type="pret-relais", date=date, montant=relais, au_plus_tard=fin)
        moindre = replace(pret, montant=relais - 1)
        assert tient(plan.avec(pret), "securise", 10_000)
        assert relais == 1 or not tient(plan.avec(moindre), "securise", 10_000)
