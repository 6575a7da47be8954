"""What is classified, what is found in it, and what is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

GenreMotif = Literal["fort", "faible", "exclu"]
Confiance = Literal["haute", "moyenne", "faible"]
Origine = Literal["decision", "registre", "texte", "code"]
Champ = Literal[
    "nom",
    "sigle",
    "texte",
    "nom-liste",
    "texte-liste",
    "naf",
    "waldec",
    "registre",
    "service",
    "modele",
    "decision",
]


@dataclass(frozen=True, kw_only=True)
class Fiche:
    """One structure to classify. Everything but `id` may be empty.

    Attributes:
        id: kept as it is in the answer.
        nom: name; the words found there weigh more.
        texte: purpose or description.
        source: identifier of the file or register it comes from (`registres.registre_de_source`).
        naf: NAF rév. 2 code, `88.99B` or `8899B`.
        categorie_juridique: legal form, four digits.
        waldec: purpose codes of the national directory of associations.
        registres: registers where it is listed, as in the nomenclature `registres`.
        finess, typologies: category code of the health directory, structure types of data·inclusion.
        services: themes of the services that it says it offers.
        numero: SIREN or RNA number, for human decisions.
    """

    id: str
    nom: str = ""
    texte: str = ""
    source: str = ""
    naf: str = ""
    categorie_juridique: str = ""
    waldec: tuple[str, ...] = ()
    registres: tuple[str, ...] = ()
    finess: tuple[str, ...] = ()
    typologies: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    numero: str = ""


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One place where a pattern matches, in the normalised text; `motif` is its rank."""

    activite: str
    genre: GenreMotif
    motif: int
    debut: int
    fin: int


class Reperage(Protocol):
    """Finds the patterns of every activity in a normalised text, in one pass."""

    def reperer(self, forme: str) -> Sequence[Occurrence]:
        """Every occurrence, at most a few per pattern, in no special order."""
        ...


@dataclass(frozen=True, kw_only=True)
class Liste:
    """A list that names the operator, and the words it has for it.

    Attributes:
        registre: list of the atlas (`siae`, `data-inclusion`, `tiers-lieux`…).
        reference: identifier in the list.
        typologies: structure types given by the list.
        services: themes of the services offered, as the list gives them.
        source, date: where and when it was read.
    """

    registre: str
    reference: str = ""
    nom: str = ""
    texte: str = ""
    typologies: tuple[str, ...] = ()
    services: tuple[str, ...] = ()
    source: str = ""
    date: str = ""


@dataclass(frozen=True, kw_only=True)
class Indice:
    """Why an activity is given.

    Attributes:
        champ: where it was seen. For words, `debut` and `fin` are positions in the original text and `mots`
            the characters found there; elsewhere they are -1 and `mots` is the code, the register or
            the words of the linear model.
        motif: the pattern that found the words.
        liste: the list that says so, or whose words they are.
    """

    champ: Champ
    mots: str
    debut: int = -1
    fin: int = -1
    motif: str = ""
    liste: Liste | None = None


@dataclass(frozen=True, kw_only=True)
class Etiquette:
    """An activity of a structure.

    Attributes:
        probabilite: estimated chance that a reader would agree, in [0, 1]; 1 for a register or a decision.
    """

    activite: str
    confiance: Confiance
    probabilite: float
    origine: Origine
    indices: tuple[Indice, ...] = ()
