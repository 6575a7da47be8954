"""In which quartier a point lies; an imprecise point is never said to be inside, nor outside."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely

DEDANS, DEHORS, INCONNU = "dedans", "dehors", "inconnu"
ADRESSE = "adresse"


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
        self.communes = frozenset(par_commune or ())
        self.completes = frozenset(
            c for c, codes in (par_commune or {}).items() if all(q in contours for q in codes)
        )
        self._codes = np.array(sorted(contours), dtype=object)
        formes = np.array([contours[c] for c in self._codes], dtype=object)
        shapely.prepare(formes)
        self._arbre = shapely.STRtree(formes)

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
        connue = np.array([c is not None for c in commune], bool)
        avec = np.array([c in self.communes for c in commune], bool)
        statut[connue & ~avec] = DEHORS
        precis = avec & (precision == ADRESSE) & np.isfinite(lon) & np.isfinite(lat)
        rangs = np.flatnonzero(precis)
        if not len(rangs):
            return statut, quartier
        complets = np.array([commune[r] in self.completes for r in rangs], bool)
        statut[rangs[complets]] = DEHORS
        if len(self._codes):
            points = shapely.points(lon[rangs], lat[rangs])
            trouves, formes = self._arbre.query(points, predicate="intersects")
            statut[rangs[trouves]] = DEDANS
            quartier[rangs[trouves]] = self._codes[formes]
        return statut, quartier
