"""Outlines of quartiers, made up: one a quartier of the list, inside its first commune.

The list of the folder is kept when it is there; the outlines that could be had draw communes, not quartiers,
and would leave the point in polygon without anything to do.
"""

from __future__ import annotations

import csv
import json
import math
from pathlib import Path

import numpy as np
from benchmarks.national.communes import Communes

NOMBRE, COMMUNES = 1_500, 35_000
SOMMETS = 90
"""Vertices of an outline: a real one has about as many."""

_METRES_PAR_DEGRE = 111_200.0


def ecrire_liste(chemin: Path, communes: Communes) -> None:
    """A list of quartiers in the largest communes, where there is none."""
    ordre = np.argsort(-communes.poids, kind="stable")[
        : max(2, NOMBRE * len(communes.codes) // COMMUNES // 2)
    ]
    with chemin.open("w", encoding="utf-8", newline="") as flux:
        plume = csv.writer(flux, lineterminator="\n")
        plume.writerow(("code_qp", "lib_qp", "communes_insee"))
        for rang in ordre.tolist():
            code, departement = communes.codes[rang], communes.departements[rang]
            for numero in (1, 2):
                plume.writerow(
                    (f"QN{departement:0>3}{code[-3:]}{numero}M", f"Quartier fictif {numero} de {code}", code)
                )


def ecrire_contours(chemin: Path, liste: Path, communes: Communes) -> None:
    """A rough disc of 300 m a quartier, somewhere in its commune."""
    place = {c: n for n, c in enumerate(communes.codes)}
    entites = []
    with liste.open(encoding="utf-8-sig", newline="") as flux:
        for rang, ligne in enumerate(csv.DictReader(flux)):
            code = ligne["communes_insee"].split()[0]
            n = place.get(code, place.get(f"{code[:2]}{'101' if code == '75056' else code[2:]}"))
            if n is None or not np.isfinite(communes.lon[n]):
                continue
            anneau = _disque(float(communes.lon[n]), float(communes.lat[n]), float(communes.rayon[n]), rang)
            entites.append(
                {
                    "type": "Feature",
                    "properties": {
                        "insee_com": code, "lib_com": communes.noms[n], "code_qp": ligne["code_qp"],
                        "lib_qp": ligne["lib_qp"],
                    },
                    "geometry": {"type": "MultiPolygon", "coordinates": [[anneau]]},
                }
            )  # fmt: skip
    corps = ",\n".join(json.dumps(e, ensure_ascii=False) for e in entites)
    chemin.write_text(f'{{"type":"FeatureCollection","features":[\n{corps}\n]}}\n', encoding="utf-8")


def _disque(lon: float, lat: float, rayon: float, rang: int) -> list[tuple[float, float]]:
    def metres(x: float, y: float) -> tuple[float, float]:
        return (
            round(lon + x / _METRES_PAR_DEGRE / math.cos(math.radians(lat)), 6),
            round(lat + y / _METRES_PAR_DEGRE, 6),
        )

    angle = rang * 2.399963  # golden angle: the quartiers of a city do not lie on one another
    loin = rayon * 0.55 * math.sqrt((rang % 7 + 0.5) / 7)
    cx, cy = loin * math.cos(angle), loin * math.sin(angle)
    anneau = [
        metres(
            cx + (300 + 60 * math.sin(5 * a + rang)) * math.cos(a),
            cy + (300 + 60 * math.sin(5 * a + rang)) * math.sin(a),
        )
        for a in (2 * math.pi * k / SOMMETS for k in range(SOMMETS))
    ]
    return [*anneau, anneau[0]]
