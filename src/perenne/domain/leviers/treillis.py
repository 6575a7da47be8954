"""How the answers of several rules combine into one legal status.

Each rule has an effect on the status; the status is the worst effect:

    exclu  >  a_verifier  >  sous_condition  >  possible  >  (no effect)

A duty (`obligatoire`) is a condition to meet. A definition, a figure, a rule without object have no effect.
Where facts are missing, a rule has the worst effect that its remaining cases may have, except that what is
not decided never excludes: it is `a_verifier`. A rule of confidence C never excludes and never permits: when
it would be unfavourable it is `a_verifier`, otherwise it only adds a reserve.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from perenne.domain.regles.resultat import Resultat
from perenne.domain.savoir.regles import Issue

Statut = Literal["possible", "sous_condition", "a_verifier", "exclu"]

RANG: dict[Statut | None, int] = {None: 0, "possible": 1, "sous_condition": 2, "a_verifier": 3, "exclu": 4}

_EFFETS: dict[Issue, Statut | None] = {
    "possible": "possible",
    "sous_condition": "sous_condition",
    "obligatoire": "sous_condition",
    "exclu": "exclu",
    "a_verifier": "a_verifier",
}


@dataclass(frozen=True)
class Effet:
    """What one rule does to the status.

    Attributes:
        resultat: the answer of the rule.
        statut: its effect; None when it has none.
        reserve: the answer rests on what was not read in the text itself (confidence B or C).
    """

    resultat: Resultat
    statut: Statut | None

    @property
    def reserve(self) -> bool:
        """Whether the answer rests on confidence B or C."""
        return self.resultat.confiance != "A"


def pire(statuts: Iterable[Statut | None]) -> Statut | None:
    """The worst effect; None when there is none. Commutative, associative, idempotent."""
    return max(statuts, key=RANG.__getitem__, default=None)


def effet_de(resultat: Resultat) -> Effet:
    """The effect of one rule on the status."""
    if resultat.issue is None or (not resultat.retenus and resultat.issue != "a_verifier"):
        return Effet(resultat, None)
    if not resultat.retenus:
        return Effet(resultat, None if resultat.confiance == "C" else "a_verifier")
    brut = pire(_EFFETS.get(resultat.cas[i].cas.issue) for i in resultat.retenus)
    if resultat.confiance == "C":
        return Effet(resultat, "a_verifier" if RANG[brut] >= RANG["sous_condition"] else None)
    indecis = len(resultat.retenus) > 1
    return Effet(resultat, "a_verifier" if indecis and brut == "exclu" else brut)
