"""The communes on which enterprises stand, read from the reference files of the folder, real or made up."""

from __future__ import annotations

import csv
import json
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
import shapely
from benchmarks.national.hasard import Rangs, Urne
from pyproj import Transformer

from perenne.pipeline.noyaux.projections import LAMBERT_93, PROJECTIONS

PART_ANCIENNES = 0.012
"""Part of the establishments that still bear the code of a commune merged since."""

_METRES_PAR_DEGRE = 111_200.0


@dataclass(frozen=True, kw_only=True)
class Communes:
    """Codes as a register writes them: current communes, municipal districts, and merged communes.

    Attributes:
        codes, noms, departements, codes_postaux: one a written code.
        poids: how many enterprises stand there, relative to the others.
        x, y: centre, in the projection of its territory; NaN when the commune has no outline.
        lon, lat: the same centre, in degrees.
        rayon: metres around the centre where the addresses are.
    """

    codes: npt.NDArray[Any]
    noms: npt.NDArray[Any]
    departements: npt.NDArray[Any]
    codes_postaux: npt.NDArray[Any]
    poids: npt.NDArray[np.float64]
    x: npt.NDArray[np.float64]
    y: npt.NDArray[np.float64]
    lon: npt.NDArray[np.float64]
    lat: npt.NDArray[np.float64]
    rayon: npt.NDArray[np.float64]

    @cached_property
    def urne(self) -> Urne:
        """Draws a commune as enterprises do."""
        return Urne(self.poids)

    def tirer(self, rangs: Rangs, sel: int) -> npt.NDArray[np.int32]:
        """Index of a commune for each rank."""
        return self.urne.tirer(rangs, sel)

    @cached_property
    def rang_departement(self) -> npt.NDArray[np.int32]:
        """Index of the département of each commune in `liste_departements`."""
        connus = {d: n for n, d in enumerate(self.liste_departements)}
        return np.array([connus[d] for d in self.departements], np.int32)

    @cached_property
    def liste_departements(self) -> tuple[str, ...]:
        """Every département, once."""
        return tuple(sorted(set(self.departements)))


@cache
def lire_communes(dossier: Path) -> Communes:
    """Read the COG, its movements, the populations and the outlines below `dossier`."""
    territoire = dossier / "communes"
    populations = {
        ligne["COM"]: int(ligne["PMUN"]) for ligne in _lignes(territoire / "donnees_communes.csv", ";")
    }
    places = _places(territoire / "communes-1000m.geojson")
    fiches: list[tuple[str, str, str, float, str]] = []  # code, name, département, weight, whose outline
    arrondissements: dict[str, list[str]] = defaultdict(list)
    communes: dict[str, tuple[str, str]] = {}
    noms: dict[str, str] = {}
    for ligne in _lignes(territoire / "cog_communes_2026.csv", ","):
        noms[ligne["COM"]] = ligne["NCC"]
        if ligne["TYPECOM"] == "ARM":
            arrondissements[ligne["COMPARENT"]].append(ligne["COM"])
        elif ligne["TYPECOM"] == "COM":
            communes[ligne["COM"]] = (ligne["NCC"], ligne["DEP"])
    for code, (nom, departement) in communes.items():
        habitants = populations.get(code, 300)
        parts = arrondissements.get(code, [code])
        fiches += [
            (p, noms.get(p, nom), departement, habitants / len(parts), p if p in places else code)
            for p in parts
        ]
    actuelles = sum(f[3] for f in fiches)
    anciennes = _anciennes(territoire / "mouvements-communes.csv", communes)
    for code, (nom, actuelle) in anciennes.items():
        part = PART_ANCIENNES * actuelles / len(anciennes)
        fiches.append((code, nom, communes[actuelle][1], part, actuelle))
    return _ranger(fiches, places)


def _lignes(chemin: Path, sep: str) -> list[dict[str, str]]:
    with chemin.open(encoding="utf-8-sig", newline="") as entree:
        return list(csv.DictReader(entree, delimiter=sep))


def _places(chemin: Path) -> dict[str, tuple[float, float, float]]:
    """Centre and half-width in degrees of latitude, by code."""
    entites = json.loads(chemin.read_text(encoding="utf-8"))["features"]
    formes = shapely.from_geojson([json.dumps(e["geometry"]) for e in entites])
    centres, aires = shapely.point_on_surface(formes), shapely.area(formes)
    return {
        e["properties"]["code"]: (c.x, c.y, float(a) ** 0.5 / 2)
        for e, c, a in zip(entites, centres, aires, strict=True)
    }


def _anciennes(chemin: Path, communes: dict[str, tuple[str, str]]) -> dict[str, tuple[str, str]]:
    """Name of each merged commune and the current one that took it in, by old code."""
    trouvees: dict[str, tuple[str, str]] = {}
    for ligne in _lignes(chemin, ","):
        avant, apres = ligne["COM_AV"], ligne["COM_AP"]
        fusion = ligne["MOD"] in {"31", "32", "33"} and ligne["TYPECOM_AP"] == "COM"
        if fusion and avant != apres and avant not in communes and apres in communes:
            trouvees.setdefault(avant, (ligne["NCC_AV"], apres))
    return trouvees


def _ranger(
    fiches: list[tuple[str, str, str, float, str]], places: dict[str, tuple[float, float, float]]
) -> Communes:
    codes, noms, departements, poids, formes = (list(c) for c in zip(*fiches, strict=True))
    lon, lat, demi = (
        np.array([places.get(f, (np.nan,) * 3)[k] for f in formes], np.float64) for k in range(3)
    )
    x, y = np.full(len(codes), np.nan), np.full(len(codes), np.nan)
    epsg = np.array([PROJECTIONS.get(d, LAMBERT_93) for d in departements])
    for code in np.unique(epsg):
        ici = (epsg == code) & np.isfinite(lon)
        vers = Transformer.from_crs(4326, int(code), always_xy=True)
        x[ici], y[ici] = vers.transform(lon[ici], lat[ici])
    postaux = [_code_postal(c) for c in codes]
    # Enterprises gather more than inhabitants do.
    force = np.maximum(np.array(poids, np.float64), 20.0) ** 1.03
    return Communes(
        codes=np.array(codes, object), noms=np.array(noms, object),
        departements=np.array(departements, object), codes_postaux=np.array(postaux, object),
        poids=force, x=x, y=y, lon=lon, lat=lat,
        rayon=np.nan_to_num(demi * _METRES_PAR_DEGRE * 0.6, nan=500.0),
    )  # fmt: skip


def _code_postal(code: str) -> str:
    """One in the series of the département, as often as not that of a neighbour."""
    chiffres = "20" + code[2:] if code[1] in "AB" else code
    return f"{chiffres[:-1]}0"
