"""The plan of an enterprise: opening cash, horizon, overdraft, VAT regime, flows."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace

from perenne.domain.tresorerie.dates import Periodicite, ajouter_mois
from perenne.domain.tresorerie.flux import Flux

HORIZON_MAX = 120


@dataclass(frozen=True, kw_only=True)
class Decouvert:
    """An authorised overdraft: cash may go down to `-plafond` from `du` to `au`, at `taux` basis points a
    year.

    Interest is computed on the closing balances of the month (exact/365) and paid on the first day of the
    next;
    it is also due on what goes over the limit.
    """

    plafond: int = 0
    taux: int = 0
    du: dt.date | None = None
    au: dt.date | None = None

    def plafond_au(self, jour: dt.date) -> int:
        """Limit in force on a day, cents."""
        dedans = (self.du is None or self.du <= jour) and (self.au is None or jour <= self.au)
        return self.plafond if dedans else 0


@dataclass(frozen=True, kw_only=True)
class RegimeTva:
    """VAT on receipts (services), for the lucrative sector.

    Attributes:
        periodicite: return each month or each quarter.
        jour: day of the following month when the tax is paid.
        prorata: deductible part of the tax on purchases, basis points.
        seuil_remboursement: smallest credit that is claimed back, cents; smaller ones are carried forward.
        mois_remboursement: calendar months whose return may claim a refund.
        delai_remboursement_mois: months from the return to the refund.
        credit_initial: credit carried in, cents.
    """

    periodicite: Periodicite = "mois"
    jour: int = 20
    prorata: int = 10_000
    seuil_remboursement: int = 0
    mois_remboursement: tuple[int, ...] = (12,)
    delai_remboursement_mois: int = 2
    credit_initial: int = 0


@dataclass(frozen=True, kw_only=True)
class Plan:
    """A treasury plan.

    Attributes:
        structure: name of the enterprise.
        debut: first day; `tresorerie_initiale` is held before its first event.
        tresorerie_initiale: cents, may be negative.
        horizon_mois: 1 to 120.
        securite_mois: cushion wanted, in hundredths of a month of disbursed expenses.
        decouvert: authorised overdraft.
        tva: VAT regime; None outside the lucrative sector (rates of the flows must then be 0).
        flux: all flows, ids unique.
    """

    structure: str
    debut: dt.date
    tresorerie_initiale: int
    horizon_mois: int = 36
    securite_mois: int = 100
    decouvert: Decouvert = Decouvert()
    tva: RegimeTva | None = None
    flux: tuple[Flux, ...] = ()

    @property
    def fin(self) -> dt.date:
        """Last day of the horizon."""
        return ajouter_mois(self.debut, self.horizon_mois) - dt.timedelta(days=1)

    def trouver(self, identifiant: str) -> Flux:
        """The flow with this id.

        Raises:
            KeyError: no such flow.
        """
        for flux in self.flux:
            if flux.id == identifiant:
                return flux
        raise KeyError(identifiant)

    def avec(self, *flux: Flux) -> Plan:
        """The plan with these flows added, or put in place of those with the same id."""
        nouveaux = {f.id: f for f in flux}
        gardes = tuple(nouveaux.pop(f.id, f) for f in self.flux)
        return replace(self, flux=gardes + tuple(nouveaux.values()))

    def sans(self, identifiant: str) -> Plan:
        """The plan without this flow."""
        return replace(self, flux=tuple(f for f in self.flux if f.id != identifiant))
