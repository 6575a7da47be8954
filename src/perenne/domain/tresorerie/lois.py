"""Turn the bounds that a user gives for a flow into laws over integers."""

from __future__ import annotations

from perenne.domain.tresorerie.alea import Loi
from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import FluxIncertain, FluxVariable
from perenne.domain.tresorerie.nombres import MILLION, POINTS

PAR_POINT = MILLION // POINTS


def loi_delai(flux: FluxIncertain, central: Duree) -> Loi | None:
    """Law of the difference in days with the central delay; None when the delay is certain.

    A bound on the wrong side of the central delay is brought back to it.
    """
    milieu = central.en_jours()
    if flux.delais_observes:
        ecarts = tuple(d - milieu for d in flux.delais_observes)
        return Loi(flux.id, "delai", min(ecarts), 0, max(ecarts), ecarts)
    if flux.delai_min is None and flux.delai_max is None:
        return None
    bas = min(0, flux.delai_min.en_jours() - milieu) if flux.delai_min else 0
    haut = max(0, flux.delai_max.en_jours() - milieu) if flux.delai_max else 0
    return Loi(flux.id, "delai", bas, 0, haut)


def loi_acompte(flux: FluxIncertain, central: Duree, plus_long: Duree | None) -> Loi | None:
    """Law of the lateness of a first instalment, from none to `plus_long`."""
    if plus_long is None:
        return None
    haut = max(0, plus_long.en_jours() - central.en_jours())
    return Loi(flux.id, "delai", 0, 0, haut)


def loi_part(flux: FluxVariable) -> Loi | None:
    """Law of the part of the amount in millionths; None when the amount is certain."""
    if flux.parts_observees:
        parts = tuple(p * PAR_POINT for p in flux.parts_observees)
        return Loi(flux.id, "part", min(parts), MILLION, max(parts), parts)
    if flux.part_min is None and flux.part_max is None:
        return None
    bas = MILLION if flux.part_min is None else min(MILLION, flux.part_min * PAR_POINT)
    haut = MILLION if flux.part_max is None else max(MILLION, flux.part_max * PAR_POINT)
    return Loi(flux.id, "part", bas, MILLION, haut)
