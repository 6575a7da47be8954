"""What would change the advice: the smallest changes of facts that move an action in or out of the first
ones.

Singles are all tried; pairs are tried among the facts that the action itself reads, and only when no single
change is enough. An answer still unknown comes before a known one that would have to change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Literal

from perenne.domain.leviers.bareme import TETE
from perenne.domain.leviers.classement import classer
from perenne.domain.leviers.modele import Modele
from perenne.domain.regles.evaluation import Faits, Valeur

PROPOSES = 3
"""Changes kept for each action."""


@dataclass(frozen=True)
class Changement:
    """A fact that would be otherwise."""

    fait: str
    avant: Valeur | None
    apres: Valeur


@dataclass(frozen=True)
class Bascule:
    """One or two changes that are enough."""

    sens: Literal["entre", "sort"]
    changements: tuple[Changement, ...]


@dataclass(frozen=True)
class Question:
    """An unknown fact worth asking.

    Attributes:
        fait: to ask.
        bascules: how many actions one of its values would move in or out of the first ones, at most.
        poids: sum of the points that its values may move.
        actions: the actions that it would bring in.
    """

    fait: str
    bascules: int
    poids: float
    actions: tuple[str, ...]


class Sensibilite:
    """Tries changes around a situation."""

    def __init__(
        self, modele: Modele, faits: Faits, points: Sequence[float], conseillables: Sequence[bool], sauf: str
    ) -> None:
        self.modele, self.faits, self.points = modele, faits, list(points)
        self.conseillables = conseillables
        depart = classer(modele.actions, [0.0] * len(self.points), modele.nombre_de_cas(sauf))
        self._egalites = [r for r in depart if conseillables[r]]
        self.base = self._tete(self.points)
        self._deltas = {c: self._calculer(c) for c in self._changements(modele.lecteurs)}
        self._singles = {c: self._essayer(d) for c, d in self._deltas.items()}

    def bascules(self, rang: int) -> tuple[Bascule, ...]:
        """The smallest changes for one action: singles first, pairs when there is none."""
        if not self.conseillables[rang]:
            return ()
        dedans = rang in self.base
        trouvees: list[tuple[Changement, ...]] = [
            (c,) for c, tete in self._singles.items() if (rang in tete) != dedans
        ]
        if not trouvees:
            trouvees = self._paires(rang, dedans)
        sens: Literal["entre", "sort"] = "sort" if dedans else "entre"
        propres = self.modele.grilles[rang].lus
        trouvees.sort(key=lambda cs: (sum(c.fait not in propres for c in cs), self._cout(cs)))
        uniques = {tuple(c.fait for c in cs): cs for cs in reversed(trouvees)}
        retenues = sorted(uniques.values(), key=trouvees.index)
        return tuple(Bascule(sens, cs) for cs in retenues[:PROPOSES])

    def questions(self, nombre: int) -> tuple[Question, ...]:
        """The unknown facts whose answer would change the first actions most; then those that weigh most."""
        par_fait: dict[str, list[tuple[Changement, frozenset[int]]]] = {}
        for c, tete in self._singles.items():
            if c.avant is None:
                par_fait.setdefault(c.fait, []).append((c, tete))
        questions = [self._question(fait, essais) for fait, essais in par_fait.items()]
        questions.sort(key=lambda q: (-q.bascules, -q.poids, q.fait))
        return tuple(q for q in questions if q.poids)[:nombre]

    def _question(self, fait: str, essais: list[tuple[Changement, frozenset[int]]]) -> Question:
        entrees = sorted({r for _, tete in essais for r in tete - self.base})
        poids = max(sum(abs(d) for d in self._deltas[c].values()) for c, _ in essais)
        bascules = max(len(tete ^ self.base) // 2 for _, tete in essais)
        return Question(fait, bascules, poids, tuple(self.modele.actions[r].id for r in entrees))

    def _changements(self, faits: Mapping[str, object]) -> Iterator[Changement]:
        for fait in faits:
            avant = self.faits.get(fait)
            if avant is not None and fait in self.modele.fixes:
                continue
            for valeur in self.modele.variantes.get(fait, ()):
                if valeur != avant:
                    yield Changement(fait, avant, valeur)

    def _calculer(self, changement: Changement) -> dict[int, float]:
        """By rank of action, the points that a change gives or takes."""
        fait, faits = changement.fait, {**self.faits, changement.fait: changement.apres}
        grilles = self.modele.grilles
        return {
            r: d
            for r in self.modele.lecteurs.get(fait, ())
            if (d := grilles[r].partiel(faits, fait) - grilles[r].partiel(self.faits, fait))
        }

    def _essayer(self, deltas: Mapping[int, float]) -> frozenset[int]:
        if not deltas:
            return self.base
        points = self.points.copy()
        for rang, delta in deltas.items():
            points[rang] += delta
        return self._tete(points)

    def _tete(self, points: Sequence[float]) -> frozenset[int]:
        # `_egalites` is already in the order of equal points, and the sort is stable.
        opposes = [-p for p in points]
        return frozenset(sorted(self._egalites, key=opposes.__getitem__)[:TETE])

    def _paires(self, rang: int, dedans: bool) -> list[tuple[Changement, ...]]:
        """Pairs of changes of facts that the action reads, each of which does not go the wrong way alone."""
        signe = -1.0 if dedans else 1.0
        grille = self.modele.grilles[rang]
        propres = {c: d for c, d in self._deltas.items() if c.fait in grille.lus}
        utiles = [c for c, d in propres.items() if signe * d.get(rang, 0.0) >= 0]
        seuil = self._seuil(rang)
        trouvees: list[tuple[Changement, ...]] = []
        for a, b in combinations(utiles, 2):
            couple = frozenset((a.fait, b.fait))
            delta = propres[a].get(rang, 0.0) + propres[b].get(rang, 0.0)
            if couple in grille.lies:
                delta = self._conjoint(rang, a, b)
            if len(couple) == 1 or not delta or signe * (self.points[rang] + delta - seuil) < 0:
                continue
            touches = {*propres[a], *propres[b], rang}
            deltas = {r: propres[a].get(r, 0.0) + propres[b].get(r, 0.0) for r in touches}
            deltas |= {r: self._conjoint(r, a, b) for r in touches if couple in self.modele.grilles[r].lies}
            if (rang in self._essayer(deltas)) != dedans:
                trouvees.append((a, b))
        return trouvees

    def _conjoint(self, rang: int, a: Changement, b: Changement) -> float:
        """The effect of both changes on an action, some terms of which may read both."""
        grille = self.modele.grilles[rang]
        faits = {**self.faits, a.fait: a.apres, b.fait: b.apres}
        return grille.total(faits) - grille.total(self.faits)

    def _seuil(self, rang: int) -> float:
        """Points that an action must reach to enter, or fall to in order to leave, as things stand."""
        autres = sorted(
            (p for r, p in enumerate(self.points) if r != rang and self.conseillables[r]), reverse=True
        )
        return autres[min(TETE, len(autres)) - 1] if autres else 0.0

    def _cout(self, changements: Sequence[Changement]) -> tuple[int, int, tuple[str, ...]]:
        connus = sum(c.avant is not None for c in changements)
        return len(changements), connus, tuple(f"{c.fait}={c.apres}" for c in changements)
