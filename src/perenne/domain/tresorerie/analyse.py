"""What a curve says: lowest point, dates, months of breathing space, what is still awaited and from whom."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from perenne.domain.tresorerie.alea import Loi, centrer
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.dates import Pas, construire_grille
from perenne.domain.tresorerie.echeances import COMPTES, Echeance, PlanCompile, compte
from perenne.domain.tresorerie.flux import Statut
from perenne.domain.tresorerie.machine import Entiers, construire
from perenne.domain.tresorerie.monte_carlo import seuils
from perenne.domain.tresorerie.nombres import MILLION, proportion, quotient_arrondi
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.vecteur import etendre, soldes_quotidiens

POSTES_DECAISSABLES = frozenset({"charge", "salaires"})
CENTIEMES = 100


@dataclass(frozen=True, kw_only=True)
class Bilan:
    """The central run of one scenario. Amounts in cents.

    Attributes:
        minimum: lowest closing cash, and `jour_minimum` the first day it is reached.
        premier_negatif: first day below zero, None when never.
        rupture: first day below the authorised overdraft, None when never.
        jours_tenus: days before the rupture, or the whole horizon.
        final: cash at the end of the horizon.
        reste_du_regle: cash at the end, plus what is decided or earned by then and not yet paid (before VAT),
            less what is left to repay on loans and advances. Negative: a deficit that no advance cures;
            positive
            while cash breaks: a matter of dates.
        charges_mensuelles: mean disbursed expenses of a month (payroll and purchases, VAT included).
        coussin: cash that the enterprise wants to keep (`securite_mois` of expenses).
        besoin_relais: what is missing at the lowest point to keep the cushion; 0 when nothing is.
        premier_sous_coussin: first day below the cushion.
        periodes_sous_un, periodes_sous_trois: periods whose lowest point is below one, three months of
        expenses.
        periodes: number of periods.
    """

    scenario: Statut
    minimum: int
    jour_minimum: dt.date
    premier_negatif: dt.date | None
    rupture: dt.date | None
    jours_tenus: int
    final: int
    reste_du_regle: int
    charges_mensuelles: int
    coussin: int
    besoin_relais: int
    premier_sous_coussin: dt.date | None
    periodes_sous_un: int
    periodes_sous_trois: int
    periodes: int


@dataclass(frozen=True, kw_only=True)
class Courbe:
    """Cash by period of one scenario: last day, closing and lowest cash of each period, cents."""

    scenario: Statut
    fins: tuple[dt.date, ...]
    soldes: tuple[int, ...]
    bas: tuple[int, ...]


@dataclass(frozen=True, kw_only=True)
class Attente:
    """Money decided or earned, and still awaited at a date."""

    payeur: str
    flux: str
    cle: str
    jour: dt.date
    montant: int
    statut: Statut


def partie_centrale(e: Echeance, lois: tuple[Loi, ...]) -> int:
    """Central amount of an instalment, VAT included."""
    hors_taxe = e.montant(lois[e.loi_part].central if e.loi_part >= 0 else MILLION)
    return hors_taxe + proportion(hors_taxe, e.tva)


def jour_central(e: Echeance, lois: tuple[Loi, ...]) -> dt.date:
    """Central date of an instalment."""
    return e.jour + dt.timedelta(days=lois[e.loi_retard].central if e.loi_retard >= 0 else 0)


def soldes_centraux(compile_: PlanCompile, scenario: Statut) -> Entiers:
    """Closing cash of each day with every law at its central value, shape (days,)."""
    lois = etendre(centrer(compile_.lois))
    soldes: Entiers = soldes_quotidiens(construire(compile_, scenario), lois)[0]
    return soldes


def creux_et_rupture(plan: Plan, scenario: Statut) -> tuple[int, dt.date | None]:
    """Lowest closing cash in cents, and first day below the authorised overdraft: the heart of a `Bilan`."""
    soldes = soldes_centraux(compiler(plan), scenario)
    casses = np.flatnonzero(soldes < seuils(plan, construire_grille(plan.debut, plan.horizon_mois, "mois")))
    return int(soldes.min()), plan.debut + dt.timedelta(days=int(casses[0])) if len(casses) else None


def charges_mensuelles(compile_: PlanCompile, scenario: Statut) -> int:
    """Mean disbursed expenses of a month over the horizon, cents: payroll and purchases, VAT included.

    Investments, loans, repaid advances and VAT returns are left out.
    """
    plan, fin, comptes = compile_.plan, compile_.plan.fin, COMPTES[scenario]
    total = -sum(
        partie_centrale(e, compile_.lois)
        for e in compile_.echeances
        if e.poste in POSTES_DECAISSABLES and e.statut in comptes and e.jour <= fin
    )
    return quotient_arrondi(total, plan.horizon_mois)


def creances_moins_dettes(compile_: PlanCompile, scenario: Statut) -> int:
    """At the end of the horizon: receipts decided or earned and not yet paid, before VAT, less loans and
    advances."""
    lois, fin, comptes = compile_.lois, compile_.plan.fin, COMPTES[scenario]
    retenues = [e for e in compile_.echeances if e.statut in comptes]
    debloques = {e.flux for e in retenues if e.poste == "financement" and e.jour <= fin}
    decales = frozenset(rang for rang, loi in enumerate(lois) if loi.central)
    total = 0
    for e in retenues:
        if (jour_central(e, lois) if e.loi_retard in decales else e.jour) <= fin:
            continue
        du = e.flux in debloques if e.poste == "financement" else (e.acquis is not None and e.acquis <= fin)
        if du:
            total += e.montant(lois[e.loi_part].central if e.loi_part >= 0 else MILLION)
    for m in compile_.mobilisations:
        reglement = jour_central(compile_.echeances[m.cible], lois) if m.cible >= 0 else m.limite
        terme = min((d for d in (reglement, m.limite) if d is not None), default=dt.date.max)
        if compte(m.statut, scenario) and m.jour <= fin < terme:
            total -= m.montant
    return total


def coussin(compile_: PlanCompile, scenario: Statut, centiemes: int | None = None) -> int:
    """Cash to keep, cents: `centiemes` hundredths of a month of expenses (the plan's wish when None)."""
    mois = compile_.plan.securite_mois if centiemes is None else centiemes
    return _coussin(charges_mensuelles(compile_, scenario), mois)


def _coussin(charges: int, mois: int) -> int:
    return quotient_arrondi(charges * mois, CENTIEMES)


def analyser(plan: Plan, scenario: Statut, pas: Pas = "mois") -> tuple[Bilan, Courbe]:
    """Run the plan at its central values.

    Returns:
        What the curve says, and the curve by period.
    """
    compile_ = compiler(plan)
    soldes = soldes_centraux(compile_, scenario)
    grille = construire_grille(plan.debut, plan.horizon_mois, pas)
    bas = np.minimum.reduceat(soldes, np.array(grille.bornes))
    charges = charges_mensuelles(compile_, scenario)
    voulu = _coussin(charges, plan.securite_mois)
    limites = seuils(plan, grille)

    def premier(sous: Entiers | int) -> dt.date | None:
        rangs = np.flatnonzero(soldes < sous)
        return grille.debut + dt.timedelta(days=int(rangs[0])) if len(rangs) else None

    rupture = premier(limites)
    creux = int(soldes.argmin())
    bilan = Bilan(
        scenario=scenario,
        minimum=int(soldes[creux]),
        jour_minimum=grille.debut + dt.timedelta(days=creux),
        premier_negatif=premier(0),
        rupture=rupture,
        jours_tenus=(rupture - grille.debut).days if rupture else grille.jours,
        final=int(soldes[-1]),
        reste_du_regle=int(soldes[-1]) + creances_moins_dettes(compile_, scenario),
        charges_mensuelles=charges,
        coussin=voulu,
        besoin_relais=max(0, voulu - int(soldes[creux])),
        premier_sous_coussin=premier(voulu),
        periodes_sous_un=int((bas < charges).sum()),
        periodes_sous_trois=int((bas < 3 * charges).sum()),
        periodes=len(grille.bornes),
    )
    fins = grille.fins()
    rangs = [(f - grille.debut).days for f in fins]
    return bilan, Courbe(
        scenario=scenario,
        fins=fins,
        soldes=tuple(int(s) for s in soldes[rangs]),
        bas=tuple(int(b) for b in bas),
    )


def attentes(compile_: PlanCompile, scenario: Statut, au: dt.date) -> tuple[Attente, ...]:
    """Money decided or earned on `au` and not yet paid then, largest first (the earliest of equal ones)."""
    lignes = [
        Attente(
            payeur=e.payeur,
            flux=e.flux,
            cle=e.cle,
            jour=jour_central(e, compile_.lois),
            montant=partie_centrale(e, compile_.lois),
            statut=e.statut,
        )
        for e in compile_.echeances
        if e.poste != "financement" and compte(e.statut, scenario) and (e.acquis or e.jour) <= au
    ]
    return tuple(
        sorted((a for a in lignes if a.montant > 0 and a.jour > au), key=lambda a: (-a.montant, a.jour))
    )
