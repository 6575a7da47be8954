"""The types of expressions: kind, unit, allowed values."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from perenne.domain.savoir.expressions import Fait
from perenne.domain.savoir.regles import Regle

Genre = Literal["booleen", "nombre", "texte", "date", "choix", "choix_multiple"]


@dataclass(frozen=True)
class Type:
    """What an expression gives.

    Attributes:
        genre: kind of value.
        unite: unit of a number; "" when it has none; None for a bare constant, which takes any.
        valeurs: allowed codes of a choice; None when any text is allowed.
        minimum, maximum: bounds of a number.
    """

    genre: Genre
    unite: str | None = ""
    valeurs: frozenset[str] | None = None
    minimum: float = -math.inf
    maximum: float = math.inf

    @property
    def textuel(self) -> bool:
        """Whether the value is a text, free or chosen."""
        return self.genre in {"texte", "choix"}


BOOLEEN = Type("booleen")
NOMBRE_NU = Type("nombre", None)


@dataclass(frozen=True)
class Signature:
    """What an expression may ask of a rule.

    Attributes:
        unite: unit of its figures; None when it has no figure.
        issues: what it may conclude; empty when it concludes nothing.
    """

    unite: str | None
    issues: frozenset[str]


@dataclass(frozen=True)
class Portee:
    """What expressions may name: the declared facts and the rules."""

    faits: Mapping[str, Type]
    regles: Mapping[str, Signature] = field(default_factory=dict)


def type_du_fait(fait: Fait, identifiants: Mapping[str, frozenset[str]] | None = None) -> Type:
    """The type of a declared fact.

    Args:
        fait: its declaration.
        identifiants: identifiers of the knowledge base by kind, for facts whose values are those.
    """
    valeurs: frozenset[str] | None = None
    if fait.type in {"choix", "choix_multiple"}:
        if fait.genre_valeurs:
            # A kind without items yet allows any code: its own loading says that it is empty.
            valeurs = (identifiants or {}).get(fait.genre_valeurs) or None
        else:
            valeurs = frozenset(fait.valeurs or {})
    minimum = -math.inf if fait.minimum is None else fait.minimum
    maximum = math.inf if fait.maximum is None else fait.maximum
    return Type(fait.type, fait.unite, valeurs, minimum, maximum)


def signature_de(regle: Regle) -> Signature:
    """What expressions may ask of `regle`."""
    issues = {str(cas.issue) for v in regle.versions for cas in v.cas}
    if issues and "sans_objet" in {regle.avant, regle.apres}:
        issues.add("sans_objet")
    chiffree = regle.nature in {"valeur", "bareme"}
    # `a_verifier` is the unknown of those who ask: it cannot be compared with.
    return Signature(regle.unite if chiffree else None, frozenset(issues - {"a_verifier"}))


def portee(
    faits: Mapping[str, Fait],
    regles: Mapping[str, Regle],
    identifiants: Mapping[str, frozenset[str]] | None = None,
) -> Portee:
    """What expressions may name in a knowledge base."""
    return Portee(
        {nom: type_du_fait(f, identifiants) for nom, f in faits.items()},
        {nom: signature_de(r) for nom, r in regles.items()},
    )
