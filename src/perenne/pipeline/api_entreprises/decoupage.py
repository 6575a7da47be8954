"""What to ask for a territory, and how to cut a question whose answer is longer than the service gives."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

PLAFOND = 10_000
"""Results that the service gives at most; it announces 10 000 when there are more."""
SECTIONS = "ABCDEFGHIJKLMNOPQRSTU"
"""Sections of the classification of activities, as the filter `section_activite_principale` takes them."""
MOTIFS: tuple[tuple[str, dict[str, str]], ...] = (
    ("ess", {"est_ess": "true"}),
    ("siae", {"est_siae": "true"}),
)
_ARRONDISSEMENTS = {
    "75056": [f"751{n:02d}" for n in range(1, 21)],
    "69123": [f"6938{n}" for n in range(1, 10)],
    "13055": [f"132{n:02d}" for n in range(1, 17)],
}
_PARAMETRES = {"commune": "code_commune", "epci": "epci", "departement": "departement"}

TypeTerritoire = Literal["commune", "epci", "departement"]


@dataclass(frozen=True, kw_only=True)
class Lieu:
    """The territory asked for.

    Attributes:
        communes: codes of its communes, to cut it; empty when they are not known.
    """

    type: TypeTerritoire
    code: str
    communes: tuple[str, ...] = ()

    @property
    def cle(self) -> str:
        """Name of its folder."""
        return f"{self.type}-{self.code}"


@dataclass(frozen=True, kw_only=True)
class Question:
    """Filters of one list of results; `motif` is ess or siae."""

    motif: str
    type: TypeTerritoire
    code: str
    section: str = ""

    @property
    def cle(self) -> str:
        """Name of the question in the journal."""
        return "/".join(x for x in (self.motif, self.type, self.code, self.section) if x)

    @property
    def filtres(self) -> dict[str, str]:
        """Parameters of the request."""
        codes = _ARRONDISSEMENTS.get(self.code, [self.code]) if self.type == "commune" else [self.code]
        section = {"section_activite_principale": self.section} if self.section else {}
        return dict(MOTIFS)[self.motif] | {_PARAMETRES[self.type]: ",".join(codes)} | section


def poser(lieu: Lieu) -> list[Question]:
    """The questions to begin with."""
    return [Question(motif=motif, type=lieu.type, code=lieu.code) for motif, _ in MOTIFS]


def couper(question: Question, lieu: Lieu) -> Sequence[Question]:
    """Smaller questions: by commune, then by municipal arrondissement, then by section of activity.

    Empty when the question cannot be cut, or when the communes are not known.
    """
    if question.type != "commune":
        return [Question(motif=question.motif, type="commune", code=c) for c in lieu.communes]
    if question.code in _ARRONDISSEMENTS:
        return [
            Question(motif=question.motif, type="commune", code=c) for c in _ARRONDISSEMENTS[question.code]
        ]
    if not question.section:
        return [
            Question(motif=question.motif, type="commune", code=question.code, section=s) for s in SECTIONS
        ]
    return []
