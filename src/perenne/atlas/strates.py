"""The territories that one is compared with: who they are, and the columns of their values.

Both are the same for all the territories of a stratum: they are read once, whole columns at a time, and kept.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from perenne.atlas.lecteur import Atlas
from perenne.atlas.memoire import garder
from perenne.domain.territoire.lectures import COUVERTURE_MINIMALE, Vecteur
from perenne.domain.territoire.mesures import Strate


@dataclass(frozen=True)
class Groupe:
    """Territories of one type, by code; every array has one element each.

    Attributes:
        rangs: rank of each code.
        population, superficie_km2: NaN where the atlas has none.
        densite: level of the grid, -1 where there is none.
        drom: overseas.
    """

    codes: tuple[str, ...]
    rangs: dict[str, int]
    population: Vecteur
    superficie_km2: Vecteur
    densite: npt.NDArray[np.int64]
    drom: npt.NDArray[np.bool_]


def lire_groupe(atlas: Atlas, type_: str) -> Groupe:
    """Every territory of a type."""
    return garder(atlas, ("groupe", type_), lambda: _lire_groupe(atlas, type_))


def _lire_groupe(atlas: Atlas, type_: str) -> Groupe:
    lignes = atlas.lire(
        "SELECT code, population, superficie_km2, densite, drom FROM territoire WHERE type = ? ORDER BY code",
        (type_,),
    )
    codes = tuple(str(x[0]) for x in lignes)
    return Groupe(
        codes=codes,
        rangs={code: rang for rang, code in enumerate(codes)},
        population=np.array([x[1] for x in lignes], dtype=np.float64),
        superficie_km2=np.array([x[2] for x in lignes], dtype=np.float64),
        densite=np.array([-1 if x[3] is None else x[3] for x in lignes], dtype=np.int64),
        drom=np.array([bool(x[4]) for x in lignes], dtype=np.bool_),
    )


def rangs_de_strate(atlas: Atlas, strate: Strate) -> npt.NDArray[np.int64]:
    """Ranks, in the group of its type, of the territories of a stratum, by code."""
    cle = ("strate", strate.type, strate.densites, strate.drom, strate.population_min, strate.population_max)
    return garder(atlas, cle, lambda: _trouver(lire_groupe(atlas, strate.type), strate))


def _trouver(groupe: Groupe, strate: Strate) -> npt.NDArray[np.int64]:
    dedans = groupe.drom == strate.drom
    if strate.densites:
        dedans &= np.isin(groupe.densite, strate.densites)
    # A comparison with NaN is false: an unknown population is in no bounds, as NULL is in SQL.
    if strate.population_min is not None:
        dedans &= groupe.population >= strate.population_min
    if strate.population_max is not None:
        dedans &= groupe.population < strate.population_max
    return np.flatnonzero(dedans)


def compter(atlas: Atlas, strate: Strate) -> int:
    """How many territories a stratum holds."""
    return len(rangs_de_strate(atlas, strate))


def lire_colonne(atlas: Atlas, indicateur: str, millesime: str, type_: str) -> Vecteur:
    """Comparable values of an indicator, one a territory of the type, by code; NaN where there is none.

    What covers too few inhabitants is not comparable.
    """
    return garder(
        atlas,
        ("colonne", indicateur, millesime, type_),
        lambda: _lire_colonne(atlas, indicateur, millesime, type_),
    )


def _lire_colonne(atlas: Atlas, indicateur: str, millesime: str, type_: str) -> Vecteur:
    rangs = lire_groupe(atlas, type_).rangs
    valeurs = np.full(len(rangs), np.nan)
    for code, valeur in atlas.lire(
        "SELECT code, valeur FROM valeur WHERE indicateur = ? AND type = ? AND millesime = ? "
        "AND statut = 'observe' AND valeur IS NOT NULL AND coalesce(couverture, 1) >= ?",
        (indicateur, type_, millesime, COUVERTURE_MINIMALE),
    ):
        if code in rangs:
            valeurs[rangs[code]] = valeur
    valeurs.flags.writeable = False
    return valeurs
