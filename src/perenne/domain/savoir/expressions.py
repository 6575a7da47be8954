"""What the expression language needs from `knowledge/`: the marker of its texts, the facts it may name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from perenne.domain.savoir.commun import Ref, Source, fiche

GenreFait = Literal["booleen", "nombre", "texte", "date", "choix", "choix_multiple"]
"""What a fact may hold; `choix_multiple` is a set of allowed values, read with `'x' dans nom`."""


@dataclass(frozen=True)
class Expression:
    """Marks a string as an expression: `Annotated[str, Expression()]`. The loader parses and type-checks it.

    Attributes:
        genre: what the expression must give, `booleen` for a condition, `nombre` for a figure.
    """

    genre: Literal["booleen", "nombre"] = "booleen"


Condition = Annotated[str, Expression("booleen")]


@fiche
class Fait:
    """One variable that expressions may name.

    Attributes:
        id: its name in expressions: lower case, digits and underscores.
        type: what it holds.
        unite: unit of a number (EUR, EUR HT, EUR/an, mois, ans, jours, hab, %, ETP…); empty when it has none.
        libelle: how a reader names it.
        question: what to ask the user when it is missing.
        valeurs: allowed codes of a choice, each with its label.
        genre_valeurs: kind of item whose identifiers are the allowed codes, instead of `valeurs`.
        minimum: smallest possible number.
        maximum: largest possible number.
        precision: what is counted and what is not.
        sources: where the definition was read.
    """

    id: str
    type: GenreFait
    libelle: str
    question: str
    unite: str = ""
    valeurs: dict[str, str] | None = None
    genre_valeurs: str = ""
    minimum: float | None = None
    maximum: float | None = None
    precision: str = ""
    sources: tuple[Source, ...] = ()


RefFait = Annotated[str, Ref("fait")]
