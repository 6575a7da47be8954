"""What a plan is made of: one class a kind of flow. Amounts in cents, rates in basis points, dates given.

No value of law has a default here: rates, aid per job and thresholds are arguments, read from dated rules
above.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar, Literal

from perenne.domain.tresorerie.dates import (
    DEUX_ANS,
    IMMEDIAT,
    QUINZE_JOURS,
    TRENTE_JOURS,
    TROIS_MOIS,
    Duree,
    Periodicite,
)

Statut = Literal["securise", "probable", "espere"]
STATUTS: tuple[Statut, ...] = ("securise", "probable", "espere")
"""From signed and dated money to hoped-for money. A scenario counts its own status and those before it."""

UNIFORME: tuple[int, ...] = (1,) * 12


@dataclass(frozen=True, kw_only=True)
class Flux:
    """What every flow has.

    Attributes:
        id: short name, unique in the plan.
        libelle: what the user calls it.
        statut: signed (`securise`), likely (`probable`), hoped for (`espere`); applies to expenses too, when
            they only exist if their funding does.
        payeur: who pays, or who is paid.
    """

    nature: ClassVar[str]
    id: str
    libelle: str = ""
    statut: Statut = "securise"
    payeur: str = ""


@dataclass(frozen=True, kw_only=True)
class FluxVariable(Flux):
    """A flow whose amount may vary; without bounds it is certain.

    Attributes:
        part_min: smallest part of the amount, in basis points of the central amount; triangular law.
        part_max: largest part.
        parts_observees: parts observed, in basis points; when given, they replace the triangular law.
    """

    part_min: int | None = None
    part_max: int | None = None
    parts_observees: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FluxIncertain(FluxVariable):
    """A flow whose delay may vary too; without bounds it is certain.

    Attributes:
        delai_min: shortest delay; triangular law with the central delay as its mode.
        delai_max: longest delay.
        delais_observes: delays observed in days; when given, they replace the triangular law.
    """

    delai_min: Duree | None = None
    delai_max: Duree | None = None
    delais_observes: tuple[int, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Subvention(FluxIncertain):
    """A grant: first instalment after notification, balance after the report. Parts vary the total due.

    Attributes:
        montant: total granted.
        notification: date of the decision.
        acompte: part paid first, basis points.
        acompte_delai: from notification to the first instalment.
        acompte_delai_max: longest delay of the first instalment; None when certain.
        solde_le: date when the condition of the balance is met (report handed over).
        delai: from that date to the balance.
        probabilite: chance of award in basis points; shown, never multiplied into cash. None when decided.
    """

    nature: ClassVar[str] = "subvention"
    montant: int
    notification: dt.date
    acompte: int = 0
    acompte_delai: Duree = IMMEDIAT
    acompte_delai_max: Duree | None = None
    solde_le: dt.date
    delai: Duree = IMMEDIAT
    probabilite: int | None = None


@dataclass(frozen=True, kw_only=True)
class Convention(FluxIncertain):
    """A multi-year agreement: each year a first instalment, and a balance after the year.

    Attributes:
        debut: first day of the first year; the following years start on its anniversaries.
        montants: amount of each year, 1 to 5 years.
        acompte: part paid first each year, basis points.
        acompte_delai: from the start of the year to the first instalment.
        acompte_delai_max: longest delay of the first instalment; None when certain.
        delai: from the end of the year to its balance.
    """

    nature: ClassVar[str] = "convention"
    debut: dt.date
    montants: tuple[int, ...]
    acompte: int = 0
    acompte_delai: Duree = IMMEDIAT
    acompte_delai_max: Duree | None = None
    delai: Duree = IMMEDIAT


@dataclass(frozen=True, kw_only=True)
class OperationUE(FluxIncertain):
    """A European operation (FSE+, FEDER, LEADER): advance, claims, balance long after the end.

    Attributes:
        debut: first day.
        fin: last day.
        depenses: eligible cost of the operation (its spending is written in the other flows).
        taux: part of the cost that the fund pays, basis points.
        avance: advance in basis points of the aid; `avance_plafond` in cents limits it.
        avance_delai: from the first day to the advance.
        demandes: dates of the intermediate claims, at most four.
        parts_demandees: part of the aid paid for each claim, basis points, one for each date.
        demande_delai: from a claim to its payment.
        delai: from the last day to the balance (two years on average in the study).
        rejet: part of the aid refused at the final control, basis points.
    """

    nature: ClassVar[str] = "operation-ue"
    debut: dt.date
    fin: dt.date
    depenses: int
    taux: int
    avance: int = 0
    avance_plafond: int | None = None
    avance_delai: Duree = IMMEDIAT
    demandes: tuple[dt.date, ...] = ()
    parts_demandees: tuple[int, ...] = ()
    demande_delai: Duree = IMMEDIAT
    delai: Duree = DEUX_ANS
    rejet: int = 0


@dataclass(frozen=True, kw_only=True)
class AidePoste(FluxIncertain):
    """Aid per job of integration enterprises (IAE): twelfths of the agreed jobs, regularised on the real
    ones.

    Attributes:
        debut: first month.
        fin: last month.
        etp: agreed full-time jobs, in hundredths (350 = 3.5).
        montant_par_etp: aid per full-time job and year; the value of the scale in force, given.
        occupation: jobs really held over agreed ones, basis points; parts vary it.
        mois_regularisation: calendar months when the difference since the last one is paid or taken back;
            what remains is settled after the year, with the delay `delai_bilan` from 31 December.
        delai: from the end of a month to its payment.
        delai_bilan: from the end of the year to the last regularisation.
        modulation: modulated part paid once a year with the last regularisation, basis points of the aid due.
    """

    nature: ClassVar[str] = "aide-poste"
    debut: dt.date
    fin: dt.date
    etp: int
    montant_par_etp: int
    occupation: int = 10_000
    mois_regularisation: tuple[int, ...] = (5, 8, 11)
    delai: Duree = QUINZE_JOURS
    delai_bilan: Duree = TROIS_MOIS
    modulation: int = 0


@dataclass(frozen=True, kw_only=True)
class Marche(FluxIncertain):
    """A public contract invoiced at regular intervals, with an optional advance taken back from the invoices.

    Attributes:
        montant: total before VAT.
        debut: first day.
        fin: last day; one invoice at the end of each period.
        periodicite: period of invoices.
        delai: from the invoice to its payment.
        avance: part paid at the start, basis points of the total; `avance_delai` after the first day.
        resorption_debut: progress, basis points, from which the advance is taken back.
        resorption_fin: progress at which it has been taken back entirely.
        tva: rate of VAT, basis points; 0 outside the lucrative sector.
    """

    nature: ClassVar[str] = "marche"
    montant: int
    debut: dt.date
    fin: dt.date
    periodicite: Periodicite = "mois"
    delai: Duree = TRENTE_JOURS
    avance: int = 0
    avance_delai: Duree = IMMEDIAT
    resorption_debut: int = 6_500
    resorption_fin: int = 8_000
    tva: int = 0


@dataclass(frozen=True, kw_only=True)
class Ventes(FluxIncertain):
    """Sales by month of sale, with seasonality and bad debt.

    Attributes:
        annuel: sales of twelve months before VAT.
        debut: first day.
        fin: last day.
        saison: twelve weights, January first.
        jour: day of the month when the month's sales are taken as made.
        delai: from sale to payment.
        impayes: part never paid, basis points.
        tva: rate of VAT, basis points.
    """

    nature: ClassVar[str] = "ventes"
    annuel: int
    debut: dt.date
    fin: dt.date
    saison: tuple[int, ...] = UNIFORME
    jour: int = 15
    delai: Duree = IMMEDIAT
    impayes: int = 0
    tva: int = 0


@dataclass(frozen=True, kw_only=True)
class Dons(FluxVariable):
    """Donations, sponsorship and membership fees over the year; `saison` as for sales."""

    nature: ClassVar[str] = "dons"
    annuel: int
    debut: dt.date
    fin: dt.date
    saison: tuple[int, ...] = UNIFORME
    jour: int = 15


@dataclass(frozen=True, kw_only=True)
class Recette(FluxIncertain):
    """Any other receipt, once or at regular intervals, outside VAT."""

    nature: ClassVar[str] = "recette"
    montant: int
    debut: dt.date
    fin: dt.date | None = None
    periodicite: Periodicite = "unique"
    jour: int = 15
    delai: Duree = IMMEDIAT
