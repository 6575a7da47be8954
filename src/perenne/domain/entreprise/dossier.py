"""What is entered about an enterprise: who answers, what they answer, its accounts. Roles, never names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from perenne.domain.entreprise.postes import Poste

Avis = Literal["oui", "moyen", "non", "sans-objet", "ne-sait-pas"]
Role = Literal["entreprise", "elu", "agent", "conseiller"]
Version = Literal["complete", "essentielle"]
PosteRessource = Literal[
    "ventes", "commande-publique", "subventions", "cotisations", "dons-mecenat", "nature", "benevolat"
]
"""The seven kinds of resources; the last two are not money."""
EN_NATURE: tuple[PosteRessource, ...] = ("nature", "benevolat")
NaturePayeur = Literal["public", "entreprise", "fondation", "particuliers", "autre"]
NiveauPublic = Literal["commune", "epci", "departement", "region", "etat", "ue", "caf", "ars", "autre-public"]
ValeurChiffre = float | bool | str | dt.date


@dataclass(frozen=True, kw_only=True)
class Structure:
    """The enterprise.

    Attributes:
        nom: name of the organisation.
        activites: identifiers of `knowledge/activites`.
        territoires: types of its territory (rural, montagne, qpv…), used to order questions only.
        debut_activite: first day with regular users; None when unknown or not started.
        activite_reguliere: whether there are regular users; None when unknown.
        comptes_clos: number of closed annual accounts, at least 0.
        premier_emploi: date of the first salaried job.
        stade, stade_motif: stage chosen by the people round the table, and why; empty to let it be inferred.
        faits: other facts of `knowledge/faits`, as written.
        fictif: the enterprise does not exist; said on every page.
    """

    nom: str
    activites: tuple[str, ...] = ()
    territoires: tuple[str, ...] = ()
    debut_activite: dt.date | None = None
    activite_reguliere: bool | None = None
    comptes_clos: int | None = None
    premier_emploi: dt.date | None = None
    stade: str = ""
    stade_motif: str = ""
    faits: Mapping[str, str] = field(default_factory=dict)
    fictif: bool = False


@dataclass(frozen=True, kw_only=True)
class Repondant:
    """Someone who answers: a short name (`elu-1`), a role, a function; never the name of a person."""

    id: str
    role: Role
    fonction: str = ""


@dataclass(frozen=True, kw_only=True)
class Passage:
    """One round of the grid: N, then N+2.

    Attributes:
        id: short name ("2024").
        date: day of the interview; an answer without its own date has this one.
        version: the whole grid, or the thirty-minute one.
    """

    id: str
    date: dt.date
    version: Version = "complete"


@dataclass(frozen=True, kw_only=True)
class Reponse:
    """The answer of one respondent to one criterion in one round.

    Attributes:
        source: where the reasons can be checked (report, minutes, accounts), never a person.
        date: None for the day of the round.
    """

    critere: str
    passage: str
    repondant: str
    avis: Avis
    justification: str = ""
    source: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Chiffre:
    """A figure given for a measure of a criterion, in the unit of the measure."""

    mesure: str
    passage: str
    repondant: str
    valeur: ValeurChiffre
    precision: str = ""
    date: dt.date | None = None


@dataclass(frozen=True, kw_only=True)
class Ressource:
    """What one payer brings in a year.

    Attributes:
        montant: cents, at least 0; for things in kind and volunteering, their estimated value.
        nature: kind of payer.
        niveau: public level, for public payers.
        nombre: how many payers stand behind the line (a crowd of customers is not one payer); 1 for a single
            one, 0 for "many, not counted".
        engage_jusqu_au: last day of the signed agreement; None when nothing is signed.
        debut_engagement: its first day.
        fleche: earmarked for a project (True), free of use (False), unknown (None).
        ecrit: covered by a written agreement.
    """

    exercice: str
    poste: PosteRessource
    payeur: str
    montant: int
    nature: NaturePayeur = "autre"
    niveau: NiveauPublic | None = None
    nombre: int = 1
    debut_engagement: dt.date | None = None
    engage_jusqu_au: dt.date | None = None
    fleche: bool | None = None
    ecrit: bool | None = None


@dataclass(frozen=True, kw_only=True)
class ActiviteEconomique:
    """What one activity brings in a year, in cents."""

    exercice: str
    nom: str
    produits: int


@dataclass(frozen=True, kw_only=True)
class Exercice:
    """An accounting year.

    Attributes:
        id: short name ("2025").
        clos_le: last day.
        mois: length in months, 1 to 24.
        montants: cents by line of the accounts; a missing line is unknown, not zero.
        origine: typed by hand, read in a trial balance, or in a FEC.
    """

    id: str
    clos_le: dt.date
    mois: int = 12
    montants: Mapping[Poste, int] = field(default_factory=dict)
    origine: Literal["saisie", "balance", "fec"] = "saisie"


@dataclass(frozen=True, kw_only=True)
class Dossier:
    """Everything entered about one enterprise."""

    structure: Structure
    repondants: tuple[Repondant, ...] = ()
    passages: tuple[Passage, ...] = ()
    reponses: tuple[Reponse, ...] = ()
    chiffres: tuple[Chiffre, ...] = ()
    exercices: tuple[Exercice, ...] = ()
    ressources: tuple[Ressource, ...] = ()
    activites: tuple[ActiviteEconomique, ...] = ()
