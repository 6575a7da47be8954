"""What to ask next, in which order, and why. Weights serve here and nowhere else."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from perenne.domain.entreprise.dossier import Dossier
from perenne.domain.entreprise.profil import CritereLu, Profil
from perenne.domain.savoir.ponderations import Ponderation

MotifQuestion = Literal["desaccord", "contradiction", "ecart-chiffre", "fragile-sans-chiffre", "sans-reponse"]
ORDRE: tuple[MotifQuestion, ...] = (
    "desaccord",
    "contradiction",
    "ecart-chiffre",
    "fragile-sans-chiffre",
    "sans-reponse",
)
"""People who disagree come first, then figures that contradict an answer; unanswered questions come last."""
POIDS_ORDINAIRE = 1


@dataclass(frozen=True, kw_only=True)
class PoidsRetenu:
    """The weight of a criterion here: the highest that applies, and which weightings give it."""

    critere: str
    poids: int
    motifs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One thing to ask.

    Attributes:
        motif: why it is asked.
        details: respondents, or identifiers of measures, that the reason names.
        poids: weight of the criterion, which orders questions of the same reason.
    """

    critere: str
    motif: MotifQuestion
    details: tuple[str, ...]
    poids: int
    essentiel: bool


def retenir_poids(dossier: Dossier, ponderations: Iterable[Ponderation]) -> dict[str, PoidsRetenu]:
    """The weights that apply to this enterprise: by type of territory, and by activity."""
    territoires, activites = set(dossier.structure.territoires), set(dossier.structure.activites)
    retenus: dict[str, list[tuple[int, str, str]]] = {}
    for ponderation in ponderations:
        if ponderation.territoire in territoires or activites & set(ponderation.activites):
            for p in ponderation.poids:
                retenus.setdefault(p.critere, []).append((p.poids, ponderation.titre, p.motif))
    return {
        critere: PoidsRetenu(
            critere=critere,
            poids=max(p for p, _, _ in motifs),
            motifs=tuple((titre, motif) for _, titre, motif in motifs),
        )
        for critere, motifs in retenus.items()
    }


def chercher_questions(
    profil: Profil, poids: Mapping[str, PoidsRetenu], *, essentielle: bool = False
) -> tuple[Question, ...]:
    """Everything left to ask, most useful first.

    Order: disagreement, contradiction between a figure and an answer, figures that differ, weakness without
    a figure, no answer; inside a reason: weight, then the thirty-minute criteria, then the grid.

    Args:
        essentielle: the round was the thirty-minute one: unanswered criteria outside it are not asked.
    """
    questions = [
        q for lu in profil.criteres() for q in _questions(lu, poids) if _demander(q, essentielle=essentielle)
    ]
    rangs = {lu.critere.id: n for n, lu in enumerate(profil.criteres())}
    return tuple(
        sorted(questions, key=lambda q: (ORDRE.index(q.motif), -q.poids, not q.essentiel, rangs[q.critere]))
    )


def _demander(question: Question, *, essentielle: bool) -> bool:
    return question.essentiel or not essentielle or question.motif != "sans-reponse"


def _questions(lu: CritereLu, poids: Mapping[str, PoidsRetenu]) -> Sequence[Question]:
    trouvees: list[tuple[MotifQuestion, tuple[str, ...]]] = []
    if lu.divergence:
        trouvees.append(("desaccord", tuple(r.repondant for r in lu.reponses if r.avis != "ne-sait-pas")))
    if lu.a_rapprocher:
        trouvees.append(("contradiction", tuple(x.repere.mesure for x in lu.a_rapprocher)))
    ecarts = tuple(m.mesure.id for m in lu.mesures if m.ecart)
    if ecarts:
        trouvees.append(("ecart-chiffre", ecarts))
    if lu.etat in {"fragile", "a-consolider"} and lu.mesures and all(m.valeur is None for m in lu.mesures):
        trouvees.append(("fragile-sans-chiffre", (lu.mesures[0].mesure.id,)))
    if lu.etat == "sans-reponse":
        trouvees.append(("sans-reponse", tuple(r.repondant for r in lu.reponses)))
    retenu = poids.get(lu.critere.id)
    return [
        Question(
            critere=lu.critere.id,
            motif=motif,
            details=details,
            poids=retenu.poids if retenu else POIDS_ORDINAIRE,
            essentiel=lu.critere.essentiel,
        )
        for motif, details in trouvees
    ]


def prochain_passage(derniere: dt.date) -> dt.date:
    """The day the grid should be filled again: two years later (N+2, as in the DLA's follow-up)."""
    try:
        return derniere.replace(year=derniere.year + 2)
    except ValueError:  # 29 February
        return derniere.replace(year=derniere.year + 2, day=28)
