"""Validates a value read from YAML against a dataclass, and says in French what does not fit."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from functools import cache
from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails

from perenne.kb.chemin import Chemin
from perenne.kb.lecture import Document, enfant
from perenne.kb.messages import expliquer, expliquer_manques

Constat = tuple[Chemin, str, str]
"""Where inside the file, what is wrong, what to do."""


@cache
def adaptateur(classe: Any) -> TypeAdapter[Any]:
    """The validator of a dataclass; building one takes milliseconds, so each is built once."""
    return TypeAdapter(classe)


def valider(
    classe: type[Any], valeur: dict[str, object], document: Document, racine: Chemin = ()
) -> tuple[Any, list[Constat]]:
    """Build an instance of `classe`.

    Args:
        classe: a dataclass made by `@fiche`.
        valeur: the table read, with the fields that the path gives.
        document: the file it comes from, to know which parts of an error's location exist.
        racine: where the table stands in the file.

    Returns:
        The instance and no finding, or None and every finding.
    """
    forme: Any = classe
    try:
        return adaptateur(forme).validate_json(json.dumps(valeur)), []
    except ValidationError as erreur:
        details = erreur.errors(include_url=False, include_context=True)
        return None, list(_constats(classe, details, document, racine))


def _localiser(document: Document, racine: Chemin, detail: ErrorDetails) -> tuple[Chemin, bool]:
    """The part of an error's location that exists in the file, and whether a branch of a union was named."""
    noeud, chemin, branche = document.noeud, racine, False
    for partie in racine:
        suite = enfant(noeud, partie)
        if suite is None:
            return racine, False
        noeud = suite[1]
    for partie in detail["loc"]:
        suite = enfant(noeud, partie)
        if suite is None:
            # An absent key, the "[key]" of a table, or the tag of a branch of a union.
            branche = branche or partie != detail["loc"][-1] or detail["type"] not in _SUR_UNE_CLE
            branche = branche and partie != "[key]"
            continue
        noeud, chemin = suite[1], (*chemin, partie)
    return chemin, branche


_MANQUE = {"missing", "missing_argument"}
_INCONNUE = {"unexpected_keyword_argument", "extra_forbidden"}
_SUR_UNE_CLE = _MANQUE | _INCONNUE


def _constats(
    classe: type[Any], details: Iterable[ErrorDetails], document: Document, racine: Chemin
) -> Iterator[Constat]:
    places = [(*_localiser(document, racine, d), d) for d in details]
    manques: dict[Chemin, list[str]] = {}
    en_branche: dict[Chemin, list[ErrorDetails]] = {}
    for chemin, branche, detail in places:
        if detail["type"] in _MANQUE:
            manques.setdefault(chemin, []).append(str(detail["loc"][-1]))
        elif branche:
            en_branche.setdefault(chemin, []).append(detail)
        else:
            message, conseil = expliquer(classe, chemin[len(racine) :], detail, union=False)
            inconnue = detail["type"] in _INCONNUE and chemin[-1:] != detail["loc"][-1:]
            yield (*chemin, detail["loc"][-1]) if inconnue else chemin, message, conseil
    for chemin, cles in manques.items():
        yield chemin, *expliquer_manques(cles)
    # The alternatives of a union report one error each at the same place: one finding is enough, and
    # none when something more precise is said deeper.
    dits = [chemin for chemin, _, _ in places]
    for chemin, membres in en_branche.items():
        if not any(len(d) > len(chemin) and d[: len(chemin)] == chemin for d in dits):
            detail = max(membres, key=lambda d: len(d["loc"]))
            yield chemin, *expliquer(classe, chemin[len(racine) :], detail, union=len(membres) > 1)
