"""Kleene's strong three-valued logic: True, False, and None for unknown."""

from __future__ import annotations

from collections.abc import Iterable

Trivalent = bool | None


def non(a: Trivalent) -> Trivalent:
    """Negation; the negation of unknown is unknown."""
    return None if a is None else not a


def et(a: Trivalent, b: Trivalent) -> Trivalent:
    """Conjunction: one False is enough to be False."""
    if a is False or b is False:
        return False
    return None if a is None or b is None else True


def ou(a: Trivalent, b: Trivalent) -> Trivalent:
    """Disjunction: one True is enough to be True."""
    if a is True or b is True:
        return True
    return None if a is None or b is None else False


def tous(valeurs: Iterable[Trivalent]) -> Trivalent:
    """Conjunction of any number of values; True for none."""
    resultat: Trivalent = True
    for valeur in valeurs:
        resultat = et(resultat, valeur)
    return resultat
