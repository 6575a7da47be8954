"""Levers as operations on the plan: a plan in, a plan out, nothing else."""

from __future__ import annotations

from collections.abc import Callable

from perenne.domain.tresorerie import leviers_exploitation as exploitation
from perenne.domain.tresorerie import leviers_financement as financement
from perenne.domain.tresorerie.levier import Levier, NatureLevier
from perenne.domain.tresorerie.plan import Plan

OPERATIONS: dict[NatureLevier, Callable[[Plan, Levier], Plan]] = {
    "avance-fonds": financement.avancer_les_fonds,
    "acompte": financement.accelerer_acompte,
    "pluriannualite": financement.rendre_pluriannuel,
    "locaux": exploitation.mettre_a_disposition,
    "personnel": exploitation.mettre_a_disposition,
    "commande-publique": exploitation.commander,
    "pret-relais": financement.preter_en_relais,
    "garantie": financement.garantir,
    "etalement": exploitation.etaler_charges,
    "atelier-relais": exploitation.louer_atelier_relais,
    "dailly": financement.ceder_dailly,
}


def appliquer(plan: Plan, *leviers: Levier) -> Plan:
    """The plan after these levers, one after the other.

    Raises:
        LevierInapplicable: a lever lacks a value or aims at nothing it can act on.
    """
    for levier in leviers:
        plan = OPERATIONS[levier.nature](plan, levier)
    return plan
