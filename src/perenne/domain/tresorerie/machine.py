"""A compiled plan as arrays, for one scenario: what the vector engine runs."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perenne.domain.tresorerie.dates import Grille, construire_grille
from perenne.domain.tresorerie.echeances import COMPTES, Echeance, Mobilisation, Ordre, PlanCompile, compte
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
    ordonnees = [e for e in echeances if e.tva] + [e for e in echeances if not e.tva]
    lignes = [
        (e.jour.toordinal(), e.fixe, e.variable, e.tva, e.ordre is Ordre.PAIEMENT, e.loi_retard, e.loi_part)
        for e in ordonnees
    ]
    jour, fixe, variable, tva, achat, retard, part = np.array(lignes, dtype=np.int64).reshape(-1, 7).T.copy()
    return Groupe(
        taxees=int(np.count_nonzero(tva)),
        jour=jour - grille.debut.toordinal(),
        fixe=fixe,
        variable=variable,
        tva=tva,
        achat=achat.astype(np.bool_),
        retard=np.where(retard < 0, lois, retard),
        part=np.where(part < 0, lois + 1, part),
    )


def construire(compile_: PlanCompile, scenario: Statut) -> Machine:
    """Turn a compiled plan into arrays, with the money of one scenario."""
    plan, lois = compile_.plan, len(compile_.lois)
    grille = construire_grille(plan.debut, plan.horizon_mois, "mois")
    comptes = COMPTES[scenario]
    retenues = [e for e in compile_.echeances if e.statut in comptes]
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
