"""What both engines read: dated instalments, mobilised receivables, laws."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from perenne.domain.tresorerie.alea import Loi
from perenne.domain.tresorerie.flux import STATUTS, Statut
from perenne.domain.tresorerie.nombres import MILLION, quotient_arrondi
from perenne.domain.tresorerie.plan import Plan

Poste = Literal["produit", "charge", "salaires", "investissement", "financement"]


class Ordre(IntEnum):
    """Order of events inside a day. Receipts come first: a day's lowest point is its opening or its
    closing."""

    AGIOS = 0
    """Overdraft interest of the past month, first day of a month."""
    ENCAISSEMENT = 1
    """Receipts from third parties, VAT refunds, loans drawn."""
    MOBILISATION = 2
    """Advances on receivables still unpaid after the receipts of the day."""
    REMBOURSEMENT = 3
    """Advances repaid by the receipts of the day, or due that day."""
    PAIEMENT = 4
    """Everything paid out, VAT included."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Echeance:
    """One dated amount: `fixe + variable × part`, part in millionths drawn by a law (central value: one
    million).

    Attributes:
        flux: id of the flow.
        cle: key inside the flow ("acompte", "solde", "2027-03").
        jour: central date.
        fixe, variable: cents before VAT, positive when received.
        tva: rate in basis points, added to the amount.
        ordre: rank inside the day.
        poste: what it is for the expenses of a month.
        loi_retard, loi_part: index of the law in the compiled plan, -1 when certain.
        acquis: for a receipt, when it was decided (grant) or earned (invoice); None means on its date.
    """

    flux: str
    cle: str
    jour: dt.date
    fixe: int = 0
    variable: int = 0
    tva: int = 0
    ordre: Ordre = Ordre.ENCAISSEMENT
    poste: Poste = "produit"
    statut: Statut = "securise"
    payeur: str = ""
    loi_retard: int = -1
    loi_part: int = -1
    acquis: dt.date | None = None

    def montant(self, part: int = MILLION) -> int:
        """Amount before VAT, cents."""
        return self.fixe + quotient_arrondi(self.variable * part, MILLION)


@dataclass(frozen=True, kw_only=True, slots=True)
class Mobilisation:
    """Money received on `jour` and repaid on settlement of an instalment, or on `limite` if that comes first.

    Attributes:
        cible: index of the instalment in the compiled plan, -1 when repaid on `limite` only.
        montant: cents, positive.
        taux: basis points a year, on the days from `jour` to repayment; paid at repayment.
        commission: cents, paid on `jour`.
    """

    flux: str
    jour: dt.date
    montant: int
    cible: int
    limite: dt.date | None
    taux: int
    commission: int
    statut: Statut
    payeur: str


@dataclass(frozen=True, slots=True)
class ValeurEnNature:
    """Value for memory of a contribution in kind, never cash."""

    jour: dt.date
    valeur: int
    statut: Statut
    payeur: str


@dataclass(frozen=True, kw_only=True)
class PlanCompile:
    """A plan turned into instalments.

    Attributes:
        plan: where it comes from.
        echeances: sorted by date, order, then position in the plan.
        mobilisations: advances and relays.
        lois: laws that the instalments name by index.
        en_nature: values for memory.
    """

    plan: Plan
    echeances: tuple[Echeance, ...]
    mobilisations: tuple[Mobilisation, ...]
    lois: tuple[Loi, ...]
    en_nature: tuple[ValeurEnNature, ...]


COMPTES: dict[Statut, frozenset[Statut]] = {
    s: frozenset(STATUTS[: rang + 1]) for rang, s in enumerate(STATUTS)
}
"""The statuses whose money belongs to each scenario."""


def compte(statut: Statut, scenario: Statut) -> bool:
    """Whether money of this status belongs to a scenario."""
    return statut in COMPTES[scenario]


def plus_faible(a: Statut, b: Statut) -> Statut:
    """The less certain of two statuses."""
    return STATUTS[max(STATUTS.index(a), STATUTS.index(b))]
