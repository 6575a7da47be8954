"""In which quartier a point lies; an imprecise point is never said to be inside, nor outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import repeat
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

DEDANS, DEHORS, INCONNU = "dedans", "dehors", "inconnu"
ADRESSE = "adresse"

_SANS_COMMUNE, _SANS_QUARTIER, _INCOMPLETE, _COMPLETE = range(4)
_PAS = 0.01
"""Degrees, about a kilometre: the side of the cells in which quartiers are looked for first."""


class Quartiers:
    """The quartiers prioritaires, by commune and by outline.

    Args:
        par_commune: codes of the quartiers of each commune that has some; None when no list was read.
        contours: outline of each quartier whose outline is known, in longitude and latitude.
    """

    def __init__(
        self, par_commune: Mapping[str, Collection[str]] | None, contours: Mapping[str, Any]
    ) -> None:
        self.liste_lue = par_commune is not None
        self._etats: dict[str | None, int] = {
            c: _COMPLETE if all(q in contours for q in codes) else _INCOMPLETE
            for c, codes in (par_commune or {}).items()
        }
        self._etats[None] = _SANS_COMMUNE
        self._codes = np.array(sorted(contours), dtype=object)
        formes = np.array([contours[c] for c in self._codes], dtype=object)
        shapely.prepare(formes)
        self._arbre = shapely.STRtree(formes)
        self._mailles = _mailles(formes)

    def situer(
        self,
        lon: npt.NDArray[np.float64],
        lat: npt.NDArray[np.float64],
        precision: npt.NDArray[Any],
        commune: npt.NDArray[Any],
    ) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
        """Status of each point, and code of its quartier when it is inside.

        Args:
            lon, lat: degrees; NaN when not known.
            precision: `adresse` when the point is that of an address; anything else decides nothing.
            commune: current commune; None when not known.

        Returns:
            `dedans`, `dehors` or `inconnu`; and the quartier or None. A commune without any quartier is
            enough to be outside. Out of the outlines, a point is `dehors` only when every quartier of its
            commune has an outline.
        """
        statut = np.full(len(lon), INCONNU, dtype=object)
        quartier = np.full(len(lon), None, dtype=object)
        if not self.liste_lue:
            return statut, quartier
        etats = np.fromiter(map(self._etats.get, commune, repeat(_SANS_QUARTIER)), np.int8, len(commune))
        precis = (etats >= _INCOMPLETE) & (precision == ADRESSE) & np.isfinite(lon) & np.isfinite(lat)
        statut[(etats == _SANS_QUARTIER) | (precis & (etats == _COMPLETE))] = DEHORS
        rangs = np.flatnonzero(precis)
        rangs = rangs[np.isin(_maille(lon[rangs], lat[rangs]), self._mailles)]
        if len(rangs):
            points = shapely.points(lon[rangs], lat[rangs])
            trouves, formes = self._arbre.query(points, predicate="intersects")
            statut[rangs[trouves]] = DEDANS
            quartier[rangs[trouves]] = self._codes[formes]
        return statut, quartier


def _rang(degres: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    return np.floor(degres / _PAS).astype(np.int64)


def _maille(lon: npt.NDArray[np.float64], lat: npt.NDArray[np.float64]) -> npt.NDArray[np.int64]:
    """Number of the cell of each point."""
    return (_rang(lon) << 32) + _rang(lat)


def _mailles(formes: npt.NDArray[Any]) -> npt.NDArray[np.int64]:
    """The cells that the rectangles of these outlines meet: elsewhere, no point is in any of them."""
    bornes = shapely.bounds(formes)
    rangs = _rang(bornes[np.isfinite(bornes).all(axis=1)])  # an empty outline has no bounds
    trouvees = {
        (colonne << 32) + ligne
        for ouest, sud, est, nord in rangs.tolist()
        for colonne in range(ouest, est + 1)
        for ligne in range(sud, nord + 1)
    }
    return np.array(sorted(trouvees), np.int64)
