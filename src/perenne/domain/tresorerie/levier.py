"""A lever to try, and how its fields are asked for."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any, Literal

from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import Flux, Statut
from perenne.domain.tresorerie.plan import Plan

NatureLevier = Literal[
    "avance-fonds",
    "acompte",
    "pluriannualite",
    "locaux",
    "personnel",
    "commande-publique",
    "pret-relais",
    "garantie",
    "etalement",
    "atelier-relais",
    "dailly",
]


class LevierInapplicable(Exception):
    """A lever cannot act on this plan.

    Attributes:
        code: `cible-inconnue`, `cible-impossible` or `valeur-manquante`.
        champ: field at fault.
    """

    def __init__(self, code: str, champ: str, valeur: str = "") -> None:
        super().__init__(code, champ, valeur)
        self.code, self.champ, self.valeur = code, champ, valeur


@dataclass(frozen=True, kw_only=True)
class Levier:
    """One lever to try.

    Attributes:
        id: short name; the flows it adds carry it.
        nature: which operation; the fields it reads are in the docstring of the operation.
        acteur: who does it (as `payeur` of the flows).
        cibles: ids of the flows it acts on.
        echeance: key of an instalment of the flow.
        date: when it starts.
        montant: cents.
        quotite: basis points.
        mois: length in months, or number of monthly payments.
        delai: new delay.
        taux: yearly rate, basis points.
        statut: certainty of the lever itself.
    """

    id: str
    nature: NatureLevier
    libelle: str = ""
    acteur: str = ""
    cibles: tuple[str, ...] = ()
    echeance: str = ""
    date: dt.date | None = None
    montant: int | None = None
    quotite: int | None = None
    mois: int | None = None
    delai: Duree | None = None
    taux: int = 0
    statut: Statut = "securise"


def date_du(levier: Levier) -> dt.date:
    """Its date, asked for."""
    if levier.date is None:
        raise LevierInapplicable("valeur-manquante", "date")
    return levier.date


def entier_du(levier: Levier, champ: str) -> int:
    """An integer field, asked for."""
    valeur = getattr(levier, champ)
    if valeur is None:
        raise LevierInapplicable("valeur-manquante", champ)
    return int(valeur)


def cibles_du(plan: Plan, levier: Levier, *classes: type[Flux]) -> tuple[Any, ...]:
    """The flows aimed at, each of one of the classes."""
    if not levier.cibles:
        raise LevierInapplicable("valeur-manquante", "cibles")
    trouves = []
    for identifiant in levier.cibles:
        try:
            flux = plan.trouver(identifiant)
        except KeyError:
            raise LevierInapplicable("cible-inconnue", "cibles", identifiant) from None
        if not isinstance(flux, classes):
            raise LevierInapplicable("cible-impossible", "cibles", identifiant)
        trouves.append(flux)
    return tuple(trouves)
