"""Amortisation of a loan by constant monthly payments, to the cent."""

from __future__ import annotations

from dataclasses import dataclass

from perenne.domain.tresorerie.nombres import POINTS, quotient_arrondi

DOUZE = 12


@dataclass(frozen=True)
class Mensualite:
    """One payment: interest and capital in cents, and the capital left after it."""

    interet: int
    capital: int
    restant: int

    @property
    def total(self) -> int:
        """Amount paid."""
        return self.interet + self.capital


def mensualite_constante(montant: int, taux: int, mois: int) -> int:
    """Constant payment that repays `montant` cents in `mois` months at `taux` basis points a year.

    A month bears one twelfth of the yearly rate. Computed in exact rationals, then rounded to the cent.
    """
    if taux == 0:
        return quotient_arrondi(montant, mois)
    # i = taux / (POINTS × 12); payment = montant × i × (1+i)^n / ((1+i)^n − 1), kept in integers.
    base = POINTS * DOUZE
    haut, bas = pow(base + taux, mois), pow(base, mois)
    return int(quotient_arrondi(montant * taux * haut, base * (haut - bas)))


def amortir(montant: int, taux: int, duree_mois: int, differe_mois: int = 0) -> tuple[Mensualite, ...]:
    """Schedule of a loan: interest only during the grace period, then constant payments; the last one
    adjusts.

    Args:
        montant: cents, positive.
        taux: basis points a year, at least 0.
        duree_mois: number of payments, grace included.
        differe_mois: payments of interest only, fewer than `duree_mois`.

    Returns:
        `duree_mois` payments whose capitals sum to `montant` exactly.
    """
    constante = mensualite_constante(montant, taux, duree_mois - differe_mois)
    restant = montant
    tableau: list[Mensualite] = []
    for rang in range(1, duree_mois + 1):
        interet = quotient_arrondi(restant * taux, POINTS * DOUZE)
        if rang <= differe_mois:
            capital = 0
        elif rang == duree_mois:
            capital = restant
        else:
            capital = min(restant, constante - interet)
        restant -= capital
        tableau.append(Mensualite(interet, capital, restant))
    return tuple(tableau)
