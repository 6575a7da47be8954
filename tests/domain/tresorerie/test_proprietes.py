"""Invariants over random plans: both engines agree to the cent, and money is neither made nor lost."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import numpy as np
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from perenne.domain.tresorerie.alea import tirer
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import Duree, ajouter_mois
from perenne.domain.tresorerie.echeances import Ordre
from perenne.domain.tresorerie.flux import (
    STATUTS,
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
    Charge,
    Emprunt,
    EnNature,
    Etalement,
    Investissement,
    Relais,
    Salaires,
)
from perenne.domain.tresorerie.machine import construire
from perenne.domain.tresorerie.plan import Decouvert, Plan, RegimeTva
from perenne.domain.tresorerie.reference import derouler
from perenne.domain.tresorerie.vecteur import etendre, parcourir, soldes_quotidiens

DEBUT = dt.date(2027, 1, 1)
euros = st.integers(0, 5_000_000)
points = st.integers(0, 10_000)
statuts = st.sampled_from(STATUTS)
dates = st.integers(0, 900).map(lambda n: DEBUT + dt.timedelta(days=n))
durees = st.builds(Duree, mois=st.integers(0, 26), jours=st.integers(0, 40))
courtes = st.builds(Duree, mois=st.integers(0, 3), jours=st.integers(0, 40))
tva = st.sampled_from([0, 0, 550, 1000, 2000])
saisons = st.tuples(*[st.integers(1, 9)] * 12)
periodicites = st.sampled_from(["mois", "trimestre", "semestre", "an", "unique"])
ALEAS = st.one_of(
    st.just({}),
    st.fixed_dictionaries({"delai_min": courtes, "delai_max": durees}),
    st.fixed_dictionaries({"part_min": points, "part_max": st.integers(10_000, 15_000)}),
    st.fixed_dictionaries(
        {
            "delais_observes": st.lists(st.integers(0, 800), min_size=1, max_size=5).map(tuple),
            "parts_observees": st.lists(st.integers(0, 12_000), min_size=1, max_size=4).map(tuple),
        }
    ),
)


@st.composite
def _flux(draw: st.DrawFn, rang: int, avec_tva: bool) -> Flux:  # noqa: PLR0911, PLR0912 - one case a kind
    commun = {
        "id": f"f{rang}",
        "statut": draw(statuts),
        "payeur": draw(st.sampled_from(["", "epci", "banque"])),
    }
    du = draw(dates)
    au = du + dt.timedelta(days=draw(st.integers(0, 700)))
    incertain = commun | draw(ALEAS)
    variable = {c: v for c, v in incertain.items() if not c.startswith("delai")}
    taux = draw(tva) if avec_tva else 0
    sorte = draw(st.integers(0, 12))
    jour = draw(st.integers(1, 31))
    match sorte:
        case 0:
            return Subvention(
                **incertain,
                montant=draw(euros),
                notification=du,
                acompte=draw(points),
                acompte_delai=draw(courtes),
                acompte_delai_max=draw(st.none() | durees),
                solde_le=au,
                delai=draw(durees),
            )
        case 1:
            montants = tuple(draw(st.lists(euros, min_size=1, max_size=4)))
            return Convention(
                **incertain, debut=du, montants=montants, acompte=draw(points), delai=draw(courtes)
            )
        case 2:
            return OperationUE(
                **incertain,
                debut=du,
                fin=au,
                depenses=draw(euros),
                taux=draw(points),
                avance=draw(points),
                avance_plafond=draw(st.none() | euros),
                demandes=(du, au),
                parts_demandees=(draw(points), draw(points)),
                demande_delai=draw(courtes),
                delai=draw(durees),
                rejet=draw(points),
            )
        case 3:
            return AidePoste(
                **incertain,
                debut=du,
                fin=au,
                etp=draw(st.integers(0, 2000)),
                montant_par_etp=draw(euros),
                occupation=draw(st.integers(5000, 12_000)),
                modulation=draw(st.integers(0, 1000)),
            )
        case 4:
            return Marche(
                **incertain,
                montant=draw(euros),
                debut=du,
                fin=au,
                periodicite=draw(periodicites),
                delai=draw(courtes),
                avance=draw(points),
                tva=taux,
            )
        case 5:
            return Ventes(
                **incertain,
                annuel=draw(euros),
                debut=du,
                fin=au,
                saison=draw(saisons),
                jour=jour,
                delai=draw(courtes),
                impayes=draw(points),
                tva=taux,
            )
        case 6:
            return Dons(**variable, annuel=draw(euros), debut=du, fin=au, saison=draw(saisons), jour=jour)
        case 7:
            return Recette(**incertain, montant=draw(euros), debut=du, fin=au, periodicite=draw(periodicites))
        case 8:
            return Salaires(
                **variable,
                net=draw(euros),
                charges=draw(euros),
                debut=du,
                fin=au,
                charges_trimestrielles=draw(st.booleans()),
            )
        case 9:
            return Charge(
                **incertain,
                montant=draw(euros),
                debut=du,
                fin=au,
                periodicite=draw(periodicites),
                jour=jour,
                tva=taux,
                delai=draw(courtes),
            )
        case 10:
            return Investissement(
                **incertain,
                cout=draw(euros),
                date=du,
                tva=taux,
                subvention=draw(euros),
                statut_subvention=draw(statuts),
                delai=draw(durees),
            )
        case 11:
            mois = draw(st.integers(1, 60))
            return Emprunt(
                **commun,
                montant=draw(euros),
                date=du,
                taux=draw(st.integers(0, 1500)),
                duree_mois=mois,
                differe_mois=draw(st.integers(0, mois - 1)),
                frais=draw(st.integers(0, 10_000)),
            )
        case _:
            return EnNature(
                **commun,
                valeur_mensuelle=draw(euros),
                debut=DEBUT,
                retrait=draw(st.none() | dates),
                cout_mensuel=draw(euros),
            )


@st.composite
def plans(draw: st.DrawFn, *, seuil_tva: bool = True) -> Plan:
    """Plans of up to ten flows, with relays and spread debts aimed at them."""
    avec_tva = draw(st.booleans())
    flux: list[Flux] = [draw(_flux(i, avec_tva)) for i in range(draw(st.integers(0, 8)))]
    for rang in range(draw(st.integers(0, 3)) if flux else 0):
        cible = draw(st.sampled_from(flux))
        date = draw(dates)
        flux.append(
            Relais(
                id=f"r{rang}",
                type="avance-publique",
                cible=cible.id,
                date=date,
                statut=draw(statuts),
                quotite=draw(points),
                plafond=draw(st.none() | euros),
                taux=draw(st.integers(0, 1000)),
                commission=draw(st.integers(0, 300)),
                au_plus_tard=draw(
                    st.none() | st.integers(1, 900).map(lambda n, d=date: d + dt.timedelta(days=n))
                ),
            )
        )
    if flux and draw(st.booleans()):
        cible, du = draw(st.sampled_from(flux)), draw(dates)
        flux.append(
            Etalement(
                id="e",
                cible=cible.id,
                du=du,
                au=ajouter_mois(du, draw(st.integers(0, 12))),
                premiere=ajouter_mois(du, 3),
                mensualites=draw(st.integers(1, 24)),
                majoration=draw(st.integers(0, 1000)),
            )
        )
    regime = RegimeTva(
        periodicite=draw(st.sampled_from(["mois", "trimestre"])),
        jour=draw(st.integers(1, 31)),
        prorata=draw(points),
        seuil_remboursement=draw(st.sampled_from([0, 15_000, 76_000])) if seuil_tva else 0,
        mois_remboursement=draw(st.sampled_from([(12,), (3, 6, 9, 12), tuple(range(1, 13))])),
        delai_remboursement_mois=draw(st.integers(0, 6)),
        credit_initial=draw(st.integers(0, 100_000)),
    )
    return Plan(
        structure="Exemple",
        debut=DEBUT + dt.timedelta(days=draw(st.integers(0, 60))),
        tresorerie_initiale=draw(st.integers(-1_000_000, 5_000_000)),
        horizon_mois=draw(st.integers(1, 36)),
        decouvert=Decouvert(plafond=draw(euros), taux=draw(st.sampled_from([0, 700, 1500]))),
        tva=regime if avec_tva else None,
        flux=tuple(flux),
    )


LARGE = settings(
    max_examples=1000,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.large_base_example],
)
MOYEN = settings(LARGE, max_examples=60)


@LARGE
@given(plan=plans(), graine=st.integers(0, 2**32), scenario=statuts)
def test_the_vector_engine_equals_the_reference_to_the_cent(plan: Plan, graine: int, scenario: str) -> None:
    compile_ = compiler(plan)
    tirages = tirer(compile_.lois, 2, graine)
    soldes = soldes_quotidiens(construire(compile_, scenario), etendre(tirages))
    for rang in range(2):
        assert tuple(soldes[rang]) == derouler(compile_, tirages.colonne(rang), scenario).soldes


@MOYEN
@given(plan=plans(), graine=st.integers(0, 2**32), scenario=statuts)
def test_money_in_less_money_out_is_the_change_of_cash(plan: Plan, graine: int, scenario: str) -> None:
    compile_ = compiler(plan)
    t = derouler(compile_, tirer(compile_.lois, 1, graine).colonne(0), scenario)
    entrees = sum(m.montant for m in t.journal if m.montant > 0)
    sorties = sum(-m.montant for m in t.journal if m.montant < 0)
    assert entrees - sorties == t.soldes[-1] - t.initial
    courant = t.initial
    for m in t.journal:
        courant += m.montant
        assert m.solde == courant


@MOYEN
@given(plan=plans(), graine=st.integers(0, 2**32), scenario=statuts)
def test_events_of_a_day_follow_their_order(plan: Plan, graine: int, scenario: str) -> None:
    compile_ = compiler(plan)
    journal = derouler(compile_, tirer(compile_.lois, 1, graine).colonne(0), scenario).journal
    # A commission belongs to the advance it is paid for, and is written just after it.
    cles = [(m.jour, m.ordre) for m in journal if m.cle != "commission"]
    assert cles == sorted(cles)


@MOYEN
@given(plan=plans(), graine=st.integers(0, 2**32), scenario=statuts)
def test_no_receivable_is_paid_twice(plan: Plan, graine: int, scenario: str) -> None:
    compile_ = compiler(plan)
    t = derouler(compile_, tirer(compile_.lois, 1, graine).colonne(0), scenario)
    for m in compile_.mobilisations:
        mouvements = [x for x in t.journal if x.flux == m.flux]
        capital = sum(x.montant for x in mouvements if x.cle in {"avance", "remboursement"})
        assert capital == t.avances_restantes.get(m.flux, 0)
        assert sum(x.cle == "avance" for x in mouvements) <= 1
        if m.cible >= 0:
            e = compile_.echeances[m.cible]
            recue = [
                x for x in t.journal if (x.flux, x.cle) == (e.flux, e.cle) and x.ordre is Ordre.ENCAISSEMENT
            ]
            # Once the receivable has been received, nothing of the advance is left: it was received once
            # in all.
            assert not recue or m.flux not in t.avances_restantes


@MOYEN
@given(plan=plans(), graine=st.integers(0, 2**32), scenario=statuts)
def test_vat_is_neutral_over_life(plan: Plan, graine: int, scenario: str) -> None:
    if plan.tva is None:
        return
    plan = replace(plan, tva=replace(plan.tva, prorata=10_000))
    compile_ = compiler(plan)
    t = derouler(compile_, tirer(compile_.lois, 1, graine).colonne(0), scenario)
    collectee = sum(m.tva for m in t.journal)
    versee = sum(m.montant for m in t.journal if m.flux == "tva")
    assert collectee + versee - t.tva_restante == plan.tva.credit_initial


@MOYEN
@given(plan=plans(), graine=st.integers(0, 2**32), scenario=statuts, date=dates, montant=euros)
def test_adding_certain_income_never_brings_rupture_forward(
    plan: Plan, graine: int, scenario: str, date: dt.date, montant: int
) -> None:
    plus = plan.avec(Recette(id="plus", montant=montant, debut=date))
    avant, apres = (compiler(p) for p in (plan, plus))
    t = [
        soldes_quotidiens(construire(c, scenario), etendre(tirer(c.lois, 1, graine)))[0]
        for c in (avant, apres)
    ]
    assert (t[1] >= t[0]).all()


@MOYEN
@given(plan=plans(seuil_tva=False), graine=st.integers(0, 2**32), date=dates, montant=euros, taux=tva)
def test_adding_taxed_income_never_hurts_without_a_refund_threshold(
    plan: Plan, graine: int, date: dt.date, montant: int, taux: int
) -> None:
    vente = Marche(
        id="plus", montant=montant, debut=date, fin=date, periodicite="unique", tva=taux if plan.tva else 0
    )
    avant, apres = (compiler(p) for p in (plan, plan.avec(vente)))
    t = [
        soldes_quotidiens(construire(c, "espere"), etendre(tirer(c.lois, 1, graine)))[0]
        for c in (avant, apres)
    ]
    assert (t[1] >= t[0]).all()


@MOYEN
@given(plan=plans(), graine=st.integers(0, 2**32))
def test_a_scenario_reads_nothing_of_less_certain_money(plan: Plan, graine: int) -> None:
    compile_ = compiler(plan)
    seuls = replace(plan, flux=tuple(f for f in plan.flux if f.statut == "securise"))
    t = derouler(compile_, tirer(compile_.lois, 1, graine).colonne(0), "securise")
    retenus = {f.id for f in seuls.flux} | {"tva", "agios"}
    subventions = {f.id for f in plan.flux if isinstance(f, Investissement)}
    assert {m.flux for m in t.journal} <= retenus | subventions


def test_chunks_do_not_change_the_result() -> None:
    plan = Plan(
        structure="Exemple",
        debut=DEBUT,
        tresorerie_initiale=0,
        flux=(
            Subvention(
                id="s", montant=1_000_000, notification=DEBUT, solde_le=DEBUT, delai_max=Duree(mois=24)
            ),
        ),
    )
    compile_ = compiler(plan)
    machine, tirages = construire(compile_, "securise"), tirer(compile_.lois, 600, 7)
    morceaux = np.concatenate(parcourir(machine, tirages, np.copy))
    assert (morceaux == soldes_quotidiens(machine, etendre(tirages))).all()
