"""Remembers legal statuses: many enterprises are alike in the facts that an instrument depends on."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Generic, TypeVar

from perenne.domain.leviers.situation import SituationJuridique, suppositions
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.regles.memoire import Memoire
from perenne.domain.savoir.leviers import Action, Instrument, Intervenant
from perenne.domain.savoir.regles import Regle

T = TypeVar("T")
TAILLE = 200_000
_Cle = tuple[str, str, str, dt.date, Decimal | None, tuple[Valeur | None, ...]]


@dataclass(frozen=True)
class Plan:
    """What the status of an instrument depends on, for one action and one type of actor.

    Attributes:
        part: how the actor takes part.
        regles: the rules that bind.
        faits: the facts that they read.
        supposes: the facts that the instrument means.
    """

    part: Intervenant | None
    regles: tuple[str, ...]
    faits: tuple[str, ...]
    supposes: Mapping[str, Valeur]


class MemoireStatuts(Generic[T]):
    """Rules, plans, and statuses already stated; emptied when full.

    Args:
        regles: every rule.
        taille: number of statuses kept.
    """

    def __init__(self, regles: Mapping[str, Regle], taille: int = TAILLE) -> None:
        self.regles = Memoire(regles)
        self._taille = taille
        self._plans: dict[tuple[str, str, str], Plan] = {}
        self._statuts: dict[_Cle, T] = {}

    def plan(self, action: Action, instrument: Instrument, type_acteur: str) -> Plan:
        """What the status depends on, worked out once."""
        cle = (action.id, instrument.id, type_acteur)
        if cle not in self._plans:
            part = intervenant_de(action, instrument, type_acteur)
            noms = regles_de(instrument, part)
            lus = tuple(sorted({f for r in noms for f in self.regles.faits_lus(r)} - {"type_acteur"}))
            self._plans[cle] = Plan(part, noms, lus, suppositions(instrument))
        return self._plans[cle]

    def statut(
        self,
        action: Action,
        instrument: Instrument,
        situation: SituationJuridique,
        calculer: Callable[[Plan], T],
    ) -> T:
        """The status, computed when no situation alike was met."""
        plan = self.plan(action, instrument, situation.type_acteur)
        lire = situation.faits.get
        cle = (
            action.id,
            instrument.id,
            situation.type_acteur,
            situation.au,
            situation.montant,
            tuple([lire(f) for f in plan.faits]),
        )
        trouve = self._statuts.get(cle)
        if trouve is None:
            if len(self._statuts) >= self._taille:
                self._statuts.clear()
            trouve = self._statuts[cle] = calculer(plan)
        return trouve


def intervenant_de(action: Action, instrument: Instrument, type_acteur: str) -> Intervenant | None:
    """How a type of actor takes part: as the instrument says, else as its action says."""
    return next((a for a in instrument.acteurs or action.acteurs if a.type == type_acteur), None)


def regles_de(instrument: Instrument, part: Intervenant | None) -> tuple[str, ...]:
    """The rules that bind, each once: those of the instrument, and of the part that the actor takes in it.

    What an action says is true of all its instruments together, which never bind together: of the rules that
    it gives an actor, only the competences do.
    """
    du_role = part.regles if part else ()
    if not instrument.acteurs:
        du_role = tuple(r for r in du_role if r.startswith("competences/"))
    return tuple(dict.fromkeys((*instrument.regles, *du_role)))
