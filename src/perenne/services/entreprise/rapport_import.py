"""What the reading of accounts gives: balances, totals, each line refused with its reason."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Literal

from perenne.domain.entreprise.comptes import SoldeCompte

Raison = Literal[
    "total",
    "compte-absent",
    "compte-illisible",
    "montant-illisible",
    "date-illisible",
    "sens-illisible",
    "colonnes",
]
RAISONS: dict[str, str] = {
    "total": "ligne de total, laissée de côté",
    "compte-absent": "aucun numéro de compte",
    "compte-illisible": "le numéro de compte ne commence pas par deux chiffres",
    "montant-illisible": "un montant n'est pas un nombre, ou se lit de deux façons",
    "date-illisible": "la date n'est pas de la forme AAAAMMJJ",
    "sens-illisible": "le sens n'est ni D ni C",
    "colonnes": "le nombre de colonnes n'est pas celui de la ligne de titres",
}


@dataclass(frozen=True, kw_only=True)
class Rejet:
    """A line that was not kept: its number in the file, what it says, why."""

    ligne: int
    texte: str
    raison: Raison


@dataclass(frozen=True, kw_only=True)
class Lecture:
    """A file of accounts once read.

    Attributes:
        forme: how the file was read (encoding, separator, sheet).
        debit, credit: totals of the lines kept, cents.
        lues, retenues: numbers of lines; lues = retenues + ecartes + rejets.
        ecartes: total lines, set aside.
        desequilibres: entries of a FEC whose debit differs from their credit.
        clos_le: last day of the year, when the file tells it.
        refus: why the file cannot be read at all, and what to do.
    """

    nature: Literal["balance", "fec"]
    forme: str = ""
    soldes: tuple[SoldeCompte, ...] = ()
    debit: int = 0
    credit: int = 0
    lues: int = 0
    retenues: int = 0
    ecartes: tuple[Rejet, ...] = ()
    rejets: tuple[Rejet, ...] = ()
    desequilibres: tuple[str, ...] = ()
    clos_le: dt.date | None = None
    refus: tuple[str, str] | None = None

    @classmethod
    def refusee(cls, message: str, conseil: str, nature: Literal["balance", "fec"] = "balance") -> Lecture:
        """A file that cannot be read."""
        return cls(nature=nature, refus=(message, conseil))
