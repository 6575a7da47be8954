"""Legal forms as dated knowledge: what the law says of each code of the Sirene nomenclature."""

from __future__ import annotations

import datetime as dt
from typing import Literal

from perenne.domain.savoir.commun import Confiance, Source, fiche

Rattachement = Literal["de_droit", "sous_conditions", "non"]
"""Belongs by its form alone; belongs if its statutes meet the conditions of the law; cannot belong."""

FamilleForme = Literal[
    "association",
    "fondation",
    "mutuelle",
    "cooperative",
    "sapo",
    "societe-commerciale",
    "societe-civile",
    "groupement",
    "droit-public",
    "entreprise-individuelle",
    "sans-personnalite",
    "etranger",
    "autre",
]


@fiche
class PeriodeForme:
    """What the law says of the form from a day on.

    Attributes:
        du: first day; the law of 31 July 2014 came into force on 2 August 2014.
        au: last day, None while in force.
        ess: how the form belongs to the ESS.
        confiance: C is never decisive: the verdict then stays open.
        motif: why, in French.
    """

    du: dt.date
    au: dt.date | None = None
    ess: Rattachement
    confiance: Confiance
    verifie_le: dt.date
    motif: str
    sources: tuple[Source, ...]


@fiche
class FormeJuridique:
    """One code of the nomenclature of legal forms (level III, four digits)."""

    id: str
    libelle: str
    famille: FamilleForme
    periodes: tuple[PeriodeForme, ...]
    source: Source

    def au(self, jour: dt.date) -> PeriodeForme | None:
        """What the law says on that day; None before the law."""
        for p in self.periodes:
            if p.du <= jour and (p.au is None or jour <= p.au):
                return p
        return None
