"""The syntax tree of an expression: frozen, typed, comparable, and writable back as text."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Operateur = Literal["et", "ou", "=", "!=", "<", "<=", ">", ">=", "dans", "+", "-", "*", "/"]
Scalaire = bool | Decimal | str | dt.date


@dataclass(frozen=True)
class Litteral:
    """A constant: `vrai`, `23000 EUR`, `'association'`, `2026-04-01`. `unite` is "" for a bare number."""

    valeur: Scalaire
    unite: str = ""
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Nom:
    """A fact."""

    nom: str
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Appel:
    """A function: `valeur('domaine/regle')`, `issue('domaine/regle')`, `min(a, b)`, `max(a, b)`."""

    fonction: str
    arguments: tuple[Expr, ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Liste:
    """`['association', 'fondation']`, only on the right of `dans`."""

    elements: tuple[Expr, ...]
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Unaire:
    """`non x` or `-x`."""

    operateur: Literal["non", "-"]
    operande: Expr
    position: int = field(default=0, compare=False)


@dataclass(frozen=True)
class Binaire:
    """Two operands; `et` and `ou` associate to the left."""

    operateur: Operateur
    gauche: Expr
    droite: Expr
    position: int = field(default=0, compare=False)


Expr = Litteral | Nom | Appel | Liste | Unaire | Binaire

_PRIORITE: dict[str, int] = {"ou": 1, "et": 2, "+": 5, "-": 5, "*": 6, "/": 6}
_PRIORITE |= dict.fromkeys(("=", "!=", "<", "<=", ">", ">=", "dans"), 4)
_NON, _MOINS, _ATOME = 3, 7, 9


def enfants(expr: Expr) -> tuple[Expr, ...]:
    """The direct sub-expressions."""
    match expr:
        case Binaire():
            return (expr.gauche, expr.droite)
        case Unaire():
            return (expr.operande,)
        case Appel():
            return expr.arguments
        case Liste():
            return expr.elements
        case _:
            return ()


def parcourir(expr: Expr) -> Iterator[Expr]:
    """The expression and everything below it, in reading order."""
    yield expr
    for enfant in enfants(expr):
        yield from parcourir(enfant)


def noms(expr: Expr) -> tuple[str, ...]:
    """The facts named, each once, in order of first appearance."""
    return tuple(dict.fromkeys(n.nom for n in parcourir(expr) if isinstance(n, Nom)))


def _ecrire_litteral(lit: Litteral) -> str:
    if isinstance(lit.valeur, bool):
        return "vrai" if lit.valeur else "faux"
    if isinstance(lit.valeur, Decimal):
        return f"{lit.valeur:f}" + (f" {lit.unite}" if lit.unite else "")
    if isinstance(lit.valeur, dt.date):
        return lit.valeur.isoformat()
    return "'" + lit.valeur.replace("'", "''") + "'"


def _priorite(expr: Expr) -> int:
    if isinstance(expr, Binaire):
        return _PRIORITE[expr.operateur]
    if isinstance(expr, Unaire):
        return _NON if expr.operateur == "non" else _MOINS
    return _ATOME


def _entourer(expr: Expr, minimum: int) -> str:
    texte = ecrire(expr)
    return texte if _priorite(expr) >= minimum else f"({texte})"


def ecrire(expr: Expr) -> str:
    """The text of an expression, with the fewest parentheses; reading it again gives an equal tree."""
    match expr:
        case Litteral():
            return _ecrire_litteral(expr)
        case Nom():
            return expr.nom
        case Appel():
            return f"{expr.fonction}({', '.join(map(ecrire, expr.arguments))})"
        case Liste():
            return f"[{', '.join(map(ecrire, expr.elements))}]"
        case Unaire():
            signe, minimum = ("non ", _NON) if expr.operateur == "non" else ("-", _ATOME)
            return signe + _entourer(expr.operande, minimum)
        case Binaire():
            p = _PRIORITE[expr.operateur]
            # A comparison takes no comparison on either side; the others associate to the left.
            gauche = p + 1 if p == _PRIORITE["="] else p
            droite = p + 1
            return f"{_entourer(expr.gauche, gauche)} {expr.operateur} {_entourer(expr.droite, droite)}"
