"""What a recommendation is asked for: an enterprise, a public actor, a territory, a date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from perenne.domain.leviers.bareme import AMBITION, BESOIN
from perenne.domain.regles.evaluation import Valeur
from perenne.domain.savoir.commun import Thematique
from perenne.domain.savoir.leviers import Nature

NiveauBesoin = Literal["marque", "present"]


@dataclass(frozen=True, kw_only=True)
class Entreprise:
    """The enterprise as it is described.

    Attributes:
        faits: known facts in the values of the language: answers to the grid (`critere_a8`), situation, form,
            agreements, measures. An absent fact is unknown, never false.
        activite: identifier of its activity; empty when unknown.
        besoins: needs that it answers.
        theme: one of the four of the study; empty when unknown.
        cas: identifier of the case when the enterprise is one of the base: it is then no precedent of itself.
    """

    nom: str
    faits: Mapping[str, Valeur] = field(default_factory=dict)
    activite: str = ""
    besoins: tuple[str, ...] = ()
    theme: Thematique | Literal[""] = ""
    cas: str = ""
    fictif: bool = False


@dataclass(frozen=True, kw_only=True)
class ActeurPublic:
    """Who is advised.

    Attributes:
        type: identifier of its type.
        lignee: its type, then the wider types it belongs to, then the narrower ones that it gathers.
        nom: shown to the reader; empty for a type in general.
        organisation: identifier in the base, when it is one of those that the study names.
        moyens: kinds of instruments that it can use; empty when it did not say.
        ambitions: needs that it wants to answer first.
    """

    type: str
    lignee: tuple[str, ...]
    nom: str = ""
    organisation: str = ""
    moyens: frozenset[Nature] = frozenset()
    ambitions: frozenset[str] = frozenset()
    faits: Mapping[str, Valeur] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Lieu:
    """What is known of the territory.

    Attributes:
        besoins: level of the needs documented there; a need absent is not documented, which is not "no need".
        zonages: zonings and programmes in force at the date.
    """

    nom: str = ""
    besoins: Mapping[str, NiveauBesoin] = field(default_factory=dict)
    zonages: frozenset[str] = frozenset()
    faits: Mapping[str, Valeur] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Demande:
    """Everything that a recommendation depends on; the knowledge base is the other argument.

    Attributes:
        montant: amount considered, in euros (net of tax for a purchase), at least 0; None when unknown.
        au: date of the decision.
    """

    entreprise: Entreprise
    acteur: ActeurPublic
    lieu: Lieu = field(default_factory=Lieu)
    au: dt.date
    montant: Decimal | None = None

    @property
    def faits(self) -> dict[str, Valeur]:
        """All the facts; what is said of the enterprise wins over what is known of its territory."""
        return {**self.lieu.faits, **self.acteur.faits, **self.entreprise.faits}

    @property
    def poids_besoins(self) -> dict[str, float]:
        """Points of each need that the enterprise answers; see `bareme.BESOIN` and `AMBITION`."""

        poids = {b: BESOIN[n] for b, n in self.lieu.besoins.items() if b in self.entreprise.besoins}
        return {**poids, **{b: AMBITION for b in self.acteur.ambitions if b in self.entreprise.besoins}}
