"""Puts values, comparable columns and indicators together into readings, peers and trends."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

import numpy as np
import numpy.typing as npt

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.domain.territoire.comparaison import fragilite, placer
from perenne.domain.territoire.mesures import Lecture, Mesure, Tendance

Vecteur = npt.NDArray[np.float64]

COMPARES_MINIMAL = 10
"""Under this number of observed values, itself included, no percentile is given (ADR 0050: our
convention)."""

COUVERTURE_MINIMALE = 0.5
"""Under this share of inhabitants covered, a value says more of the communes published than of the
territory: it is
shown and not compared (ADR 0050: our convention)."""

COUVERTURE_SERIE = 0.999
"""Share of the inhabitants that a vintage must cover to be a point of a trend: a missing commune makes a
false fall."""

THEMES = ("population", "revenus", "emploi", "habitat", "services")


def ordonner(indicateurs: Iterable[Indicateur]) -> list[Indicateur]:
    """Indicators in the order of the note: by theme, those with a fragile side first, then by identifier."""
    return sorted(indicateurs, key=lambda i: (THEMES.index(i.theme), i.sens == "contexte", i.id))


def derniere(mesures: Iterable[Mesure]) -> Mesure | None:
    """The latest vintage observed; failing that, the latest one, whatever its status."""
    toutes = sorted(mesures, key=lambda m: m.millesime)
    observees = [m for m in toutes if m.statut == "observe"]
    retenues = observees or toutes
    return retenues[-1] if retenues else None


def absente(indicateur: Indicateur, type_: str) -> Mesure:
    """What stands for an indicator of which the atlas holds nothing for this kind of territory."""
    collectif = bool(indicateur.mailles) and "commune" not in indicateur.mailles
    sans_objet = collectif and type_ in ("commune", "arrondissement-municipal", "qpv")
    return Mesure(
        indicateur=indicateur.id, millesime="", statut="sans-objet" if sans_objet else "non-observe"
    )


def lire(indicateur: Indicateur, mesure: Mesure, colonne: Callable[[str, str], Vecteur]) -> Lecture:
    """Read a value against the others.

    Args:
        colonne: for an indicator and a vintage, the observed values of the other comparable territories.
    """
    if mesure.valeur is None or not comparable(mesure):
        return Lecture(indicateur=indicateur, mesure=mesure)
    place = placer(mesure.valeur, colonne(indicateur.id, mesure.millesime))
    if place.compares < COMPARES_MINIMAL:
        return Lecture(indicateur=indicateur, mesure=mesure, compares=place.compares)
    return Lecture(
        indicateur=indicateur,
        mesure=mesure,
        percentile=place.percentile,
        fragilite=fragilite(place.percentile, indicateur.sens),
        rang=place.rang,
        compares=place.compares,
        quartile_bas=place.quartile_bas,
        mediane=place.mediane,
        quartile_haut=place.quartile_haut,
    )


def comparable(mesure: Mesure) -> bool:
    """Whether a value covers enough inhabitants to be compared; a published value always does."""
    return mesure.couverture is None or mesure.couverture >= COUVERTURE_MINIMALE


def lire_tendances(
    indicateurs: Iterable[Indicateur], mesures: Mapping[str, Sequence[Mesure]]
) -> tuple[Tendance, ...]:
    """Series with at least two points; a vintage that does not cover the whole territory is missing, not
    lower."""
    tendances = []
    for indicateur in indicateurs:
        serie = sorted(mesures.get(indicateur.id, ()), key=lambda m: m.millesime) if indicateur.serie else []
        points = [(m.millesime, m.valeur) for m in serie if m.valeur is not None and _entiere(m)]
        if len(points) >= 2:
            vus = {millesime for millesime, _ in points}
            tendances.append(
                Tendance(
                    indicateur=indicateur,
                    points=tuple(points),
                    manquants=tuple(m.millesime for m in serie if m.millesime not in vus),
                )
            )
    return tuple(tendances)


def _entiere(mesure: Mesure) -> bool:
    return mesure.couverture is None or mesure.couverture >= COUVERTURE_SERIE


def plus_proches(
    population: float | None,
    superficie: float | None,
    populations: Vecteur,
    superficies: Vecteur,
    nombre: int,
) -> list[int]:
    """The nearest by population and density.

    Args:
        population, superficie: of the territory (inhabitants, km²).
        populations, superficies: the same for the comparable ones, NaN or 0 where unknown.
        nombre: how many.

    Returns:
        Their ranks, nearest first: Euclidean distance on the logarithms of population and density, so that
        twice and half are as far. Without an area only the population counts; without a population, nobody.
    """
    if not population or not len(populations):
        return []
    pop = np.where(populations == 0, np.nan, populations)
    ecart = np.log(pop / population) ** 2
    if superficie:
        km2 = np.where(superficies == 0, np.nan, superficies)
        ecart = ecart + np.log((pop / km2) / (population / superficie)) ** 2
    ordre = np.argsort(ecart, kind="stable")
    return [int(i) for i in ordre[:nombre] if np.isfinite(ecart[i])]
