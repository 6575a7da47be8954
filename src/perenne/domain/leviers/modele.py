"""The knowledge base prepared once for recommendations: compiled terms, instruments, precedents,
decisions."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from perenne.domain.leviers.bareme import ECART
from perenne.domain.leviers.contributions import Grille, compiler_grille
from perenne.domain.leviers.statut import Statuts
from perenne.domain.leviers.variantes import FIXES, valeurs_possibles
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.leviers import Action, Instrument

PRATIQUES = frozenset({"explicite", "implicite"})
"""What the study says was done; `envisage` was only planned, `contexte` is said of the territory."""


@dataclass(frozen=True)
class Modele:
    """What does not depend on the question.

    Attributes:
        actions: the actions in the order of their codes.
        grilles: compiled terms by action; `grilles_instruments` by instrument.
        instruments: instruments of each action.
        lecteurs: by fact, the ranks of the actions whose points read it.
        statuts: the rules and the legal statuses already stated.
        lignees: by type of actor, itself, its ancestors, then its descendants.
        pratiques: by case, the actions that were taken for it.
        usages: by action and instrument, in how many cases the study saw it.
        variantes: by fact that the points read, the values that it may take.
        fixes: facts whose known value is never proposed as a change.
    """

    savoir: BaseSavoir
    actions: tuple[Action, ...]
    grilles: tuple[Grille, ...]
    grilles_instruments: Mapping[str, Grille]
    instruments: Mapping[str, tuple[Instrument, ...]]
    lecteurs: Mapping[str, tuple[int, ...]]
    statuts: Statuts
    lignees: Mapping[str, tuple[str, ...]]
    pratiques: Mapping[str, frozenset[str]]
    usages: Mapping[tuple[str, str], int]
    variantes: Mapping[str, tuple[Valeur, ...]]
    fixes: frozenset[str] = FIXES

    def rang(self, action: str) -> int:
        """The rank of an action in the tables."""
        return next(i for i, a in enumerate(self.actions) if a.id == action)

    def nombre_de_cas(self, sauf: str = "") -> dict[str, int]:
        """By action, how many cases practised it; `sauf` is left out."""
        autres = [p for cas, p in self.pratiques.items() if cas != sauf]
        return {a.id: sum(a.id in p for p in autres) for a in self.actions}


def construire_modele(savoir: BaseSavoir) -> Modele:
    """Prepare the knowledge base."""
    actions = tuple(sorted(savoir.actions.values(), key=lambda a: a.code))
    grilles = tuple(compiler_grille(a) for a in actions)
    lecteurs: dict[str, list[int]] = {}
    for rang, grille in enumerate(grilles):
        for fait in sorted(grille.lus):
            lecteurs.setdefault(fait, []).append(rang)
    return Modele(
        savoir=savoir,
        actions=actions,
        grilles=grilles,
        grilles_instruments={i.id: compiler_grille(i) for i in savoir.instruments.values()},
        instruments={a.id: savoir.instruments_de(a.id) for a in actions},
        lecteurs={f: tuple(r) for f, r in lecteurs.items()},
        statuts=Statuts(savoir.regles),
        lignees={t: _lignee(savoir, t) for t in savoir.types_acteur},
        pratiques={
            c.id: frozenset(f.action for f in c.faits if f.explicitation in PRATIQUES)
            for c in savoir.cas.values()
        },
        usages=Counter(
            couple
            for c in savoir.cas.values()
            for couple in {(f.action, f.instrument) for f in c.faits if f.explicitation in PRATIQUES}
        ),
        variantes=_variantes(savoir, grilles, lecteurs),
    )


def _variantes(
    savoir: BaseSavoir, grilles: tuple[Grille, ...], lecteurs: Mapping[str, object]
) -> dict[str, tuple[Valeur, ...]]:
    expressions: dict[str, list[str]] = {}
    for signal in (s for g in grilles for s in g.signaux):
        for fait in signal.faits:
            expressions.setdefault(fait, []).append(signal.signal.si)
    stades = [s.id for s in sorted(savoir.stades.values(), key=lambda s: s.ordre)]
    return {
        f: valeurs_possibles(savoir.faits[f], expressions.get(f, ()), stades, ECART)
        for f in lecteurs
        if f in savoir.faits
    }


def _lignee(savoir: BaseSavoir, type_: str) -> tuple[str, ...]:
    """The type, the wider ones it belongs to, then the narrower ones that it gathers."""
    types = savoir.types_acteur
    lignee = [type_]
    while (parent := types[lignee[-1]].parent) is not None and parent not in lignee:
        lignee.append(parent)
    a_voir = [type_]
    while a_voir:
        courant = a_voir.pop()
        enfants = sorted(t.id for t in types.values() if t.parent == courant and t.id not in lignee)
        lignee += enfants
        a_voir += enfants
    return tuple(lignee)
