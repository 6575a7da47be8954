"""Draws the map of the enterprises of a territory: as SVG for the page, as GeoJSON for a map one moves."""

from __future__ import annotations

from typing import Any

from perenne.domain.territoire.identite import Contour
from perenne.reports.note.elements import Illustration
from perenne.reports.note.figures import carte_des_points
from perenne.reports.svg.carte import Repere
from perenne.reports.svg.signes import Signe
from perenne.reports.typographie import accorder, nombre
from perenne.services.carte.placer import SIGNES_THEMES
from perenne.services.carte.resultat import Disque, Lecture, Placee
from perenne.services.vrac.ecriture import dessiner

_SIGNES: dict[str, Signe] = {s: s for s in SIGNES_THEMES.values()}


def illustrer(lecture: Lecture) -> Illustration | None:
    """The figure; None without an outline of the territory."""
    carte = lecture.carte
    if carte.dessin == "points":
        reperes = [_repere(p) for p in lecture.points if p.lon is not None and p.lat is not None]
        quoi = f"{accorder(len(reperes), 'entreprise')} dont l’adresse est située"
    else:
        reperes = [_disque(g) for g in sorted(carte.groupes, key=lambda g: g.nombre)]
        quoi = f"nombre d’entreprises dans {accorder(len(reperes), 'secteur')}"
    return carte_des_points(carte.territoire, lecture.fond, reperes, quoi)


def _repere(p: Placee) -> Repere:
    bulle = f"{p.nom} : {', '.join(p.activites) or 'aucune activité reconnue'}"
    return Repere(lon=p.lon or 0.0, lat=p.lat or 0.0, bulle=bulle, signe=_SIGNES[p.signe])


def _disque(g: Disque) -> Repere:
    return Repere(
        lon=g.lon,
        lat=g.lat,
        bulle=f"{g.lieu} : {accorder(g.nombre, 'entreprise')}",
        nombre=g.nombre,
        rayon=5.5 + 1.7 * len(nombre(g.nombre)),
    )


def ecrire_geojson(lecture: Lecture) -> dict[str, Any]:
    """The same as features: outlines, then the enterprises or the discs; `role` tells them apart."""
    carte = lecture.carte
    entites = [_contour(c) for c in lecture.fond]
    if carte.dessin == "points":
        entites += [
            _entite(
                p.id,
                _point(p.lon, p.lat),
                role="entreprise",
                nom=p.nom,
                activites=p.activites,
                lieu=p.lieu,
                signe=p.signe,
                theme=p.theme,
                situation=p.situation,
            )
            for p in lecture.points
        ]
    else:
        entites += [
            _entite(f"groupe-{rang}", _point(g.lon, g.lat), role="groupe", lieu=g.lieu, nombre=g.nombre)
            for rang, g in enumerate(carte.groupes)
        ]
    return {"type": "FeatureCollection", "total": carte.total, "features": entites}


def _point(lon: float | None, lat: float | None) -> dict[str, Any]:
    return {"type": "Point", "coordinates": [lon, lat]}


def _contour(c: Contour) -> dict[str, Any]:
    role = "quartier" if c.type == "qpv" else "territoire" if c.dans_territoire else "alentours"
    return _entite(f"{c.type}:{c.code}", dessiner(c.wkb), role=role, nom=c.nom, population=c.population)


def _entite(id_: str, geometrie: dict[str, Any], **proprietes: object) -> dict[str, Any]:
    return {"type": "Feature", "id": id_, "geometry": geometrie, "properties": proprietes}
