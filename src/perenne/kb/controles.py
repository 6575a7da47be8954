"""Checks that a type cannot express: the expressions, and what holds between items.

`EXPRESSIONS` says how to parse each kind of expression; `CONTROLES` are run once every file is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping

from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.constat import ConstatDeControle
from perenne.kb.controle_activites import controler_activites
from perenne.kb.controles_criteres import controler_criteres
from perenne.kb.controles_leviers import controler_leviers
from perenne.kb.controles_regles import (
    controler_condition,
    controler_regles,
    controler_suppositions,
)
from perenne.kb.controles_ressources import controler_ressources

ControleExpression = Callable[[str, Mapping[str, Mapping[str, object]]], Iterable[tuple[str, str]]]
"""Takes the text and the items by kind (`faits` declare the variables); yields (message, advice)."""

Controle = Callable[[BaseSavoir], Iterable[ConstatDeControle]]

EXPRESSIONS: dict[str, ControleExpression] = {"booleen": controler_condition}
CONTROLES: tuple[Controle, ...] = (
    controler_activites,
    controler_criteres,
    controler_leviers,
    controler_regles,
    controler_suppositions,
    controler_ressources,
)
