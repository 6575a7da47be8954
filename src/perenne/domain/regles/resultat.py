"""What an evaluation gives: an outcome or a figure with everything that explains it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from perenne.domain.regles.evaluation import Etape, Valeur
from perenne.domain.regles.logique import Trivalent
from perenne.domain.regles.periodes import Etat
from perenne.domain.savoir.commun import Confiance
from perenne.domain.savoir.regles import Cas, Issue, Reference, Regle, Version


@dataclass(frozen=True)
class CasEvalue:
    """A case with its truth; `etape` is None for the case that always applies."""

    cas: Cas
    etape: Etape | None

    @property
    def verite(self) -> Trivalent:
        """Whether the case applies."""
        return True if self.etape is None else self.etape.verite


@dataclass(frozen=True)
class Resultat:
    """The answer of one rule at one date for some facts.

    Attributes:
        regle: the rule.
        au: the date asked.
        etat: whether a version was in force.
        version: that version, None when there is none.
        fin: last day of its period; None when open.
        issue: what is concluded; `a_verifier` when facts are missing, when no version is known, or when the
            confidence is C. None for a figure.
        indicative: what would be concluded if the text were confirmed, when C alone makes `a_verifier`.
        valeur: the figure; None when unknown or for a condition.
        confiance: the lowest of what the answer rests on.
        cas: the cases read, in order, up to the one that decides.
        retenus: ranks of the cases that may decide: one when it is decided, several when facts are missing.
        manquants: facts whose knowledge could change the answer.
        lacunes: rules whose figure or outcome is not known at this date.
        faits: facts that the answer rests on.
        appels: answers of the other rules it rests on.
    """

    regle: Regle
    au: dt.date
    etat: Etat
    version: Version | None = None
    fin: dt.date | None = None
    issue: Issue | None = None
    indicative: Issue | None = None
    valeur: Decimal | None = None
    confiance: Confiance = "C"
    cas: tuple[CasEvalue, ...] = ()
    retenus: tuple[int, ...] = ()
    manquants: tuple[str, ...] = ()
    lacunes: tuple[str, ...] = ()
    faits: tuple[tuple[str, Valeur], ...] = ()
    appels: tuple[Resultat, ...] = ()

    @property
    def decisif(self) -> Cas | None:
        """The case that decides, when only one may."""
        return self.cas[self.retenus[0]].cas if len(self.retenus) == 1 else None

    @property
    def references(self) -> tuple[Reference, ...]:
        """Where it is written: the case, else the version, else the rule."""
        if self.decisif is not None and self.decisif.reference is not None:
            return (self.decisif.reference,)
        return (self.version.references if self.version else ()) or self.regle.references

    @property
    def ferme(self) -> bool:
        """Whether the answer may be relied upon: decided, and not of confidence C."""
        connue = self.valeur is not None or self.issue not in {None, "a_verifier"}
        return connue and self.confiance != "C"
