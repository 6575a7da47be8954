"""Order of events inside a day: interest, receipts, advances, repayments, payments."""

from __future__ import annotations

import datetime as dt

from perenne.domain.tresorerie.analyse import soldes_centraux
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.echeances import Ordre
from perenne.domain.tresorerie.flux import Flux, Recette, Subvention
from perenne.domain.tresorerie.flux_depenses import Charge, Relais
from perenne.domain.tresorerie.plan import Decouvert, Plan
from perenne.domain.tresorerie.reference import derouler
from perenne.domain.tresorerie.trajectoire import Trajectoire

D = dt.date
DEBUT = D(2027, 1, 1)


def jouer(*flux: Flux) -> Trajectoire:
    plan = Plan(
        structure="E",
        debut=DEBUT,
        tresorerie_initiale=-1_000_00,
        horizon_mois=3,
        decouvert=Decouvert(taux=1_000),
        flux=flux,
    )
    return derouler(compiler(plan), (), "securise")


def test_a_day_takes_interest_receipts_advances_repayments_then_payments() -> None:
    jour = D(2027, 2, 1)
    t = jouer(
        Charge(id="loyer", montant=100_00, debut=jour, periodicite="unique"),
        Subvention(id="recue", montant=500_00, notification=DEBUT, solde_le=jour),
        Relais(id="ancienne", type="avance-publique", cible="recue", date=D(2027, 1, 10), quotite=5_000),
        Subvention(id="attendue", montant=800_00, notification=DEBUT, solde_le=D(2027, 3, 1)),
        Relais(id="nouvelle", type="avance-publique", cible="attendue", date=jour, quotite=5_000),
    )
    ordre = [(m.flux, m.ordre) for m in t.journal if m.jour == jour]
    assert ordre == [
        ("agios", Ordre.AGIOS),
        ("recue", Ordre.ENCAISSEMENT),
        ("nouvelle", Ordre.MOBILISATION),
        ("ancienne", Ordre.REMBOURSEMENT),
        ("loyer", Ordre.PAIEMENT),
    ]


def test_a_receivable_settled_that_day_is_not_advanced() -> None:
    t = jouer(
        Subvention(id="s", montant=500_00, notification=DEBUT, solde_le=D(2027, 2, 1)),
        Relais(
            id="r", type="avance-publique", cible="s", echeance="solde", date=D(2027, 2, 1), quotite=5_000
        ),
    )
    assert [m.flux for m in t.journal if m.flux != "agios"] == ["s"]


def test_no_commission_is_paid_on_an_advance_that_the_day_made_useless() -> None:
    s = Subvention(id="s", montant=500_00, notification=DEBUT, solde_le=D(2027, 2, 1))
    r = Relais(
        id="r",
        type="dailly",
        cible="s",
        echeance="solde",
        date=D(2027, 2, 1),
        quotite=5_000,
        commission=1_000,
    )
    plan = Plan(structure="E", debut=DEBUT, tresorerie_initiale=0, horizon_mois=3, flux=(s, r))
    compile_ = compiler(plan)
    assert derouler(compile_, (), "securise").soldes[-1] == 500_00
    assert soldes_centraux(compile_, "securise")[-1] == 500_00


def test_the_days_cash_is_its_closing_balance() -> None:
    t = jouer(
        Charge(id="loyer", montant=900_00, debut=DEBUT, periodicite="unique"),
        Recette(id="apport", montant=2_000_00, debut=DEBUT),
    )
    assert t.soldes[0] == 100_00


def test_overdraft_interest_is_paid_on_the_first_day_of_the_next_month() -> None:
    # 1,000 € short for 31 days at 10 %: 8.49 €; then 1,008.49 for 28 days: 7.74 €.
    assert [(m.jour, m.montant) for m in jouer().journal] == [(D(2027, 2, 1), -8_49), (D(2027, 3, 1), -7_74)]


def test_an_advance_is_repaid_in_full_even_when_the_funder_pays_less() -> None:
    s = Subvention(
        id="s", montant=500_00, notification=DEBUT, solde_le=D(2027, 2, 1), parts_observees=(2_000,)
    )
    r = Relais(id="r", type="avance-publique", cible="s", date=D(2027, 1, 2), quotite=8_000)
    compile_ = compiler(Plan(structure="E", debut=DEBUT, tresorerie_initiale=0, horizon_mois=3, flux=(s, r)))
    t = derouler(compile_, (200_000,), "securise")
    assert [m.montant for m in t.journal] == [400_00, 100_00, -400_00]
    assert t.soldes[-1] == 100_00


def test_a_claw_back_of_the_day_is_no_longer_advanced_either() -> None:
    s = Subvention(
        id="s",
        montant=500_00,
        notification=DEBUT,
        acompte=9_000,
        solde_le=D(2027, 2, 1),
        parts_observees=(1_000,),
    )
    r = Relais(
        id="r",
        type="avance-publique",
        cible="s",
        echeance="solde",
        date=D(2027, 2, 1),
        quotite=8_000,
        commission=100,
    )
    plan = Plan(structure="E", debut=DEBUT, tresorerie_initiale=0, horizon_mois=3, flux=(s, r))
    t = derouler(compiler(plan), (100_000,), "securise")
    assert [m.montant for m in t.journal] == [450_00, -400_00]
