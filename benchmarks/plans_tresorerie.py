"""Invented treasury plans to measure: a usual one, and one as large as the site computes at once."""

from __future__ import annotations

import datetime as dt

from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import Flux, OperationUE, Statut, Subvention, Ventes
from perenne.domain.tresorerie.flux_depenses import Charge, Emprunt, Relais, Salaires
from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.plan import Decouvert, Plan, RegimeTva
from perenne.services.tresorerie.interpretation import PlanLu

DEBUT = dt.date(2027, 1, 1)
STATUTS: tuple[Statut, ...] = ("securise", "securise", "probable", "espere")


def _fin(mois: int) -> dt.date:
    return dt.date(2027 + mois // 12, 1, 1) - dt.timedelta(days=1)


def _ventes(n: int, mois: int, tva: int) -> Ventes:
    return Ventes(
        id=f"v{n}",
        annuel=1_200_000 + n,
        debut=DEBUT,
        fin=_fin(mois),
        tva=tva,
        delai=Duree(jours=30),
        delai_min=Duree(jours=10),
        delai_max=Duree(jours=90),
        part_min=7000,
        part_max=12_000,
    )


def _charge(n: int, tva: int) -> Charge:
    return Charge(
        id=f"c{n}", montant=60_000, debut=DEBUT, jour=1 + n % 28, tva=tva, part_min=9000, part_max=12_000
    )


def _salaires(n: int) -> Salaires:
    return Salaires(id=f"p{n}", net=100_000, charges=45_000, debut=DEBUT, part_min=9500, part_max=11_000)


def _subvention(n: int, statut: Statut = "securise") -> Subvention:
    notification = dt.date(2027 + n % 3, 1 + n % 12, 10)
    return Subvention(
        id=f"s{n}",
        statut=statut,
        payeur=f"Financeur fictif {n % 3}",
        montant=1_500_000,
        notification=notification,
        acompte=5000,
        acompte_delai=Duree(jours=60),
        acompte_delai_max=Duree(jours=180),
        solde_le=notification + dt.timedelta(days=365),
        delai=Duree(jours=90),
        delai_max=Duree(jours=240),
        part_min=8000,
    )


def _operation() -> OperationUE:
    return OperationUE(
        id="ue",
        debut=DEBUT,
        fin=dt.date(2027, 12, 31),
        depenses=6_000_000,
        taux=10_000,
        avance=3000,
        delai_min=Duree(mois=9),
        delai_max=Duree(mois=30),
        part_min=8500,
    )


def plan_de_mesure() -> Plan:
    """Sixty flows, most of them monthly and uncertain, with VAT, overdraft interest and relays."""
    flux: list[Flux] = []
    for n in range(20):
        taxe = 2000 if n % 2 else 0
        flux += [_ventes(n, 36, taxe), _charge(n, taxe)]
    flux += [_salaires(n) for n in range(5)]
    flux += [_subvention(n) for n in range(12)]
    relais = Relais(id="r", type="avance-publique", cible="ue", date=dt.date(2028, 1, 15), quotite=8000)
    dailly = Relais(
        id="d", type="dailly", cible="s3", date=dt.date(2027, 6, 1), quotite=8000, taux=600, commission=50
    )
    return Plan(
        structure="Mesure",
        debut=DEBUT,
        tresorerie_initiale=3_000_000,
        decouvert=Decouvert(plafond=500_000, taux=900),
        tva=RegimeTva(),
        flux=(*flux, _operation(), relais, dailly),
    )


def plan_usuel() -> PlanLu:
    """What an association of a few jobs writes: 25 flows over 24 months, some not signed, 6 levers."""
    flux: list[Flux] = [_ventes(n, 24, 0) for n in range(6)]
    flux += [_charge(n, 0) for n in range(8)]
    flux += [_salaires(n) for n in range(3)]
    flux += [_subvention(n, STATUTS[n % 4]) for n in range(6)]
    emprunt = Emprunt(id="e", montant=2_000_000, date=dt.date(2027, 3, 1), taux=350, duree_mois=60)
    plan = Plan(
        structure="Association inventée",
        debut=DEBUT,
        tresorerie_initiale=1_500_000,
        horizon_mois=24,
        decouvert=Decouvert(plafond=500_000, taux=900),
        flux=(*flux, _operation(), emprunt),
    )
    return PlanLu(plan=plan, leviers=_leviers(6))


def plan_au_plafond() -> PlanLu:
    """The most that the site computes at once: 60 flows, 20 levers, 60 months."""
    flux: list[Flux] = []
    for n in range(20):
        taxe = 2000 if n % 2 else 0
        flux += [_ventes(n, 60, taxe), _charge(n, taxe)]
    flux += [_salaires(n) for n in range(7)]
    flux += [_subvention(n, STATUTS[n % 4]) for n in range(12)]
    plan = Plan(
        structure="Mesure",
        debut=DEBUT,
        tresorerie_initiale=3_000_000,
        horizon_mois=60,
        decouvert=Decouvert(plafond=500_000, taux=900),
        tva=RegimeTva(),
        flux=(*flux, _operation()),
    )
    return PlanLu(plan=plan, leviers=_leviers(20))


def _leviers(nombre: int) -> tuple[Levier, ...]:
    """Advances, faster instalments, premises lent, debts spread, relay loans: one after the other."""
    return tuple(_levier(n) for n in range(nombre))


def _levier(n: int) -> Levier:
    commun = {"id": f"l{n}", "libelle": f"Levier {n}", "acteur": "Commune inventée"}
    date = dt.date(2027 + n // 12, 1 + n % 12, 1)
    match n % 5:
        case 0:
            return Levier(
                nature="avance-fonds", cibles=("ue",), date=dt.date(2028, 1, 15), quotite=5000, **commun
            )
        case 1:
            return Levier(
                nature="acompte", cibles=(f"s{n % 4}",), quotite=8000, delai=Duree(jours=30), **commun
            )
        case 2:
            return Levier(nature="locaux", cibles=(f"c{n % 5}",), date=date, **commun)
        case 3:
            return Levier(
                nature="etalement", cibles=(f"p{n % 3}",), echeance="charges", date=date, mois=4, **commun
            )
        case _:
            return Levier(nature="pret-relais", montant=1_000_000, date=date, mois=12, taux=300, **commun)
