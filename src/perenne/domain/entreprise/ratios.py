"""Ratios of an accounting year. A ratio whose denominator is missing or zero is None, never zero."""

from __future__ import annotations

from dataclasses import dataclass

from perenne.domain.entreprise.bilan import Bilan, Montants, Resultat

JOURS_PAR_MOIS = 365 / 12


@dataclass(frozen=True, kw_only=True)
class Ratios:
    """What the accounts say.

    Attributes:
        tresorerie_mois: TN / charges décaissées d'un mois, months; None without positive expenses.
        frng_mois: FRNG / charges décaissées d'un mois, months.
        bfr_jours: BFR / charges décaissées d'un jour, days.
        autonomie: fonds propres / total du bilan, %.
        caf_part: CAF / produits, %.
        resultat_part: résultat / produits, %.
        couverture_immobilisations: ressources stables / immobilisations, a ratio; None without equipment.
        remboursement_annees: emprunts / CAF, years; None when CAF ≤ 0 or nothing is known.
        part_personnel, part_loyer: share of the expenses, %.
    """

    tresorerie_mois: float | None = None
    frng_mois: float | None = None
    bfr_jours: float | None = None
    autonomie: float | None = None
    caf_part: float | None = None
    resultat_part: float | None = None
    couverture_immobilisations: float | None = None
    remboursement_annees: float | None = None
    part_personnel: float | None = None
    part_loyer: float | None = None


def rapport(numerateur: float, denominateur: float) -> float | None:
    """A quotient; None when the denominator is not positive."""
    return numerateur / denominateur if denominateur > 0 else None


def pourcent(numerateur: float, denominateur: float) -> float | None:
    """A percentage; None when the denominator is not positive."""
    return 100 * numerateur / denominateur if denominateur > 0 else None


def calculer_ratios(montants: Montants, bilan: Bilan | None, resultat: Resultat | None, mois: int) -> Ratios:
    """The ratios of an accounting year.

    Args:
        mois: length of the year in months, at least 1: monthly expenses are expenses / mois.

    Raises:
        ValueError: the length is not positive.

    Source: methode.md §2.3. No published norm exists for associations: benchmarks are in `knowledge/`.
    """
    if mois < 1:
        raise ValueError("an accounting year has at least one month")
    par_mois = resultat.charges_decaissees / mois if resultat else 0.0
    return Ratios(
        tresorerie_mois=rapport(bilan.tn, par_mois) if bilan else None,
        frng_mois=rapport(bilan.frng, par_mois) if bilan else None,
        bfr_jours=rapport(bilan.bfr * JOURS_PAR_MOIS, par_mois) if bilan else None,
        autonomie=pourcent(bilan.fonds_propres, bilan.actif) if bilan else None,
        caf_part=pourcent(resultat.caf, resultat.produits) if resultat else None,
        resultat_part=pourcent(resultat.resultat, resultat.produits) if resultat else None,
        couverture_immobilisations=(
            rapport(bilan.ressources_stables, bilan.immobilisations) if bilan else None
        ),
        remboursement_annees=(
            rapport(bilan.emprunts * mois / 12, resultat.caf) if bilan and resultat else None
        ),
        part_personnel=_part(montants, "personnel", resultat),
        part_loyer=_part(montants, "loyers", resultat),
    )


def _part(montants: Montants, poste: str, resultat: Resultat | None) -> float | None:
    montant = {str(k): v for k, v in montants.items()}.get(poste)
    return pourcent(montant, resultat.charges) if resultat and montant is not None else None
