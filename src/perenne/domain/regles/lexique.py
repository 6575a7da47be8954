"""Cuts the text of an expression into tokens, each with its position."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from perenne.domain.regles.defauts import Defaut, ExpressionInvalide
from perenne.domain.regles.unites import UNITES

GenreLexeme = Literal["nombre", "date", "texte", "mot", "signe", "fin"]

MOTS_CLES = frozenset({"et", "ou", "non", "dans", "vrai", "faux"})

_UNITE = "|".join(re.escape(u) for u in UNITES)
_LEXEMES = re.compile(
    rf"""
    (?P<blanc>\s+)
  | (?P<date>\d{{4}}-\d{{2}}-\d{{2}}(?![\w-]))
  | (?P<nombre>\d+(?:_\d{{3}})*(?:\.\d+)?)(?:[ ]?(?P<unite>{_UNITE})(?![\w/]))?
  | (?P<texte>'(?:[^']|'')*')
  | (?P<mot>[A-Za-z_]\w*)
  | (?P<signe><=|>=|!=|[=<>+\-*/(),\[\]])
    """,
    re.VERBOSE,
)


@dataclass(frozen=True)
class Lexeme:
    """One token; `texte` is what was written, `valeur` what a constant holds."""

    genre: GenreLexeme
    texte: str
    position: int
    valeur: Decimal | dt.date | str | None = None
    unite: str = ""


def _invalide(texte: str, defaut: Defaut) -> ExpressionInvalide:
    return ExpressionInvalide(texte, (defaut,))


def _date(texte: str, brut: str, position: int) -> dt.date:
    try:
        return dt.date.fromisoformat(brut)
    except ValueError:
        raise _invalide(texte, Defaut("date_impossible", position, {"date": brut})) from None


def decouper(texte: str) -> list[Lexeme]:
    """Cut `texte` into tokens, the last one being `fin`.

    Raises:
        ExpressionInvalide: a character, a quoted text or a date cannot be read.
    """
    lexemes: list[Lexeme] = []
    position = 0
    while position < len(texte):
        trouve = _LEXEMES.match(texte, position)
        if trouve is None:
            code: Literal["texte_non_ferme", "caractere_inattendu"] = (
                "texte_non_ferme" if texte[position] == "'" else "caractere_inattendu"
            )
            raise _invalide(texte, Defaut(code, position, {"caractere": texte[position]}))
        brut = trouve.group()
        if trouve["date"]:
            lexemes.append(Lexeme("date", brut, position, _date(texte, brut, position)))
        elif trouve["nombre"]:
            nombre = Decimal(trouve["nombre"].replace("_", ""))
            lexemes.append(Lexeme("nombre", brut, position, nombre, trouve["unite"] or ""))
        elif trouve["texte"]:
            lexemes.append(Lexeme("texte", brut, position, brut[1:-1].replace("''", "'")))
        elif trouve["mot"]:
            lexemes.append(Lexeme("mot", brut, position))
        elif trouve["signe"]:
            lexemes.append(Lexeme("signe", brut, position))
        position = trouve.end()
    lexemes.append(Lexeme("fin", "", len(texte)))
    return lexemes
