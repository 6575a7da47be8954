"""The outlines of the small map: the territory in its surroundings, with the rural zoning of each commune."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from perenne.atlas.lecteur import Atlas
from perenne.atlas.valeurs import appartenances
from perenne.domain.territoire.identite import Cle, Contour, Territoire

CLASSES = ("frr-plus", "frr", "ex-zrr", "zrr")
"""Zonings that the map shows, the most specific first."""

COMMUNES_MAX = 700
"""Above this number of communes the map shows the outlines of the EPCI, or of the territory alone."""


def dessiner_fond(atlas: Atlas, territoire: Territoire, au: dt.date) -> tuple[Contour, ...]:
    """Outlines of a territory and of its surroundings, each commune with its rural zoning at the date.

    A commune is shown inside its EPCI, a QPV inside its commune, any other territory by its communes;
    a large région by its départements.
    """
    if territoire.type in ("commune", "arrondissement-municipal"):
        voisines = atlas.communes_de(Cle(type="epci", code=territoire.epci)) if territoire.epci else ()
        proches = [c for c in voisines if c != territoire.code][:COMMUNES_MAX]
        autour = atlas.contours((Cle(type="commune", code=c) for c in proches), dans=False)
        siens = atlas.contours([territoire.cle], dans=True)
        quartiers = atlas.contours((q.cle for q in atlas.qpv_de([territoire.code])), dans=True)
        return (*autour, *_classer(atlas, siens, au), *quartiers)
    if territoire.type == "qpv":
        autour = atlas.contours((Cle(type="commune", code=c) for c in territoire.communes), dans=False)
        return (*autour, *atlas.contours([territoire.cle], dans=True))
    if len(territoire.communes) > COMMUNES_MAX:
        parties = _departements(atlas, territoire) if territoire.type == "region" else ()
        return atlas.contours(parties or (territoire.cle,), dans=True)
    siens = atlas.contours((Cle(type="commune", code=c) for c in territoire.communes), dans=True)
    return _classer(atlas, siens, au)


def _departements(atlas: Atlas, region: Territoire) -> tuple[Cle, ...]:
    lignes = atlas.lire(
        "SELECT code FROM territoire WHERE type = 'departement' AND region = ?", [region.code]
    )
    return tuple(Cle(type="departement", code=code) for (code,) in sorted(lignes))


def _classer(atlas: Atlas, contours: tuple[Contour, ...], au: dt.date) -> tuple[Contour, ...]:
    actifs: dict[str, set[str]] = {}
    for a in appartenances(atlas, "commune", [c.code for c in contours if c.type == "commune"]):
        if a.periode.contient(au):
            actifs.setdefault(a.code, set()).add(a.zonage)
    return tuple(
        replace(c, classement=next((z for z in CLASSES if z in actifs.get(c.code, ())), "")) for c in contours
    )
