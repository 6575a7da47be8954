"""What has a place, as GeoJSON (RFC 7946, WGS 84): the cases, the outlines of territories."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from perenne.domain.territoire.identite import Cle, Contour
from perenne.services.atlas_ouvert import obtenir_atlas
from perenne.services.consulter.cas import lister_cas
from perenne.services.consulter.entreprises import Liste
from perenne.services.consulter.lieux_des_cas import lire_lieux, lire_lieux_de_la_base
from perenne.services.consulter.territoires import designer_territoires
from perenne.services.vrac.ecriture import dessiner

COMMUNES_MAX = 2_000
"""Outlines of communes given at once: those of the largest région."""


def situer_cas(*, levier: str = "", activite: str = "", zonage: str = "") -> dict[str, Any]:
    """The cases, each with its point; null when its place is not known."""
    lieux = lire_lieux() or lire_lieux_de_la_base()
    entites = []
    for cas in lister_cas(levier=levier, activite=activite, zonage=zonage):
        lieu = lieux.get(cas.id)
        proprietes: dict[str, Any] = {
            **asdict(cas),
            "precision": lieu.precision if lieu else None,
            "probable": lieu.probable if lieu else None,
        }
        point = {"type": "Point", "coordinates": [round(lieu.lon, 5), round(lieu.lat, 5)]} if lieu else None
        entites.append({"type": "Feature", "id": cas.id, "geometry": point, "properties": proprietes})
    return {"type": "FeatureCollection", "features": entites}


def situer_entreprises(liste: Liste) -> dict[str, Any]:
    """The enterprises of a page of a search; the geometry is null without a precise point."""
    entites = []
    for e in liste.entreprises:
        proprietes = {n: v for n, v in asdict(e).items() if n not in ("id", "lon", "lat")}
        situee = e.lon is not None and e.lat is not None
        point = {"type": "Point", "coordinates": [e.lon, e.lat]} if situee else None
        entites.append({"type": "Feature", "id": e.id, "geometry": point, "properties": proprietes})
    return {
        "type": "FeatureCollection", "features": entites, "total": liste.total, "suivant": liste.suivant
    }  # fmt: skip


def dessiner_territoire(demande: str, *, communes: bool) -> dict[str, Any]:
    """The outline of a territory, of each part of a union, or of each of its communes.

    Raises:
        Introuvable, Ambigu, AtlasIndisponible: as for the page of the territory.
    """
    atlas = obtenir_atlas()
    parties = designer_territoires(demande)
    cles = [p.cle for p in parties]
    if communes:
        codes = dict.fromkeys(c for p in parties for c in p.communes)
        cles = [Cle(type="commune", code=c) for c in list(codes)[:COMMUNES_MAX]]
    contours: dict[tuple[str, str], Contour] = {(c.type, c.code): c for c in atlas.contours(cles, dans=True)}
    return {
        "type": "FeatureCollection",
        "features": [_entite(cle, contours.get((cle.type, cle.code))) for cle in cles],
    }


def _entite(cle: Cle, contour: Contour | None) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(cle),
        "geometry": dessiner(contour.wkb) if contour else None,
        "properties": {
            "type": cle.type,
            "code": cle.code,
            "nom": contour.nom if contour else None,
            "population": contour.population if contour else None,
        },
    }
