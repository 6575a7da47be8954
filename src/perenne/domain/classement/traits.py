"""What is measured on a possible activity: the traits that the model weighs."""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass, field

from perenne.domain.classement.types import Occurrence

FENETRE_EXCLUSION = 60
"""Characters around an excluded phrase in which strong patterns are cancelled; elsewhere they stand."""

DEBUT_OBJET = 90
"""A word within the first characters of the purpose speaks of the first purpose."""

SCORE_MAX, SCORE_MIN = 3.0, -4.0
"""Bounds of the linear model's log-odds: beyond, it is sure of itself without being more often right."""

SCORE_CANDIDAT = -1.0
"""Log-odds of the linear model from which it may propose an activity that no strong pattern found."""

TRAITS = (
    "fort", "fiabilite", "motifs_distincts", "titre", "debut", "autre_titre", "soutien_fort",
    "score_connu", "score", "sans_fort", "soutien_sans_fort", "score_sans_fort", "faibles",
)  # fmt: skip


@dataclass(kw_only=True)
class Releve:
    """Occurrences kept for one activity in one text."""

    forts: list[Occurrence] = field(default_factory=list)
    faibles: list[Occurrence] = field(default_factory=list)

    @property
    def motifs(self) -> set[int]:
        """Ranks of the strong patterns found."""
        return {o.motif for o in self.forts}


def relever(occurrences: Iterable[Occurrence], fenetre: int = FENETRE_EXCLUSION) -> dict[str, Releve]:
    """Occurrences by activity, without the strong ones that stand near an excluded phrase of that activity.

    Args:
        fenetre: characters on each side of the excluded phrase.
    """
    occurrences = list(occurrences)
    exclus: dict[str, list[tuple[int, int]]] = {}
    for o in occurrences:
        if o.genre == "exclu":
            exclus.setdefault(o.activite, []).append((o.debut - fenetre, o.fin + fenetre))
    releves: dict[str, Releve] = {}
    for o in sorted(occurrences, key=lambda o: (o.debut, o.fin, o.motif)):
        if o.genre == "exclu":
            continue
        if o.genre == "fort" and any(d <= o.fin and o.debut <= f for d, f in exclus.get(o.activite, ())):
            continue
        releve = releves.setdefault(o.activite, Releve())
        (releve.forts if o.genre == "fort" else releve.faibles).append(o)
    return releves


def calculer(
    releve: Releve | None,
    *,
    fin_titre: int,
    autre_titre: bool,
    soutien: bool,
    score: float | None,
    fiabilite: Callable[[int], float],
) -> list[float]:
    """Traits of one possible activity, in the order of `TRAITS`.

    Args:
        releve: what the patterns found; None when nothing.
        fin_titre: where the name ends in the normalised text.
        autre_titre: whether the name alone speaks of another activity.
        soutien: whether a register of places of several sorts lists it.
        score: log-odds of the linear model; None when the activity has none.
        fiabilite: log-odds that a strong pattern, by its rank, is right.
    """
    connu = score is not None
    borne = min(SCORE_MAX, max(SCORE_MIN, score)) if score is not None else 0.0
    faibles = float(min(2, len({o.motif for o in releve.faibles}))) if releve else 0.0
    if releve is None or not releve.forts:
        return [0.0] * 9 + [1.0, float(soutien), borne if connu else SCORE_MIN, faibles]
    titre = any(o.debut < fin_titre for o in releve.forts)
    debut = min(o.debut for o in releve.forts) - fin_titre < DEBUT_OBJET
    return [
        1.0,
        max(fiabilite(m) for m in releve.motifs),
        math.log2(1 + len(releve.motifs)),
        float(titre),
        float(debut),
        float(autre_titre and not titre),
        float(soutien),
        float(connu),
        borne,
        0.0,
        0.0,
        0.0,
        faibles,
    ]


def titres(releves: dict[str, Releve], fin_titre: int) -> set[str]:
    """Activities that the name itself speaks of."""
    return {a for a, r in releves.items() if any(o.debut < fin_titre for o in r.forts)}


def candidats(
    releves: dict[str, Releve], scores: dict[str, float], soutenus: Collection[str] = ()
) -> list[str]:
    """Activities worth weighing: a pattern, a register, or a linear model that leans to yes."""
    possibles = {*releves, *soutenus, *(a for a, s in scores.items() if s > SCORE_CANDIDAT)}
    return sorted(possibles)
