"""How each kind of flow becomes dated instalments: expected values worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import (
    AidePoste,
    Convention,
    Dons,
    Flux,
    Marche,
    OperationUE,
    Recette,
    Subvention,
    Ventes,
)
from perenne.domain.tresorerie.flux_depenses import (
    AtelierRelais,
    Charge,
    EnNature,
    Etalement,
    Investissement,
    Relais,
    Salaires,
)
from perenne.domain.tresorerie.plan import Plan

D = dt.date


def lignes(*flux: Flux) -> list[tuple[str, D, int]]:
    plan = Plan(structure="Exemple", debut=D(2027, 1, 1), tresorerie_initiale=0, flux=flux)
    return [(e.cle, e.jour, e.montant()) for e in compiler(plan).echeances]


def test_an_agreement_pays_each_year_an_instalment_then_a_balance() -> None:
    f = Convention(
        id="c", debut=D(2027, 1, 1), montants=(20_000_00, 18_000_00), acompte=7_000,
        acompte_delai=Duree(jours=60), delai=Duree(mois=4),
    )  # fmt: skip
    assert lignes(f) == [
        ("annee-1-acompte", D(2027, 3, 2), 14_000_00),
        ("annee-2-acompte", D(2028, 3, 1), 12_600_00),
        ("annee-1-solde", D(2028, 4, 30), 6_000_00),
        ("annee-2-solde", D(2029, 4, 30), 5_400_00),
    ]


def test_a_european_operation_pays_advance_claims_then_balance() -> None:
    f = OperationUE(
        id="fse", debut=D(2027, 1, 1), fin=D(2027, 12, 31), depenses=100_000_00, taux=6_000, avance=3_000,
        avance_plafond=15_000_00, avance_delai=Duree(mois=2), demandes=(D(2027, 7, 1),),
        parts_demandees=(4_000,),
        demande_delai=Duree(mois=6), rejet=500,
    )  # fmt: skip
    # Aid 60,000; advance 18,000 limited to 15,000; claim 40 % = 24,000; accepted 57,000; balance 18,000.
    assert lignes(f) == [
        ("avance", D(2027, 3, 1), 15_000_00),
        ("demande-1", D(2028, 1, 1), 24_000_00),
        ("solde", D(2029, 12, 31), 18_000_00),
    ]


def test_a_refusal_larger_than_the_balance_is_paid_back() -> None:
    f = OperationUE(
        id="fse",
        debut=D(2027, 1, 1),
        fin=D(2027, 12, 31),
        depenses=10_000_00,
        taux=10_000,
        avance=9_000,
        rejet=2_000,
    )
    assert lignes(f)[-1] == ("solde", D(2029, 12, 31), -1_000_00)


def test_iae_aid_is_regularised_on_real_occupation() -> None:
    # 12 jobs × 24,000 € = 24,000 € a month; occupation 90 % means 2,400 € too much each month.
    f = AidePoste(
        id="aci", debut=D(2027, 1, 1), fin=D(2027, 12, 31), etp=12_00, montant_par_etp=24_000_00,
        occupation=9_000,
        modulation=500,
    )  # fmt: skip
    toutes = lignes(f)
    assert [m for cle, _, m in toutes if cle.startswith("2027-")] == [24_000_00] * 12
    assert [(cle, jour, m) for cle, jour, m in toutes if cle.startswith("regul")] == [
        ("regularisation-2027-05", D(2027, 6, 15), -12_000_00),
        ("regularisation-2027-08", D(2027, 9, 15), -7_200_00),
        ("regularisation-2027-11", D(2027, 12, 15), -7_200_00),
        ("regularisation-2027-12", D(2028, 3, 31), -2_400_00),
    ]
    # 5 % of the 259,200 € due for the year.
    assert [m for cle, _, m in toutes if cle.startswith("modul")] == [12_960_00]


def test_the_advance_of_a_public_contract_is_taken_back_between_65_and_80_per_cent() -> None:
    f = Marche(id="m", montant=100_000_00, debut=D(2027, 1, 1), fin=D(2027, 10, 31), avance=2_000)
    toutes = lignes(f)
    assert toutes[0] == ("avance", D(2027, 1, 1), 20_000_00)
    factures = {cle: m for cle, _, m in toutes[1:]}
    # 70 % done: a third of the way from 65 to 80, 6,666.67 taken back; 80 % done: the rest, 13,333.33.
    assert factures["facture-6"] == 10_000_00
    assert factures["facture-7"] == 3_333_33
    assert factures["facture-8"] == -3_333_33
    assert factures["facture-9"] == 10_000_00
    assert sum(m for _, _, m in toutes) == 100_000_00


def test_sales_follow_the_season_and_lose_bad_debt() -> None:
    saison = (1, 1, 1, 1, 1, 1, 4, 4, 1, 1, 1, 3)
    f = Ventes(
        id="v", annuel=20_000_00, debut=D(2027, 1, 1), fin=D(2027, 12, 31), saison=saison, impayes=500,
        delai=Duree(jours=30),
    )  # fmt: skip
    toutes = lignes(f)
    assert toutes[6] == ("2027-07", D(2027, 8, 14), 3_800_00)
    assert sum(m for _, _, m in toutes) == 19_000_00


def test_donations_of_a_year_sum_to_the_yearly_amount() -> None:
    f = Dons(
        id="d",
        annuel=10_000_01,
        debut=D(2027, 1, 1),
        fin=D(2027, 12, 31),
        saison=(1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 7),
    )
    assert sum(m for _, _, m in lignes(f)) == 10_000_01


@pytest.mark.parametrize(
    ("trimestriel", "charges"),
    [
        (False, [(D(2027, 2, 15), -1_000_00), (D(2027, 3, 15), -1_000_00), (D(2027, 4, 15), -1_000_00)]),
        (True, [(D(2027, 4, 15), -3_000_00)]),
    ],
)
def test_social_charges_come_the_month_or_the_quarter_after(
    trimestriel: bool, charges: list[tuple[D, int]]
) -> None:
    f = Salaires(
        id="s", net=2_000_00, charges=1_000_00, debut=D(2027, 1, 1), fin=D(2027, 3, 31),
        charges_trimestrielles=trimestriel,
    )  # fmt: skip
    toutes = lignes(f)
    assert [(j, m) for cle, j, m in toutes if cle.startswith("charges")] == charges
    assert [j for cle, j, _ in toutes if cle.startswith("net")] == [
        D(2027, 1, 28),
        D(2027, 2, 28),
        D(2027, 3, 28),
    ]


def test_an_investment_is_paid_before_its_grant() -> None:
    f = Investissement(id="i", cout=8_000_00, date=D(2027, 2, 1), subvention=5_000_00, delai=Duree(mois=6))
    assert lignes(f) == [("achat", D(2027, 2, 1), -8_000_00), ("subvention", D(2027, 8, 1), 5_000_00)]


def test_a_contribution_in_kind_is_never_cash_until_it_is_withdrawn() -> None:
    f = EnNature(
        id="local", valeur_mensuelle=900_00, debut=D(2027, 1, 1), retrait=D(2029, 10, 1), cout_mensuel=950_00
    )
    plan = Plan(structure="Exemple", debut=D(2027, 1, 1), tresorerie_initiale=0, flux=(f,))
    compile_ = compiler(plan)
    assert len(compile_.en_nature) == 33
    assert [(e.jour, e.montant()) for e in compile_.echeances] == [
        (D(2029, m, 5), -950_00) for m in (10, 11, 12)
    ]


def test_spread_charges_sum_to_what_was_due() -> None:
    paie = Salaires(id="s", net=2_000_00, charges=1_000_01, debut=D(2027, 1, 1), fin=D(2027, 3, 31))
    accord = Etalement(
        id="urssaf", cible="s", composante="charges", du=D(2027, 2, 1), au=D(2027, 4, 30), premiere=D(2027,
        6, 15),
        mensualites=7,
    )  # fmt: skip
    toutes = lignes(paie, accord)
    etalees = [(j, m) for cle, j, m in toutes if cle.startswith("urssaf")]
    assert sum(m for _, m in etalees) == -3_000_03
    assert [j for j, _ in etalees] == [D(2027, m, 15) for m in range(6, 13)]
    assert not [cle for cle, _, _ in toutes if cle.startswith("charges")]


def test_the_rent_of_an_atelier_relais_repays_the_public_loan() -> None:
    f = AtelierRelais(id="a", montant=120_000_00, date=D(2027, 1, 1), taux=0, duree_mois=24)
    toutes = lignes(f)
    assert len(toutes) == 24
    assert sum(m for _, _, m in toutes) == -120_000_00


def test_what_is_due_before_the_first_day_is_dropped_and_what_comes_after_the_horizon_is_kept() -> None:
    f = Recette(id="r", montant=1_00, debut=D(2026, 11, 1), fin=D(2031, 2, 28), periodicite="mois")
    dates = [j for _, j, _ in lignes(f)]
    assert dates[0] == D(2027, 1, 15)
    assert dates[-1] == D(2031, 2, 15)


def test_a_relay_without_a_key_aims_at_the_largest_instalment_still_to_come() -> None:
    f = Subvention(
        id="s", montant=10_000_00, notification=D(2027, 1, 1), acompte=6_000, solde_le=D(2027, 12, 31)
    )
    r = Relais(id="r", type="avance-publique", cible="s", date=D(2027, 2, 1), quotite=5_000)
    plan = Plan(structure="Exemple", debut=D(2027, 1, 1), tresorerie_initiale=0, flux=(f, r))
    compile_ = compiler(plan)
    (m,) = compile_.mobilisations
    assert (compile_.echeances[m.cible].cle, m.montant) == ("solde", 2_000_00)


def test_a_relay_never_advances_more_than_its_receivable_nor_its_ceiling() -> None:
    f = Subvention(id="s", montant=10_000_00, notification=D(2027, 1, 1), solde_le=D(2027, 12, 31))
    montants = []
    for plafond in (None, 4_000_00):
        r = Relais(
            id="r", type="avance-publique", cible="s", date=D(2027, 2, 1), montant=99_000_00, plafond=plafond
        )
        plan = Plan(structure="Exemple", debut=D(2027, 1, 1), tresorerie_initiale=0, flux=(f, r))
        montants.append(compiler(plan).mobilisations[0].montant)
    assert montants == [10_000_00, 4_000_00]


def test_a_relay_takes_the_weaker_status_of_itself_and_its_receivable() -> None:
    f = Subvention(
        id="s", statut="espere", montant=1_000_00, notification=D(2027, 1, 1), solde_le=D(2027, 12, 31)
    )
    r = Relais(id="r", type="avance-publique", cible="s", date=D(2027, 2, 1), quotite=5_000)
    plan = Plan(structure="Exemple", debut=D(2027, 1, 1), tresorerie_initiale=0, flux=(f, r))
    assert compiler(plan).mobilisations[0].statut == "espere"


def test_a_day_that_the_month_lacks_becomes_its_last_day() -> None:
    f = Charge(id="c", montant=1_00, debut=D(2028, 1, 1), fin=D(2028, 2, 29), jour=31)
    assert [j for _, j, _ in lignes(f)] == [D(2028, 1, 31), D(2028, 2, 29)]
