"""The words of a name, as the index of the enterprises and those who ask it must both read them."""

from __future__ import annotations

import re

from perenne.domain.ess.noms import MOTS_VIDES
from perenne.domain.texte import normaliser

_POINTS = re.compile(r"(?<![^\W_])(?:[^\W\d_]\. ?){2,}(?:[^\W\d_](?![^\W_]))?")
"""« R.E.C.U.P. », « A. D. M. R. », « A.M.A.P »."""

_EPELE = re.compile(r"\b[a-z](?: [a-z]){2,}\b")
"""Three letters or more, each alone: the points were lost."""

_PARENTHESES = re.compile(r"\(([^)]*)\)?")
RACINE_MIN = 4
"""A shorter word keeps its last letter: « ess », « os »."""


def epeler(nom: str) -> str:
    """The normal form of a name, its acronyms written in one word. Idempotent.

    « A.M.A.P. de l'Onde », « A M A P DE L ONDE » and « Amap de l'Onde » give the same.
    """
    if "." in nom:
        nom = _POINTS.sub(_coller, nom)
    forme = normaliser(nom)
    return _EPELE.sub(lambda trouve: trouve.group().replace(" ", ""), forme)


def _coller(trouve: re.Match[str]) -> str:
    return trouve.group().replace(".", "").replace(" ", "") + " "


def decouper(nom: str) -> list[str]:
    """The words that tell this name from others, in their order; all of them when none does."""
    tous = epeler(nom).split()
    return [m for m in tous if m not in MOTS_VIDES] or tous


def cle_de_recherche(nom: str) -> str:
    """What two writings of a name share: its words without what stands between brackets, one space apart."""
    if "(" in nom and (hors := decouper(_PARENTHESES.sub(" ", nom))):
        return " ".join(hors)
    return " ".join(decouper(nom))


def entre_parentheses(nom: str) -> list[str]:
    """What a name holds between brackets, often its acronym."""
    return [m for m in _PARENTHESES.findall(nom) if m.strip()] if "(" in nom else []


def racine(mot: str) -> str:
    """A word without the mark of the plural, on both sides of the search; other endings are kept.

    A stemmer that cuts more would bring together the proper names that tell enterprises apart (ADR 0116).
    """
    return mot[:-1] if len(mot) >= RACINE_MIN and mot[-1] in "sx" else mot
