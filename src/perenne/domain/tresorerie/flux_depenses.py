"""Flows that take cash out, and the financing that moves it in time. Units as in `flux`."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from perenne.domain.tresorerie.dates import IMMEDIAT, Duree, Periodicite
from perenne.domain.tresorerie.flux import Flux, FluxIncertain, FluxVariable, Statut

NatureRelais = Literal["avance-publique", "dailly", "pret-relais"]


@dataclass(frozen=True, kw_only=True)
class Salaires(FluxVariable):
    """Payroll: net pay in the month, social charges later.

    Attributes:
        net: net pay of a month.
        charges: social charges of a month, employer's and employees' shares.
        debut: first day.
        fin: last day; None means until the horizon.
        jour_net: day of the month when wages are paid.
        jour_charges: day of the following month when charges are paid.
        charges_trimestrielles: paid after the quarter instead of after the month.
    """

    nature: ClassVar[str] = "salaires"
    net: int
    charges: int
    debut: dt.date
    fin: dt.date | None = None
    jour_net: int = 28
    jour_charges: int = 15
    charges_trimestrielles: bool = False


@dataclass(frozen=True, kw_only=True)
class Charge(FluxIncertain):
    """A purchase or an expense, once or at regular intervals, before VAT; `tva` in basis points."""

    nature: ClassVar[str] = "charge"
    montant: int
    debut: dt.date
    fin: dt.date | None = None
    periodicite: Periodicite = "mois"
    jour: int = 10
    delai: Duree = IMMEDIAT
    tva: int = 0


@dataclass(frozen=True, kw_only=True)
class Investissement(FluxIncertain):
    """An investment paid first, and its grant paid on proof. The uncertainty is the grant's.

    Attributes:
        cout: price before VAT.
        date: payment of the supplier.
        tva: rate of VAT, basis points.
        subvention: amount of the grant.
        statut_subvention: its own status.
        delai: from the payment of the supplier to the grant.
    """

    nature: ClassVar[str] = "investissement"
    cout: int
    date: dt.date
    tva: int = 0
    subvention: int = 0
    statut_subvention: Statut = "securise"
    delai: Duree = IMMEDIAT


@dataclass(frozen=True, kw_only=True)
class Emprunt(Flux):
    """A loan repaid by constant monthly payments after a grace period when only interest is paid.

    Attributes:
        montant: capital.
        date: drawdown; the first payment is one month later.
        taux: yearly rate, basis points; a month bears one twelfth of it.
        duree_mois: total length, grace included.
        differe_mois: grace period, less than `duree_mois`.
        frais: fees and guarantee commission paid at drawdown.
    """

    nature: ClassVar[str] = "emprunt"
    montant: int
    date: dt.date
    taux: int
    duree_mois: int
    differe_mois: int = 0
    frais: int = 0


@dataclass(frozen=True, kw_only=True)
class AtelierRelais(Flux):
    """Premises that a public actor paid for with a loan: the rent is the instalments, ownership comes at
    the end.

    Attributes:
        montant: capital of the public loan.
        date: start; the first rent is one month later.
        taux: yearly rate of the public loan, basis points.
        duree_mois: number of rents.
    """

    nature: ClassVar[str] = "atelier-relais"
    montant: int
    date: dt.date
    taux: int
    duree_mois: int


@dataclass(frozen=True, kw_only=True)
class Relais(Flux):
    """Money paid before a receivable and repaid by it: public advance, Dailly assignment, relay loan.

    It is not paid if the receivable is settled on or before `date`; it is repaid in full on settlement, or on
    `au_plus_tard` if that comes first (with recourse: the association bears what the funder refuses).

    Attributes:
        type: `dailly` needs a secured receivable.
        date: when the money comes.
        cible: id of the flow that repays; empty for a loan repaid on `au_plus_tard`.
        echeance: key of the instalment of that flow ("solde", "acompte", "2027-03"); empty: its largest one.
        quotite: part of the instalment, basis points; used when `montant` is None.
        montant: amount, cents; with a target, never more than the instalment.
        plafond: upper limit of the amount.
        taux: simple yearly rate paid at repayment, basis points.
        commission: fee paid at the start, basis points of the amount.
        au_plus_tard: latest repayment date.
    """

    nature: ClassVar[str] = "relais"
    type: NatureRelais
    date: dt.date
    cible: str = ""
    echeance: str = ""
    quotite: int = 0
    montant: int | None = None
    plafond: int | None = None
    taux: int = 0
    commission: int = 0
    au_plus_tard: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class EnNature(Flux):
    """A contribution in kind: a value for memory, never cash; its cost comes back when it is withdrawn.

    Attributes:
        valeur_mensuelle: value of a month, for memory.
        debut: first day.
        fin: last day; None means until the horizon.
        retrait: first day of the withdrawal; None when it is kept.
        cout_mensuel: what the enterprise pays each month from the withdrawal, before VAT.
        jour: day of the month of that payment.
    """

    nature: ClassVar[str] = "en-nature"
    valeur_mensuelle: int
    debut: dt.date
    fin: dt.date | None = None
    retrait: dt.date | None = None
    cout_mensuel: int = 0
    jour: int = 5


@dataclass(frozen=True, kw_only=True)
class Etalement(Flux):
    """An agreement that spreads debts: payments of a flow due in [du, au] become monthly payments.

    Attributes:
        cible: id of the flow of expenses.
        composante: "charges" spreads only the social charges of a payroll; empty spreads everything.
        du, au: due dates concerned, both included.
        premiere: date of the first payment, after or on `du`.
        mensualites: number of monthly payments.
        majoration: surcharge in basis points of the sums spread.
    """

    nature: ClassVar[str] = "etalement"
    cible: str
    composante: str = ""
    du: dt.date
    au: dt.date
    premiere: dt.date
    mensualites: int
    majoration: int = 0
