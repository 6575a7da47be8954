"""What is asked of the directory: words of a name, and what the enterprises must be."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from perenne.domain.annuaire.mots import epeler
from perenne.domain.ess.noms import MOTS_VIDES

Qualite = Literal["exact", "debut", "mots", "inacheve", "proche", "liste"]
QUALITES: tuple[Qualite, ...] = ("exact", "debut", "mots", "inacheve", "proche", "liste")
"""How a name answers, the best first: it is the words; it begins with them; it holds them all; it holds them,
the last one unfinished; it holds words one mistake away. `liste`: no word was asked."""

MOTS_MAX = 12
"""Words read in a demand; what follows is left out."""

_NUMERO = re.compile(r"(?P<siren>[0-9]{9})([0-9]{5})?|(?P<rna>W[0-9A-Z]{9}|[0-9]{3}[A-Z0-9]{7,12})")
_VIDES_DE_NUMERO = re.compile(r"[\s.\u00a0\u202f]")


@dataclass(frozen=True, kw_only=True)
class Demande:
    """Words, as read.

    Attributes:
        mots: those that tell a name from others, in their order.
        cle: the same, as a key of the alphabetical list; all of them when none tells a name from others.
        inacheve: the last word as it was typed, possibly only its beginning.
        numero: the SIREN or RNA number that the words may be; empty otherwise.
    """

    mots: tuple[str, ...] = ()
    cle: str = ""
    inacheve: str = ""
    numero: str = ""


def lire_demande(texte: str) -> Demande:
    """Read what a visitor typed.

    Words that name nothing (« association », « de ») are left out. Alone, they only ask for names made of
    them, and for words that start so (« la » of « ladrerie »).
    """
    numero = lire_numero(texte)
    tous = epeler(texte).split()[:MOTS_MAX]
    if not tous:
        return Demande(numero=numero)
    mots = [m for m in tous if m not in MOTS_VIDES]
    return Demande(
        mots=tuple(mots),
        cle=" ".join(mots or tous),
        inacheve=(mots or tous)[-1],
        numero=numero,
    )


def lire_numero(texte: str) -> str:
    """The SIREN or the RNA number that a text is, spaces apart; a SIRET gives its SIREN; empty otherwise."""
    trouve = _NUMERO.fullmatch(_VIDES_DE_NUMERO.sub("", texte).upper())
    return (trouve.group("siren") or trouve.group("rna")) if trouve else ""


Valeurs = tuple[str, tuple[str, ...]]
"""A kind of facet and some of its values; an empty value is what was not observed."""


@dataclass(frozen=True, kw_only=True)
class Condition:
    """What the enterprises must be, for one thing.

    Attributes:
        parmi: one of the values of one of the kinds is enough: `(("departement", ("23",)), ("commune", …))`.
        inconnues: why an enterprise that is not among them might have been, with the values that it then has,
            all of them. They are counted apart, never hidden silently.
    """

    parmi: tuple[Valeurs, ...]
    inconnues: tuple[tuple[str, tuple[Valeurs, ...]], ...] = ()


@dataclass(frozen=True, kw_only=True)
class Criteres:
    """What the enterprises must be, apart from their name.

    Attributes:
        conditions: all of them must hold.
        etats, verdicts: those shown; none for all. The others are counted apart.
    """

    conditions: tuple[Condition, ...] = ()
    etats: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
