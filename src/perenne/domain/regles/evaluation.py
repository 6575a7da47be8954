"""Evaluates an expression: a value or unknown, with the facts whose absence matters."""

from __future__ import annotations

import datetime as dt
import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from perenne.domain.regles.logique import Trivalent, et, non, ou
from perenne.domain.regles.syntaxe import Appel, Binaire, Expr, Liste, Litteral, Nom, Unaire

Valeur = bool | Decimal | str | dt.date | frozenset[str]
"""A known value; unknown is None."""

Faits = Mapping[str, Valeur]


@dataclass(frozen=True)
class Reponse:
    """What a rule answers to `valeur('…')` or `issue('…')`.

    Attributes:
        valeur: the figure or the outcome; None when unknown.
        manquants: facts that the rule would need.
        lacunes: rules that have no known value at the date.
    """

    valeur: Decimal | str | None
    manquants: tuple[str, ...] = ()
    lacunes: tuple[str, ...] = ()


class Regles(Protocol):
    """Answers to calls of other rules, at the date of the evaluation."""

    def valeur(self, regle: str) -> Reponse:
        """The figure of a rule."""
        ...

    def issue(self, regle: str) -> Reponse:
        """The outcome of a rule."""
        ...


class AucuneRegle:
    """Where expressions call no rule."""

    def valeur(self, regle: str) -> Reponse:
        """Always unknown."""
        return Reponse(None, lacunes=(regle,))

    def issue(self, regle: str) -> Reponse:
        """Always unknown."""
        return Reponse(None, lacunes=(regle,))


@dataclass(frozen=True)
class Etape:
    """One node of the evaluation.

    Attributes:
        expr: what was evaluated.
        valeur: its value; None when unknown.
        enfants: the sub-expressions evaluated.
        manquants: facts whose knowledge could make this node known, in order of appearance; empty when it is.
        lacunes: rules without a known value that keep this node unknown.
    """

    expr: Expr
    valeur: Valeur | None
    enfants: tuple[Etape, ...] = ()
    manquants: tuple[str, ...] = ()
    lacunes: tuple[str, ...] = ()

    @property
    def verite(self) -> Trivalent:
        """The value of a condition."""
        return self.valeur if isinstance(self.valeur, bool) else None


def _diviser(a: Decimal, b: Decimal) -> Decimal | None:
    return a / b if b else None


_CONNUS: dict[str, Callable[[Any, Any], Valeur | None]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": _diviser,
    "min": min,
    "max": max,
    "dans": lambda element, ensemble: element in ensemble,
}


def appliquer(operateur: str, a: Valeur | None, b: Valeur | None) -> Valeur | None:
    """Apply an operator to two values of checked types; unknown operands follow Kleene.

    A division by zero is unknown: the ratio that a text speaks of does not exist.
    """
    if operateur == "et":
        return et(_booleen(a), _booleen(b))
    if operateur == "ou":
        return ou(_booleen(a), _booleen(b))
    return None if a is None or b is None else _CONNUS[operateur](a, b)


def _booleen(valeur: Valeur | None) -> Trivalent:
    return valeur if isinstance(valeur, bool) else None


def _union(*suites: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(x for suite in suites for x in suite))


def _noeud(expr: Expr, valeur: Valeur | None, enfants: tuple[Etape, ...]) -> Etape:
    if valeur is not None:
        return Etape(expr, valeur, enfants)
    return Etape(
        expr, None, enfants, _union(*(e.manquants for e in enfants)), _union(*(e.lacunes for e in enfants))
    )


def evaluer(expr: Expr, faits: Faits, regles: Regles | None = None) -> Etape:  # noqa: PLR0911
    """Evaluate a checked expression.

    Args:
        expr: a tree without type defects.
        faits: known facts, in the types of the language (numbers as Decimal); an absent one is unknown.
        regles: answers for `valeur('…')` and `issue('…')`.

    Returns:
        The tree of values; adding facts never changes a known value into another (monotonicity).
    """
    match expr:
        case Litteral():
            return Etape(expr, expr.valeur)
        case Nom():
            valeur = faits.get(expr.nom)
            return Etape(expr, valeur, (), () if valeur is not None else (expr.nom,))
        case Unaire():
            etape = evaluer(expr.operande, faits, regles)
            if expr.operateur == "non":
                return _noeud(expr, non(etape.verite), (etape,))
            oppose = -etape.valeur if isinstance(etape.valeur, Decimal) else None
            return _noeud(expr, oppose, (etape,))
        case Binaire() if isinstance(expr.droite, Liste):
            etape = evaluer(expr.gauche, faits, regles)
            trouve = etape.valeur in [e.valeur for e in expr.droite.elements if isinstance(e, Litteral)]
            return _noeud(expr, None if etape.valeur is None else trouve, (etape,))
        case Binaire():
            deux = (evaluer(expr.gauche, faits, regles), evaluer(expr.droite, faits, regles))
            return _noeud(expr, appliquer(expr.operateur, deux[0].valeur, deux[1].valeur), deux)
        case Appel():
            return _appel(expr, faits, regles or AucuneRegle())
        case Liste():
            raise TypeError("a list is only read by `dans`")


def _appel(expr: Appel, faits: Faits, regles: Regles) -> Etape:
    if expr.fonction in {"min", "max"}:
        deux = tuple(evaluer(x, faits, regles) for x in expr.arguments)
        return _noeud(expr, appliquer(expr.fonction, deux[0].valeur, deux[1].valeur), deux)
    argument = expr.arguments[0]
    nom = str(argument.valeur) if isinstance(argument, Litteral) else ""
    reponse = regles.valeur(nom) if expr.fonction == "valeur" else regles.issue(nom)
    return Etape(expr, reponse.valeur, (), reponse.manquants, reponse.lacunes)
