"""Plan → instalments: one function a kind of flow, found by the class of the flow."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from perenne.domain.tresorerie import compilation_depenses as depenses
from perenne.domain.tresorerie import compilation_recettes as recettes
from perenne.domain.tresorerie.alea import Loi
from perenne.domain.tresorerie.compilation_relais import etaler, mobiliser
from perenne.domain.tresorerie.constructeur import Constructeur
from perenne.domain.tresorerie.echeances import Echeance, PlanCompile, ValeurEnNature
from perenne.domain.tresorerie.flux import Flux
from perenne.domain.tresorerie.flux_depenses import Etalement, Relais
from perenne.domain.tresorerie.plan import Plan

COMPILATEURS: dict[str, Callable[[Constructeur, Any], None]] = {
    "subvention": recettes.subvention,
    "convention": recettes.convention,
    "operation-ue": recettes.operation_ue,
    "aide-poste": recettes.aide_poste,
    "marche": recettes.marche,
    "ventes": recettes.ventes,
    "dons": recettes.dons,
    "recette": recettes.recette,
    "salaires": depenses.salaires,
    "charge": depenses.charge,
    "investissement": depenses.investissement,
    "emprunt": depenses.emprunt,
    "en-nature": depenses.en_nature,
    "atelier-relais": depenses.atelier_relais,
}


FLUX_GARDES, PLANS_GARDES = 1024, 64
"""Flows and plans kept compiled: to try a lever, an assumption or an amount changes one flow of a plan, and
leaves the others as they were."""


@dataclass(frozen=True)
class Compile:
    """What one flow becomes, its instalments in the order in which they were made."""

    echeances: tuple[Echeance, ...]
    lois: tuple[Loi, ...]
    en_nature: tuple[ValeurEnNature, ...]


@lru_cache(maxsize=FLUX_GARDES)
def compiler_flux(flux: Flux, fin: dt.date, premiere_loi: int) -> Compile:
    """One flow alone.

    Args:
        fin: last day of the plan.
        premiere_loi: index of its first law in the plan: a law belongs to one flow, and only to it.
    """
    c = Constructeur(fin, premiere_loi)
    COMPILATEURS[flux.nature](c, flux)
    return Compile(tuple(c.echeances), c.lois, tuple(c.en_nature))


@lru_cache(maxsize=PLANS_GARDES)
def compiler(plan: Plan) -> PlanCompile:
    """Turn a plan into sorted instalments, mobilised receivables and laws.

    What is due before the first day is dropped: the opening cash already contains it. What falls after the
    horizon is kept, since a receivable that settles later still repays its advance.
    """
    toutes: list[Echeance] = []
    lois: list[Loi] = []
    en_nature: list[ValeurEnNature] = []
    fin = plan.fin
    for flux in plan.flux:
        if flux.nature in COMPILATEURS:
            compile_ = compiler_flux(flux, fin, len(lois))
            toutes += compile_.echeances
            lois += compile_.lois
            en_nature += compile_.en_nature
    for flux in plan.flux:
        if isinstance(flux, Etalement):
            toutes = etaler(toutes, flux)
    gardees = [e for e in toutes if e.jour >= plan.debut]
    echeances = tuple(sorted(gardees, key=lambda e: (e.jour, e.ordre)))
    relais = (mobiliser(f, echeances) for f in plan.flux if isinstance(f, Relais) and f.date >= plan.debut)
    return PlanCompile(
        plan=plan,
        echeances=echeances,
        mobilisations=tuple(m for m in relais if m is not None),
        lois=tuple(lois),
        en_nature=tuple(n for n in en_nature if n.jour >= plan.debut),
    )
