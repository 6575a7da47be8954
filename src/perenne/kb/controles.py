"""Checks that a type cannot express: the expressions, and what holds between items.

`EXPRESSIONS` says how to parse each kind of expression; `CONTROLES` are run once every file is valid.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.lecture import Chemin


@dataclass(frozen=True, kw_only=True)
class ConstatDeControle:
    """One thing wrong in a valid item; the loader turns it into a file and a line."""

    genre: str
    id: str
    chemin: Chemin
    message: str
    conseil: str = ""


ControleExpression = Callable[[str, Mapping[str, Mapping[str, object]]], Iterable[tuple[str, str]]]
"""Takes the text and the items by kind (`faits` declare the variables); yields (message, advice)."""

Controle = Callable[[BaseSavoir], Iterable[ConstatDeControle]]

EXPRESSIONS: dict[str, ControleExpression] = {}
CONTROLES: tuple[Controle, ...] = ()
