"""Too many enterprises for one sign each: those that are near one another are drawn as one disc."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from perenne.atlas.annuaire.index import Annuaire
from perenne.atlas.annuaire.points import Point
from perenne.domain.annuaire.masques import Masque, compter
from perenne.domain.territoire.identite import Contour, Territoire
from perenne.reports.svg.carte import cadrer_carte
from perenne.reports.svg.geometrie import Cadre, lire_wkb
from perenne.reports.typographie import accorder
from perenne.services.carte.resultat import Disque

ECART = 26.0
"""Units of the drawing between the middles of two discs: what they hold can be read, none covers another."""


def mesurer_cadre(fond: Sequence[Contour]) -> Cadre | None:
    """The frame in which the map will be drawn; None without an outline of the territory."""
    siens = [a for c in fond if c.dans_territoire for a in lire_wkb(c.wkb)]
    if not siens:
        return None
    return cadrer_carte(siens, entouree=any(not c.dans_territoire for c in fond))


def _rassembler(lieux: Sequence[tuple[float, float]], cadre: Cadre) -> list[list[int]]:
    """Each place, in the order given, takes those around it that no other one took; it comes first."""
    places = np.array([cadre.placer(lon, lat) for lon, lat in lieux])
    libres = np.ones(len(places), bool)
    groupes = []
    for rang, place in enumerate(places):
        if not libres[rang]:
            continue
        proches = libres & (((places - place) ** 2).sum(axis=1) < ECART**2)
        libres &= ~proches
        groupes.append([rang, *(i for i in np.flatnonzero(proches).tolist() if i != rang)])
    return groupes


def grouper_communes(
    annuaire: Annuaire, masque: Masque, communes: Sequence[Territoire], cadre: Cadre | None
) -> tuple[Disque, ...]:
    """Discs on the most inhabited communes, each with those around it: the enterprises with a place there."""
    situees = [(c, c.lon, c.lat) for c in communes if c.lon is not None and c.lat is not None]
    situees.sort(key=lambda s: (-(s[0].population or 0), s[0].code))
    if not situees or cadre is None:
        return ()
    groupes = []
    for rangs in _rassembler([(lon, lat) for _, lon, lat in situees], cadre):
        n = compter(annuaire.facettes("commune", [situees[r][0].code for r in rangs]) & masque)
        premiere, lon, lat = situees[rangs[0]]
        autres = len(rangs) - 1
        suite = f" et {accorder(autres, 'autre commune', 'autres communes')}" if autres else ""
        if n:
            groupes.append(
                Disque(lon=round(lon, 5), lat=round(lat, 5), nombre=n, lieu=f"{premiere.nom}{suite}")
            )
    return tuple(groupes)


def grouper_points(points: Sequence[Point], cadre: Cadre | None) -> tuple[Disque, ...]:
    """Discs over the head offices of one commune that are located precisely."""
    lieux = [(p.lon, p.lat) for p in points if p.precis and p.lon is not None and p.lat is not None]
    if not lieux or cadre is None:
        return ()
    groupes = []
    for rangs in _rassembler(lieux, cadre):
        lon, lat = lieux[rangs[0]]
        groupes.append(Disque(lon=lon, lat=lat, nombre=len(rangs), lieu="Sièges de ce secteur"))
    return tuple(groupes)
