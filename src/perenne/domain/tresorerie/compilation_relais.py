"""Second pass of compilation: debts spread over time, then receivables mobilised before they are paid."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from perenne.domain.tresorerie.dates import ajouter_mois
from perenne.domain.tresorerie.echeances import Echeance, Mobilisation, plus_faible
from perenne.domain.tresorerie.flux_depenses import Etalement, Relais
from perenne.domain.tresorerie.nombres import POINTS, proportion, quotient_arrondi


def etaler(echeances: list[Echeance], f: Etalement) -> list[Echeance]:
    """Replace the payments concerned by equal monthly payments (the last one adjusts)."""
    concernees = [e for e in echeances if est_etalee(f, e)]
    if not concernees:
        return echeances
    retirees = set(map(id, concernees))
    suite = [e for e in echeances if id(e) not in retirees]
    par_modele: dict[tuple[int, int], list[Echeance]] = {}
    for e in concernees:  # one schedule a rate of VAT and a law, so that both keep their meaning
        par_modele.setdefault((e.tva, e.loi_part), []).append(e)
    for (tva, _), groupe in par_modele.items():
        total = proportion(sum(e.variable for e in groupe), POINTS + f.majoration)
        paye = 0
        for rang in range(1, f.mensualites + 1):
            part = quotient_arrondi(total * rang, f.mensualites) - paye
            paye += part
            suite.append(
                replace(
                    groupe[0],
                    cle=f"{f.id}-{rang}-{tva}",
                    jour=ajouter_mois(f.premiere, rang - 1),
                    variable=part,
                    loi_retard=-1,
                )
            )
    return suite


def est_etalee(f: Etalement, e: Echeance) -> bool:
    """Whether an instalment is concerned by the agreement."""
    return e.flux == f.cible and f.du <= e.jour <= f.au and e.variable < 0 and e.cle.startswith(f.composante)


def viser(f: Relais, echeances: Sequence[Echeance]) -> int:
    """Index of the receivable that a relay mobilises, -1 when there is none.

    Without a key, it is the largest instalment of the flow (the earliest of equal ones) not yet paid on
    the date.
    """
    candidats = [
        (e.montant(), -rang, rang)
        for rang, e in enumerate(echeances)
        if e.flux == f.cible and e.montant() > 0 and (e.cle == f.echeance if f.echeance else e.jour > f.date)
    ]
    return max(candidats)[2] if candidats else -1


def montant_relais(f: Relais, echeance: Echeance | None) -> int:
    """Amount advanced: a part of the receivable or a fixed sum, within the limits; 0 when nothing can be."""
    if echeance is None:
        montant = f.montant or 0
    else:
        creance = echeance.montant()
        voulu = proportion(creance, f.quotite) if f.montant is None else f.montant
        montant = min(voulu, creance)
    return montant if f.plafond is None else min(montant, f.plafond)


def mobiliser(f: Relais, echeances: Sequence[Echeance]) -> Mobilisation | None:
    """The relay over the sorted instalments; None when it has nothing to advance."""
    rang = viser(f, echeances) if f.cible else -1
    if f.cible and rang < 0:
        return None
    cible = echeances[rang] if rang >= 0 else None
    montant = montant_relais(f, cible)
    if montant <= 0 or (f.au_plus_tard is not None and f.au_plus_tard <= f.date):
        return None
    return Mobilisation(
        flux=f.id,
        jour=f.date,
        montant=montant,
        cible=rang,
        limite=f.au_plus_tard,
        taux=f.taux,
        commission=proportion(montant, f.commission),
        statut=plus_faible(f.statut, cible.statut) if cible else f.statut,
        payeur=f.payeur,
    )
