"""Which assumptions matter most: each taken alone to its bad end, all others left at their central value.

One at a time says what a single bad news costs; it does not add up, and it ignores bad news that come
together
(the draws do that). Where the user gave no bounds, the same stress is applied to all: receipts three
months late or
ten per cent lower, expenses ten per cent higher.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from perenne.domain.tresorerie.analyse import Bilan, analyser, creux_et_rupture
from perenne.domain.tresorerie.flux import FluxIncertain, FluxVariable, Statut
from perenne.domain.tresorerie.flux_depenses import Charge, Salaires
from perenne.domain.tresorerie.nombres import POINTS
from perenne.domain.tresorerie.plan import Plan

RETARD_TYPE = 90
BAISSE_TYPE = 9_000
HAUSSE_TYPE = 11_000


@dataclass(frozen=True, kw_only=True)
class Hypothese:
    """One assumption taken to its bad end.

    Attributes:
        flux: id of the flow.
        sorte: lateness of a receipt, or amount.
        valeur: extra days, or part in basis points.
        declaree: the bound is the user's; otherwise it is the common stress.
        perte: cash lost at the lowest point of the horizon, cents.
        rupture: rupture date under this assumption alone; None when never.
    """

    flux: str
    sorte: Literal["retard", "montant"]
    valeur: int
    declaree: bool
    perte: int
    rupture: dt.date | None


def _cas(f: FluxVariable) -> list[tuple[Literal["retard", "montant"], int, bool]]:
    depense = isinstance(f, Charge | Salaires)
    cas: list[tuple[Literal["retard", "montant"], int, bool]] = []
    delai = getattr(f, "delai", None)
    if not depense and delai is not None and isinstance(f, FluxIncertain):
        central = delai.en_jours()
        if f.delais_observes:
            cas.append(("retard", max(f.delais_observes) - central, True))
        elif f.delai_max is not None:
            cas.append(("retard", max(0, f.delai_max.en_jours() - central), True))
        elif central:  # what is paid at once is not a receivable
            cas.append(("retard", RETARD_TYPE, False))
    borne = f.part_max if depense else f.part_min
    if f.parts_observees:
        cas.append(("montant", max(f.parts_observees) if depense else min(f.parts_observees), True))
    elif borne is not None:
        cas.append(("montant", borne, True))
    else:
        cas.append(("montant", HAUSSE_TYPE if depense else BAISSE_TYPE, False))
    return cas


def degrader(f: FluxVariable, sorte: Literal["retard", "montant"], valeur: int) -> FluxVariable:
    """The flow with one assumption made certain at its bad end; its other assumption stays as it was."""
    if sorte == "retard" and isinstance(f, FluxIncertain):
        central = f.delai.en_jours() if hasattr(f, "delai") else 0
        return replace(f, delais_observes=(central + valeur,))
    return replace(f, parts_observees=(valeur,))


def classer(plan: Plan, scenario: Statut, socle: Bilan | None = None) -> tuple[Hypothese, ...]:
    """All assumptions, the most costly at the lowest point first (earliest rupture, then id, among
    equals)."""
    base = socle or analyser(plan, scenario)[0]
    resultat: list[Hypothese] = []
    for f in plan.flux:
        if not isinstance(f, FluxVariable):
            continue
        for sorte, valeur, declaree in _cas(f):
            if valeur == (0 if sorte == "retard" else POINTS):
                continue
            minimum, rupture = creux_et_rupture(plan.avec(degrader(f, sorte, valeur)), scenario)
            resultat.append(
                Hypothese(
                    flux=f.id,
                    sorte=sorte,
                    valeur=valeur,
                    declaree=declaree,
                    perte=base.minimum - minimum,
                    rupture=rupture,
                )
            )
    return tuple(sorted(resultat, key=lambda h: (-h.perte, h.rupture or dt.date.max, h.flux)))
