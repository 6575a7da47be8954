"""Turns a checked expression into a function of the facts: the same truth as the evaluator, without its
tree."""

from __future__ import annotations

import operator
from collections.abc import Callable
from typing import Any

from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.evaluation import Faits, Valeur, evaluer
from perenne.domain.regles.logique import Trivalent, et, non, ou
from perenne.domain.regles.syntaxe import Binaire, Expr, Liste, Litteral, Nom, Unaire, noms

Fonction = Callable[[Faits], Any]
Condition = Callable[[Faits], Trivalent]

_COMPARE: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "dans": lambda element, ensemble: element in ensemble,
}


def compiler(texte: str) -> Condition:
    """A function that tells whether the condition holds for some facts: True, False, or None when unknown."""
    return _condition(analyser(texte))


def faits_lus(texte: str) -> tuple[str, ...]:
    """The facts that an expression names, each once, in order."""
    return noms(analyser(texte))


def _condition(expr: Expr) -> Condition:
    if isinstance(expr, Unaire) and expr.operateur == "non":
        seul = _condition(expr.operande)
        return lambda f: non(seul(f))
    if isinstance(expr, Nom):
        nom = expr.nom
        return lambda f: v if isinstance(v := f.get(nom), bool) else None
    if isinstance(expr, Binaire):
        return _binaire(expr)
    return lambda f: evaluer(expr, f).verite


def _binaire(expr: Binaire) -> Condition:
    if expr.operateur in {"et", "ou"}:
        a, b = _condition(expr.gauche), _condition(expr.droite)
        combiner = et if expr.operateur == "et" else ou
        return lambda f: combiner(a(f), b(f))
    if isinstance(expr.gauche, Nom) and isinstance(expr.droite, Liste):
        nom, permises = expr.gauche.nom, _elements(expr.droite)
        return lambda f: None if (v := f.get(nom)) is None else v in permises
    if isinstance(expr.gauche, Nom) and isinstance(expr.droite, Litteral) and expr.operateur in _COMPARE:
        nom, borne, compare = expr.gauche.nom, expr.droite.valeur, _COMPARE[expr.operateur]
        return lambda f: None if (v := f.get(nom)) is None else compare(v, borne)
    return lambda f: evaluer(expr, f).verite


def _elements(liste: Liste) -> tuple[Valeur, ...]:
    return tuple(e.valeur for e in liste.elements if isinstance(e, Litteral))
