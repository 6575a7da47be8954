"""How far each respondent has gone, and where to take up again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from perenne.web.diagnostics.models import Feuille, Passage, Repondant
from perenne.web.diagnostics.questions import compter, criteres_de, familles_de


@dataclass(frozen=True, kw_only=True)
class Avance:
    """One respondent in one family."""

    famille: str
    titre: str
    faits: int
    total: int

    @property
    def fini(self) -> bool:
        """Whether every criterion has an answer."""
        return self.faits == self.total


@dataclass(frozen=True, kw_only=True)
class Parcours:
    """One respondent in one round.

    Attributes:
        reprise: family and criterion without an answer that come first; None when all have one.
    """

    repondant: Repondant
    avances: tuple[Avance, ...]
    reprise: tuple[str, str] | None

    @property
    def faits(self) -> int:
        """How many criteria have an answer."""
        return sum(a.faits for a in self.avances)

    @property
    def total(self) -> int:
        """How many criteria the round asks."""
        return sum(a.total for a in self.avances)


def suivre(passage: Passage, repondant: Repondant, feuilles: Mapping[str, Feuille]) -> Parcours:
    """The progress of a respondent; `feuilles` by family."""
    avances, reprise = [], None
    for famille in familles_de(passage):
        criteres = criteres_de(famille.id, passage)
        contenu = feuilles[famille.id].contenu if famille.id in feuilles else {}
        faits = compter(contenu, criteres)
        avances.append(Avance(famille=famille.id, titre=famille.titre, faits=faits, total=len(criteres)))
        if reprise is None and faits < len(criteres):
            manque = next(c for c in criteres if not contenu.get(c.id, {}).get("avis"))
            reprise = (famille.id, manque.id)
    return Parcours(repondant=repondant, avances=tuple(avances), reprise=reprise)


def suivre_tous(passage: Passage) -> list[Parcours]:
    """The progress of every respondent of a file in a round."""
    feuilles: dict[int, dict[str, Feuille]] = {}
    for feuille in Feuille.objects.filter(passage=passage):
        feuilles.setdefault(feuille.repondant_id, {})[feuille.famille] = feuille
    return [suivre(passage, r, feuilles.get(r.pk, {})) for r in passage.dossier.repondants.all()]
