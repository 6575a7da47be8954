"""Levers crossed with activities, themes and zonings: shares shrunk towards the wider group, with intervals.

A case tells that a lever was mentioned; an absent one was not mentioned, which is not "not used". No test, no
p-value.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from perenne.domain.leviers.evaluation.beta import quantile_beta
from perenne.domain.leviers.evaluation.references import M
from perenne.domain.leviers.modele import Modele
from perenne.domain.savoir.cas import Cas

Axe = Literal["tous", "theme", "activite", "zonage", "activite-zonage"]
Grain = Literal["levier", "action"]
LARGEUR_GRISEE = 0.5
"""Beyond it the interval says almost nothing: the cell is shown, greyed."""


@dataclass(frozen=True)
class Cellule:
    """One lever (or action) within one group of cases.

    Attributes:
        n: cases of the group; k: those that practised it. Always shown: "1 sur 1".
        a, b: parameters of the posterior Beta.
        a_priori: share of the wider group that the prior is centred on.
    """

    axe: Axe
    groupe: str
    ligne: str
    n: int
    k: int
    a_priori: float
    a: float
    b: float
    bas: float
    haut: float

    @property
    def moyenne(self) -> float:
        """Posterior mean."""
        return self.a / (self.a + self.b)

    @property
    def grisee(self) -> bool:
        """Whether the interval is too wide to be read."""
        return self.haut - self.bas > LARGEUR_GRISEE


def croiser(modele: Modele, axes: Sequence[Axe], grain: Grain = "levier") -> tuple[Cellule, ...]:
    """Cross the levers (or the actions) with groups of cases.

    The prior of all cases together is Jeffreys' Beta(½, ½); that of a theme or a zoning is
    Beta(m·p, m·(1 − p)) with p the posterior mean over all cases; that of an activity takes the mean of its
    theme; that of an activity in a zoning (group `activity|zoning`) the mean of the activity. m = 4.
    """
    cas = [c for c in modele.savoir.cas.values() if c.faits]
    lignes = _lignes(modele, grain)
    cellules: list[Cellule] = []
    for ligne, actions in lignes.items():

        def pratique(c: Cas, actions: frozenset[str] = actions) -> bool:
            return bool(modele.pratiques[c.id] & actions)

        cellules += _ligne(ligne, cas, pratique, axes)
    return tuple(cellules)


def _ligne(
    ligne: str, cas: Sequence[Cas], pratique: Callable[[Cas], bool], axes: Sequence[Axe]
) -> Iterator[Cellule]:
    k = sum(map(pratique, cas))
    tous = _cellule("tous", "", ligne, (len(cas), k), 0.5, m=1.0)
    if "tous" in axes:
        yield tous
    themes = {
        t: _cellule("theme", t, ligne, _compter([c for c in cas if c.theme == t], pratique), tous.moyenne)
        for t in sorted({c.theme for c in cas})
    }
    if "theme" in axes:
        yield from themes.values()
    activites = {
        a: _cellule("activite", a, ligne, _compter(siens, pratique), themes[siens[0].theme].moyenne)
        for a in sorted({c.activite for c in cas})
        if (siens := [c for c in cas if c.activite == a])
    }
    if "activite" in axes:
        yield from activites.values()
    if "zonage" in axes:
        for zonage in sorted({z.zonage for c in cas for z in c.zonages}):
            siens = [c for c in cas if any(z.zonage == zonage for z in c.zonages)]
            yield _cellule("zonage", zonage, ligne, _compter(siens, pratique), tous.moyenne)
    if "activite-zonage" in axes:
        for activite, zonage in sorted({(c.activite, z.zonage) for c in cas for z in c.zonages}):
            siens = [c for c in cas if c.activite == activite and any(z.zonage == zonage for z in c.zonages)]
            compte, a_priori = _compter(siens, pratique), activites[activite].moyenne
            yield _cellule("activite-zonage", f"{activite}|{zonage}", ligne, compte, a_priori)


def _compter(cas: Sequence[Cas], pratique: Callable[[Cas], bool]) -> tuple[int, int]:
    return len(cas), sum(map(pratique, cas))


def _cellule(
    axe: Axe, groupe: str, ligne: str, compte: tuple[int, int], a_priori: float, *, m: float = M
) -> Cellule:
    n, k = compte
    a, b = m * a_priori + k, m * (1 - a_priori) + n - k
    bas, haut = quantile_beta(0.025, a, b), quantile_beta(0.975, a, b)
    return Cellule(axe, groupe, ligne, n, k, a_priori, a, b, bas, haut)


def _lignes(modele: Modele, grain: Grain) -> Mapping[str, frozenset[str]]:
    if grain == "action":
        return {a.id: frozenset({a.id}) for a in modele.actions}
    leviers = sorted(modele.savoir.leviers.values(), key=lambda x: x.code)
    return {x.id: frozenset(a.id for a in modele.actions if a.levier == x.id) for x in leviers}
