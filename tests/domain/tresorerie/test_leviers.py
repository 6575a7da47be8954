"""Levers: what each does to the plan, what it costs its actor, all worked by hand."""

from __future__ import annotations

import datetime as dt

import pytest

from perenne.domain.tresorerie.analyse import analyser
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.effets import comparer, mesurer
from perenne.domain.tresorerie.flux import Flux, OperationUE, Subvention
from perenne.domain.tresorerie.flux_depenses import Charge, Emprunt, EnNature, Salaires
from perenne.domain.tresorerie.levier import Levier, LevierInapplicable
from perenne.domain.tresorerie.leviers import OPERATIONS, appliquer
from perenne.domain.tresorerie.plan import Plan

D = dt.date
DEBUT = D(2027, 1, 1)


def plan_de(*flux: Flux, initial: int = 0) -> Plan:
    return Plan(structure="Exemple", debut=DEBUT, tresorerie_initiale=initial, flux=flux)


FSE = OperationUE(id="fse", payeur="fse", debut=DEBUT, fin=D(2027, 12, 31), depenses=60_000_00, taux=10_000)
LOYER = Charge(id="loyer", montant=1_000_00, debut=DEBUT, jour=5)


def test_advancing_funds_moves_money_and_costs_nothing_in_the_end() -> None:
    levier = Levier(id="av", nature="avance-fonds", acteur="departement", cibles=("fse",), quotite=8_000)
    effet = mesurer(plan_de(FSE, LOYER, initial=20_000_00), levier, "securise")
    # Without: 20,000 − 1,000 a month, below zero on the 21st payment (5 September 2028).
    assert effet.avant.rupture == D(2028, 9, 5)
    # With: 48,000 on 31 December 2027 (the work is done), repaid by the balance on 31 December 2029.
    assert effet.apres.rupture is None
    assert effet.cout.pointe == 48_000_00
    assert effet.cout.jour_pointe == D(2027, 12, 31)
    assert effet.cout.net == 0
    assert effet.cout.jours_exposes == 731
    assert effet.jours_gagnes == (D(2030, 1, 1) - D(2028, 9, 5)).days
    assert effet.apres.final == effet.avant.final


def test_an_advance_repaid_by_the_funder_leaves_the_total_unchanged() -> None:
    avant = plan_de(FSE, LOYER)
    apres = appliquer(
        avant, Levier(id="a", nature="avance-fonds", cibles=("fse",), quotite=10_000, date=D(2028, 2, 1))
    )
    assert analyser(avant, "securise")[0].final == analyser(apres, "securise")[0].final


def test_a_faster_instalment_costs_the_funder_time_only() -> None:
    f = Subvention(
        id="ville", payeur="ville", montant=24_000_00, notification=D(2027, 1, 10), acompte=5_000,
        acompte_delai=Duree(jours=120), acompte_delai_max=Duree(jours=200), solde_le=D(2027, 12, 31),
    )  # fmt: skip
    levier = Levier(
        id="l", nature="acompte", acteur="ville", cibles=("ville",), quotite=8_000, delai=Duree(jours=20)
    )
    nouveau = appliquer(plan_de(f), levier)
    (acompte, solde) = compiler(nouveau).echeances
    assert (acompte.jour, acompte.montant(), acompte.loi_retard) == (D(2027, 1, 30), 19_200_00, -1)
    assert solde.montant() == 4_800_00
    cout = mesurer(plan_de(f), levier, "securise").cout
    # 19,200 out from 30 January; the 12,000 of the old plan would have left on 10 May.
    assert (cout.pointe, cout.net) == (19_200_00, 0)


def test_yearly_grants_become_a_signed_agreement() -> None:
    annuelles = [
        Subvention(
            id=f"s{a}",
            statut="probable",
            payeur="epci",
            montant=10_000_00,
            notification=D(a, 6, 1),
            solde_le=D(a, 12, 31),
        )
        for a in (2027, 2028, 2029)
    ]
    plan = plan_de(*annuelles)
    levier = Levier(
        id="cpo", nature="pluriannualite", acteur="epci", cibles=("s2027", "s2028", "s2029"), date=DEBUT,
        quotite=8_000, delai=Duree(mois=1),
    )  # fmt: skip
    assert analyser(plan, "securise")[0].final == 0
    apres = appliquer(plan, levier)
    # The last balance falls due on the last day of the horizon.
    assert analyser(apres, "securise")[0].final == 30_000_00
    assert mesurer(plan, levier, "securise").cout.net == 0


def test_premises_lent_for_a_year_turn_a_rent_into_a_value_in_kind() -> None:
    levier = Levier(
        id="local", nature="locaux", acteur="commune", cibles=("loyer",), date=D(2027, 7, 1), mois=12
    )
    effet = mesurer(plan_de(LOYER, initial=36_000_00), levier, "securise")
    assert effet.apres.final - effet.avant.final == 12_000_00
    assert (effet.cout.net, effet.cout.nature) == (12_000_00, 12_000_00)


def test_what_the_actor_already_lends_is_not_a_cost_of_the_lever() -> None:
    salle = EnNature(id="salle", payeur="commune", valeur_mensuelle=300_00, debut=DEBUT)
    levier = Levier(
        id="local", nature="locaux", acteur="commune", cibles=("loyer",), date=D(2027, 7, 1), mois=12
    )
    cout = mesurer(plan_de(LOYER, salle), levier, "securise").cout
    assert (cout.net, cout.nature) == (12_000_00, 12_000_00)


def test_a_landlord_who_lends_its_premises_gives_up_the_rent_once() -> None:
    loyer = Charge(id="loyer", payeur="bailleur", montant=1_000_00, debut=DEBUT, jour=5)
    levier = Levier(
        id="l", nature="locaux", acteur="bailleur", cibles=("loyer",), date=D(2027, 7, 1), mois=12
    )
    assert mesurer(plan_de(loyer), levier, "securise").cout.net == 12_000_00


def test_staff_lent_half_time_relieves_half_of_the_payroll() -> None:
    paie = Salaires(id="paie", net=2_000_00, charges=1_000_00, debut=DEBUT)
    levier = Levier(
        id="agent", nature="personnel", acteur="ville", cibles=("paie",), date=D(2028, 1, 1), quotite=5_000
    )
    effet = mesurer(plan_de(paie), levier, "securise")
    # 24 months at half: net for 24 months, charges for 23 (the last falls after the horizon).
    assert effet.apres.final - effet.avant.final == 24 * 1_000_00 + 23 * 500_00


def test_a_public_order_counts_its_cost() -> None:
    levier = Levier(
        id="m",
        nature="commande-publique",
        acteur="epci",
        montant=24_000_00,
        quotite=7_500,
        date=DEBUT,
        mois=12,
    )
    effet = mesurer(plan_de(), levier, "securise")
    assert effet.apres.final == 6_000_00
    assert effet.cout.net == 24_000_00


def test_a_relay_loan_is_repaid_with_interest_at_its_term() -> None:
    levier = Levier(
        id="pret",
        nature="pret-relais",
        acteur="france-active",
        montant=10_000_00,
        date=DEBUT,
        mois=12,
        taux=200,
    )
    effet = mesurer(plan_de(), levier, "securise")
    assert effet.apres.final == -200_00
    assert (effet.cout.pointe, effet.cout.net) == (10_000_00, -200_00)


def test_a_guarantee_makes_a_hoped_loan_certain_and_exposes_its_part() -> None:
    pret = Emprunt(id="pret", statut="espere", montant=20_000_00, date=DEBUT, taux=600, duree_mois=48)
    levier = Levier(id="g", nature="garantie", acteur="region", cibles=("pret",), quotite=5_000, taux=400)
    effet = mesurer(plan_de(pret), levier, "securise")
    assert effet.avant.final == 0
    assert effet.cout.pointe == 10_000_00
    assert effet.cout.net == 0
    assert appliquer(plan_de(pret), levier).trouver("pret") == Emprunt(
        id="pret", montant=20_000_00, date=DEBUT, taux=400, duree_mois=48
    )


def test_spreading_charges_moves_them_after_the_period() -> None:
    paie = Salaires(id="paie", net=2_000_00, charges=1_000_00, debut=DEBUT)
    levier = Levier(
        id="urssaf", nature="etalement", cibles=("paie",), echeance="charges", date=D(2027, 2, 1), mois=3
    )
    effet = mesurer(plan_de(paie), levier, "securise")
    assert effet.apres.final == effet.avant.final
    apres = appliquer(plan_de(paie), levier)
    paiements = {e.jour: e.montant() for e in compiler(apres).echeances if not e.cle.startswith("net")}
    assert [paiements.get(D(2027, m, 15), 0) for m in (2, 3, 4)] == [0, 0, 0]
    assert paiements[D(2027, 5, 1)] == -1_000_00


def test_an_atelier_relais_is_a_blank_operation_for_the_public_actor() -> None:
    achat = Emprunt(id="pret", montant=120_000_00, date=DEBUT, taux=600, duree_mois=120)
    levier = Levier(
        id="atelier", nature="atelier-relais", acteur="sivom", cibles=("pret", "loyer"),
        montant=120_000_00, date=DEBUT,
        taux=300, mois=240,
    )  # fmt: skip
    effet = mesurer(plan_de(achat, LOYER), levier, "securise")
    assert (effet.cout.pointe, effet.cout.net, effet.cout.nature) == (120_000_00, 0, 0)
    flux = {f.id for f in appliquer(plan_de(achat, LOYER), levier).flux}
    assert flux == {"atelier", "loyer"}


def test_each_nature_has_an_operation_that_says_what_it_lacks() -> None:
    for nature in OPERATIONS:
        with pytest.raises(LevierInapplicable) as erreur:
            appliquer(plan_de(LOYER), Levier(id="x", nature=nature))
        assert erreur.value.code == "valeur-manquante"


def test_a_lever_aimed_at_nothing_or_at_the_wrong_flow_is_refused() -> None:
    plan = plan_de(LOYER)
    with pytest.raises(LevierInapplicable, match="cible-inconnue"):
        appliquer(plan, Levier(id="x", nature="locaux", cibles=("inconnu",), date=DEBUT))
    with pytest.raises(LevierInapplicable, match="cible-impossible"):
        appliquer(plan, Levier(id="x", nature="acompte", cibles=("loyer",)))


def test_levers_leave_the_plan_untouched() -> None:
    plan = plan_de(FSE, LOYER)
    copie = plan_de(FSE, LOYER)
    comparer(plan, [Levier(id="a", nature="avance-fonds", cibles=("fse",), quotite=5_000)], "securise")
    assert plan == copie
