"""A compiled plan as arrays, for one scenario: what the vector engine runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perenne.domain.tresorerie.dates import Grille, construire_grille
from perenne.domain.tresorerie.echeances import Echeance, Mobilisation, Ordre, PlanCompile, compte
from perenne.domain.tresorerie.flux import Statut
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.tva import Declaration, declarations, indice_mois

Entiers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Groupe:
    """Instalments as columns, one element each; the first `taxees` bear VAT, the others none.

    `retard` and `part` are columns of the extended draws.
    """

    jour: Entiers
    fixe: Entiers
    variable: Entiers
    tva: Entiers
    achat: npt.NDArray[np.bool_]
    retard: Entiers
    part: Entiers
    taxees: int


@dataclass(frozen=True)
class Creance:
    """A mobilised receivable: the relay, then day and law of the instalment that repays it (-1: none)."""

    relais: Mobilisation
    jour: int
    retard: int


@dataclass(frozen=True, kw_only=True)
class Machine:
    """A compiled plan as arrays.

    Attributes:
        certaines: instalments without any law, played once.
        hasard: instalments with a law, played for each draw.
        mois_du_jour: rank of the month of each day, shape (days + 1,); the last one is "after the horizon".
        mois: number of months.
        lois: number of laws; the extended draws have two more columns: no lateness, whole part.
    """

    plan: Plan
    grille: Grille
    certaines: Groupe
    hasard: Groupe
    creances: tuple[Creance, ...]
    declarations: tuple[Declaration, ...]
    mois_du_jour: Entiers
    mois: int
    lois: int


def _grouper(echeances: Sequence[Echeance], grille: Grille, lois: int) -> Groupe:
    def colonne(valeurs: list[int]) -> Entiers:
        return np.array(valeurs, dtype=np.int64)

    echeances = sorted(echeances, key=lambda e: e.tva == 0)
    return Groupe(
        taxees=sum(e.tva != 0 for e in echeances),
        jour=colonne([(e.jour - grille.debut).days for e in echeances]),
        fixe=colonne([e.fixe for e in echeances]),
        variable=colonne([e.variable for e in echeances]),
        tva=colonne([e.tva for e in echeances]),
        achat=np.array([e.ordre is Ordre.PAIEMENT for e in echeances], dtype=np.bool_),
        retard=colonne([lois if e.loi_retard < 0 else e.loi_retard for e in echeances]),
        part=colonne([lois + 1 if e.loi_part < 0 else e.loi_part for e in echeances]),
    )


def construire(compile_: PlanCompile, scenario: Statut) -> Machine:
    """Turn a compiled plan into arrays, with the money of one scenario."""
    plan, lois = compile_.plan, len(compile_.lois)
    grille = construire_grille(plan.debut, plan.horizon_mois, "mois")
    retenues = [e for e in compile_.echeances if compte(e.statut, scenario)]
    mois = indice_mois(grille, grille.fin) + 1
    mois_du_jour = np.full(grille.jours + 1, mois, dtype=np.int64)
    bornes = np.array(grille.bornes, dtype=np.int64)
    mois_du_jour[:-1] = np.searchsorted(bornes, np.arange(grille.jours), side="right") - 1

    def creance(m: Mobilisation) -> Creance:
        if m.cible < 0:
            return Creance(m, -1, lois)
        cible = compile_.echeances[m.cible]
        retard = lois if cible.loi_retard < 0 else cible.loi_retard
        return Creance(m, (cible.jour - grille.debut).days, retard)

    return Machine(
        plan=plan,
        grille=grille,
        certaines=_grouper([e for e in retenues if e.loi_retard < 0 and e.loi_part < 0], grille, lois),
        hasard=_grouper([e for e in retenues if e.loi_retard >= 0 or e.loi_part >= 0], grille, lois),
        creances=tuple(creance(m) for m in compile_.mobilisations if compte(m.statut, scenario)),
        declarations=declarations(plan.tva, grille) if plan.tva else (),
        mois_du_jour=mois_du_jour,
        mois=mois,
        lois=lois,
    )
