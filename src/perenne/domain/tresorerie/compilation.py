"""Plan → instalments: one function a kind of flow, found by the class of the flow."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from perenne.domain.tresorerie import compilation_depenses as depenses
from perenne.domain.tresorerie import compilation_recettes as recettes
from perenne.domain.tresorerie.compilation_relais import etaler, mobiliser
from perenne.domain.tresorerie.constructeur import Constructeur
from perenne.domain.tresorerie.echeances import PlanCompile
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


def compiler(plan: Plan) -> PlanCompile:
    """Turn a plan into sorted instalments, mobilised receivables and laws.

    What is due before the first day is dropped: the opening cash already contains it. What falls after the
    horizon is kept, since a receivable that settles later still repays its advance.
    """
    c = Constructeur(plan)
    for flux in plan.flux:
        if flux.nature in COMPILATEURS:
            COMPILATEURS[flux.nature](c, flux)
    for flux in plan.flux:
        if isinstance(flux, Etalement):
            etaler(c, flux)
    gardees = [e for e in c.echeances if e.jour >= plan.debut]
    echeances = tuple(sorted(gardees, key=lambda e: (e.jour, e.ordre)))
    relais = (mobiliser(f, echeances) for f in plan.flux if isinstance(f, Relais) and f.date >= plan.debut)
    return PlanCompile(
        plan=plan,
        echeances=echeances,
        mobilisations=tuple(m for m in relais if m is not None),
        lois=c.lois,
        en_nature=tuple(n for n in c.en_nature if n.jour >= plan.debut),
    )
