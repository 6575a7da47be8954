"""Vector engine: all draws at once, day by day, in the same integer arithmetic as the reference.

Draws go in small chunks, so that a chunk stays in the processor's cache, on two threads (numpy releases
the lock).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from typing import TypeVar

import numpy as np

from perenne.domain.tresorerie.alea import Tirages
from perenne.domain.tresorerie.machine import Creance, Entiers, Groupe, Machine
from perenne.domain.tresorerie.nombres import MILLION, POINTS, interets, proportion, quotient_arrondi

T = TypeVar("T")
TRANCHE = 128
FILS = 2


def etendre(tirages: Tirages) -> Entiers:
    """Draws as rows, with two more columns: no lateness, whole part."""
    n = tirages.nombre
    return np.ascontiguousarray(
        np.vstack([tirages.valeurs, np.zeros((1, n), np.int64), np.full((1, n), MILLION, np.int64)]).T
    )


def _jouer(m: Machine, g: Groupe, lois: Entiers) -> tuple[Entiers, Entiers | None]:
    """Cash of each day (draws, days) and VAT of each month (draws, months) of a group of instalments."""
    n, jours = lois.shape[0], m.grille.jours
    rangs = np.arange(n, dtype=np.int64)[:, None]
    quand = np.take(lois, g.retard, axis=1)
    quand += g.jour
    np.clip(quand, 0, jours, out=quand)
    montant = quotient_arrondi(np.take(lois, g.part, axis=1) * g.variable, MILLION)
    montant += g.fixe
    taxe: Entiers | None = None
    taxes = slice(0, g.taxees)  # those with VAT come first
    if g.taxees:
        tva = proportion(montant[:, taxes], g.tva[taxes])  # type: ignore[arg-type]
        montant[:, taxes] += tva
        if m.plan.tva:
            if m.plan.tva.prorata != POINTS:
                tva = np.where(g.achat[taxes], proportion(tva, m.plan.tva.prorata), tva)
            case = m.mois_du_jour[quand[:, taxes]] + rangs * (m.mois + 1)
            somme = np.bincount(case.ravel(), tva.ravel(), n * (m.mois + 1))
            taxe = somme.reshape(n, m.mois + 1).astype(np.int64)
    quand += rangs * (jours + 1)
    # bincount sums in double precision: exact below 2^53 cents.
    somme = np.bincount(quand.ravel(), montant.ravel(), n * (jours + 1))
    return somme.reshape(n, jours + 1).astype(np.int64), taxe


def _mobiliser(m: Machine, c: Creance, lois: Entiers, flux: Entiers) -> None:
    """Advance before settlement, repaid by it or at the limit; nothing when it is settled in time."""
    jours, r = m.grille.jours, c.relais
    depart = (r.jour - m.grille.debut).days
    if depart >= jours:
        return
    jamais = np.full(lois.shape[0], jours, dtype=np.int64)
    reglement = jamais if c.relais.cible < 0 else np.clip(c.jour + lois[:, c.retard], 0, jours)
    actif = reglement > depart
    limite = jours if r.limite is None else (r.limite - m.grille.debut).days
    fin = np.minimum(reglement, limite)
    flux[actif, depart] += r.montant - r.commission
    rendu = np.flatnonzero(actif & (fin < jours))
    cout = interets(r.montant * (fin[rendu] - depart), r.taux)
    flux[rendu, fin[rendu]] -= r.montant + cout


def _payer_tva(m: Machine, taxe: Entiers, flux: Entiers) -> None:
    """Returns in order: pay, carry forward, or claim back."""
    regime = m.plan.tva
    assert regime is not None

    def rang(jour: dt.date) -> int:
        return min((jour - m.grille.debut).days, m.grille.jours)

    credit = np.full(taxe.shape[0], regime.credit_initial, dtype=np.int64)
    for d in m.declarations:
        du = taxe[:, list(d.mois)].sum(axis=1) - credit
        flux[:, rang(d.jour)] -= np.maximum(du, 0)
        credit = np.maximum(-du, 0)
        if d.remboursable:
            demande = np.where(credit >= regime.seuil_remboursement, credit, 0)
            flux[:, rang(d.remboursement)] += demande
            credit -= demande


def _agios(m: Machine, soldes: Entiers) -> None:
    """Overdraft interest of each month taken on the first day of the next, in place."""
    bornes = (*m.grille.bornes, m.grille.jours)
    paye = np.zeros(soldes.shape[0], dtype=np.int64)
    for debut, fin in pairwise(bornes):
        mois = soldes[:, debut:fin]
        mois -= paye[:, None]
        negatifs = np.maximum(-mois, 0).sum(axis=1)
        paye += interets(negatifs, m.plan.decouvert.taux)


def soldes_quotidiens(m: Machine, lois: Entiers) -> Entiers:
    """Closing cash of each day.

    Args:
        lois: extended draws, shape (draws, laws + 2), see `etendre`.

    Returns:
        Cents, shape (draws, days).
    """
    jours = m.grille.jours
    flux, taxe = _jouer(m, m.hasard, lois)
    certain, taxe_certaine = _jouer(m, m.certaines, lois[:1])
    flux += certain
    for c in m.creances:
        _mobiliser(m, c, lois, flux)
    if m.plan.tva:
        vide = np.zeros((lois.shape[0], m.mois + 1), dtype=np.int64)
        total = vide + (0 if taxe is None else taxe) + (0 if taxe_certaine is None else taxe_certaine)
        _payer_tva(m, total, flux)
    flux[:, 0] += m.plan.tresorerie_initiale
    soldes = np.cumsum(flux[:, :jours], axis=1)
    if m.plan.decouvert.taux:
        _agios(m, soldes)
    return soldes


def parcourir(m: Machine, tirages: Tirages, reduire: Callable[[Entiers], T]) -> list[T]:
    """Run all draws by chunks and reduce each chunk where it was computed.

    Args:
        reduire: takes the closing cash of a chunk, shape (draws, days).

    Returns:
        One value a chunk, in the order of the draws.
    """
    lois = etendre(tirages)
    tranches = [lois[d : d + TRANCHE] for d in range(0, lois.shape[0], TRANCHE)]
    if len(tranches) == 1:
        return [reduire(soldes_quotidiens(m, tranches[0]))]
    with ThreadPoolExecutor(FILS) as fils:
        return list(fils.map(lambda t: reduire(soldes_quotidiens(m, t)), tranches))
