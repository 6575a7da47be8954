"""VAT returns of a plan: when they fall, and what a return pays, carries forward or claims back."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from perenne.domain.tresorerie.dates import (
    MOIS_PAR_PERIODE,
    Grille,
    ajouter_mois,
    debuts_de_mois,
    jour_du_mois,
)
from perenne.domain.tresorerie.plan import RegimeTva


@dataclass(frozen=True)
class Declaration:
    """One return.

    Attributes:
        mois: indices, from 0, of the months of the grid that it covers.
        jour: date of payment.
        remboursable: whether its credit may be claimed back.
        remboursement: date of the refund.
    """

    mois: tuple[int, ...]
    jour: dt.date
    remboursable: bool
    remboursement: dt.date


def declarations(regime: RegimeTva, grille: Grille) -> tuple[Declaration, ...]:
    """Returns whose payment falls inside the grid, in order. Quarters are those of the calendar."""
    pas = MOIS_PAR_PERIODE[regime.periodicite]
    resultat: list[Declaration] = []
    en_cours: list[int] = []
    for rang, debut in enumerate(debuts_de_mois(grille.debut, grille.fin)):
        en_cours.append(rang)
        if debut.month % pas:
            continue
        suivant = ajouter_mois(debut, 1)
        jour = jour_du_mois(suivant.year, suivant.month, regime.jour)
        if jour <= grille.fin:
            retour = ajouter_mois(jour, regime.delai_remboursement_mois)
            rembourse = debut.month in regime.mois_remboursement
            resultat.append(Declaration(tuple(en_cours), jour, rembourse, retour))
        en_cours = []
    return tuple(resultat)


def indice_mois(grille: Grille, jour: dt.date) -> int:
    """Rank of the calendar month of a day, 0 for the month of the first day of the grid."""
    return (jour.year - grille.debut.year) * 12 + jour.month - grille.debut.month
