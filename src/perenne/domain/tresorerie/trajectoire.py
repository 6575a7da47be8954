"""What the reference engine returns: closing cash of each day, and every movement with its order."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from perenne.domain.tresorerie.dates import Grille
from perenne.domain.tresorerie.echeances import Ordre
from perenne.domain.tresorerie.flux import Statut

AGIOS = "agios"
TVA = "tva"


@dataclass(frozen=True, slots=True)
class Mouvement:
    """One movement of cash.

    Attributes:
        jour: date.
        ordre: rank inside the day.
        flux: id of the flow, `agios` or `tva`.
        cle: instalment.
        montant: cents, VAT included; positive when received.
        tva: part of it that is VAT.
        solde: cash after it.
    """

    jour: dt.date
    ordre: Ordre
    flux: str
    cle: str
    montant: int
    tva: int
    solde: int


@dataclass(frozen=True, kw_only=True)
class Trajectoire:
    """One run of a plan.

    Attributes:
        grille: days covered.
        scenario: money counted.
        initial: cash before the first event.
        soldes: closing cash of each day, cents.
        journal: movements in order.
        tva_restante: VAT collected and not yet paid at the end, less credit; negative for a credit.
        avances_restantes: advances not yet repaid at the end, by flow, capital only.
    """

    grille: Grille
    scenario: Statut
    initial: int
    soldes: tuple[int, ...]
    journal: tuple[Mouvement, ...]
    tva_restante: int
    avances_restantes: dict[str, int]
