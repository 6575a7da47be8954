"""What remains of the name of an association once everything that does not name it is left out."""

from __future__ import annotations

import re

from perenne.domain.texte import normaliser

_PARENTHESES = re.compile(r"\([^)]*\)")
MOTS_VIDES = frozenset(
    [
        "a",
        "ass",
        "assoc",
        "asso",
        "association",
        "associations",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "l",
        "la",
        "le",
        "les",
        "loi",
        "1901",
        "pour",
        "s",
        "sur",
    ]
)
"""Words that tell no association from another."""


def cle_de_nom(nom: str) -> str:
    """The words that name an association, in their order, to compare two registers.

    « ASSOCIATION LES AMIS DE MASGOT (A.M.) » and « Amis de Masgot » give the same key. Idempotent.

    Args:
        nom: a name as written in a register.

    Returns:
        Words separated by one space; the whole normalised name when nothing else would be left.
    """
    entier = normaliser(nom)
    mots = [m for m in normaliser(_PARENTHESES.sub(" ", nom)).split() if m not in MOTS_VIDES]
    return " ".join(mots) or entier
