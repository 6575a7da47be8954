"""Defects of the links between flows: relays and their receivables, agreements and their debts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from perenne.domain.tresorerie.flux_depenses import Charge, Etalement, Relais, Salaires
from perenne.domain.tresorerie.plan import Plan

DEPENSES = frozenset({"salaires", "charge", "en-nature", "etalement", "relais", "emprunt", "atelier-relais"})


def defauts_liens(plan: Plan) -> Iterator[tuple[str, str, str, Any]]:
    """Code, flow, field and value of each broken link."""
    par_id = {f.id: f for f in plan.flux}
    for f in plan.flux:
        if isinstance(f, Etalement):
            cible = par_id.get(f.cible)
            if cible is None:
                yield "cible-inconnue", f.id, "cible", f.cible
            elif not isinstance(cible, Charge | Salaires):
                yield "cible-non-depense", f.id, "cible", f.cible
        elif isinstance(f, Relais):
            yield from _relais(f, par_id)


def _relais(f: Relais, par_id: dict[str, Any]) -> Iterator[tuple[str, str, str, Any]]:
    if not f.quotite and f.montant is None:
        yield "relais-sans-montant", f.id, "quotite", None
    if not f.cible:
        if f.type != "pret-relais":
            yield "relais-sans-cible", f.id, "cible", f.type
        if f.au_plus_tard is None:
            yield "relais-sans-terme", f.id, "au_plus_tard", None
        if f.montant is None:
            yield "relais-sans-montant", f.id, "montant", None
        return
    cible = par_id.get(f.cible)
    if cible is None:
        yield "cible-inconnue", f.id, "cible", f.cible
    elif cible.nature in DEPENSES:
        yield "cible-non-recette", f.id, "cible", f.cible
    elif f.type == "dailly":
        statut = getattr(cible, "statut_subvention", cible.statut)
        if statut != "securise":
            yield "dailly-incertaine", f.id, "cible", f.cible
