"""Money not yet signed: what each item weighs, alone."""

from __future__ import annotations

from dataclasses import replace

from perenne.domain.tresorerie.analyse import Bilan, creux_et_rupture, jour_central, partie_centrale
from perenne.domain.tresorerie.compilation import compiler
from perenne.domain.tresorerie.flux import Flux
from perenne.domain.tresorerie.flux_depenses import Investissement
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.resultat import Projet

APPORTENT = frozenset(
    (
        "subvention",
        "convention",
        "operation-ue",
        "aide-poste",
        "marche",
        "ventes",
        "dons",
        "recette",
        "emprunt",
        "investissement",
    )
)


def signer(f: Flux) -> Flux:
    """The same flow once signed."""
    if isinstance(f, Investissement):
        return replace(f, statut_subvention="securise")
    return replace(f, statut="securise")


def mesurer_non_signe(plan: Plan, securise: Bilan) -> tuple[Projet, ...]:
    """Each receipt, loan or investment grant that is not signed, the one that would help most first."""
    compile_ = compiler(plan)
    projets = []
    for f in plan.flux:
        if f.nature not in APPORTENT or signer(f) == f:
            continue
        minimum, rupture = creux_et_rupture(plan.avec(signer(f)), "securise")
        sans, _ = creux_et_rupture(_sans(plan, f), "espere")
        projets.append(
            Projet(
                flux=f.id,
                payeur=f.payeur,
                probabilite=getattr(f, "probabilite", None),
                montant=sum(
                    max(0, partie_centrale(e, compile_.lois))
                    for e in compile_.echeances
                    if e.flux == f.id and jour_central(e, compile_.lois) <= plan.fin
                ),
                gain_signe=minimum - securise.minimum,
                rupture_signe=rupture,
                minimum_sans=sans,
            )
        )
    return tuple(sorted(projets, key=lambda p: (-p.gain_signe, p.flux)))


def _sans(plan: Plan, f: Flux) -> Plan:
    """The plan without a receipt, and without the relays that it would repay."""
    if isinstance(f, Investissement):
        return plan.avec(replace(f, subvention=0))
    gardes = tuple(x for x in plan.flux if x.id != f.id and getattr(x, "cible", "") != f.id)
    return replace(plan, flux=gardes)
