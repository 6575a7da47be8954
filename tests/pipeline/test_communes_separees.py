"""Communes separated since the outlines were drawn: only what holds them all has a known area."""

from __future__ import annotations

import contextlib
import json
import math
import sqlite3
from pathlib import Path

import pytest
import shapely
from tests.pipeline.conftest import Construire

ORIGINE = "99035"
"""The commune from which another has been separated since, in the tests."""


def _separer(dossier: Path, issue: str) -> None:
    """Write that `issue` left `ORIGINE` in 2025, and take it out of the files made before."""
    with (dossier / "communes" / "mouvements-communes.csv").open("a", encoding="utf-8") as flux:
        for code in (ORIGINE, issue):
            flux.write(f"21,2025-01-01,COM,{ORIGINE},0,A,A,A,COM,{code},0,A,A,A\n")
    for nom in ("communes/communes_reference.csv", "indicateurs/cc_filosofi_2021_COM.csv"):
        lignes = (dossier / nom).read_text(encoding="utf-8").splitlines(keepends=True)
        (dossier / nom).write_text(
            "".join(ligne for ligne in lignes if not ligne.startswith(issue)), encoding="utf-8"
        )
    contours = dossier / "communes" / "communes-1000m.geojson"
    objets = json.loads(contours.read_text(encoding="utf-8"))
    objets["features"] = [o for o in objets["features"] if o["properties"]["code"] != issue]
    contours.write_text(json.dumps(objets), encoding="utf-8")


def _superficies(sources: Path, vers: Path, lancer: Construire) -> dict[str, tuple[float | None, int]]:
    atlas = lancer(sources, vers).dossier / "atlas.sqlite"
    with contextlib.closing(sqlite3.connect(f"file:{atlas}?mode=ro", uri=True)) as base:
        return {
            f"{type_}:{code}": (superficie, approchee)
            for type_, code, superficie, approchee in base.execute(
                "SELECT type, code, superficie_km2, superficie_approchee FROM territoire WHERE type <> 'qpv'"
            )
        }


def _plane(sources: Path, code: str) -> float:
    """Area in km² of an outline of the file, by a local projection: 0.5 % is enough here."""
    objets = json.loads((sources / "communes" / "communes-1000m.geojson").read_text(encoding="utf-8"))
    forme = next(
        shapely.from_geojson(json.dumps(o["geometry"]))
        for o in objets["features"]
        if o["properties"]["code"] == code
    )
    return float(forme.area * 111.2**2 * math.cos(math.radians(forme.centroid.y)))


def test_an_epci_that_holds_all_the_separated_communes_has_an_area(
    copie: Path, tmp_path: Path, lancer_construction: Construire
) -> None:
    # 99035 and 99036 are the two communes of the CC de l'Horizon.
    _separer(copie, "99036")
    attendue = _plane(copie, ORIGINE)
    superficies = _superficies(copie, tmp_path / "atlas", lancer_construction)
    assert superficies["commune:99036"][0] is None
    assert superficies[f"commune:{ORIGINE}"][0] is None
    superficie, approchee = superficies["epci:299900126"]
    assert superficie == pytest.approx(attendue, rel=0.01)
    assert approchee == 1
    communes = sum(s or 0 for cle, (s, _) in superficies.items() if cle.startswith("commune:"))
    for cle in ("departement:99", "region:99"):
        assert superficies[cle] == (pytest.approx(communes + superficie), 1)
    assert superficies["epci:299900019"][1] == 0


def test_two_epci_that_share_the_separated_communes_have_none(
    copie: Path, tmp_path: Path, lancer_construction: Construire
) -> None:
    _separer(copie, "99034")
    superficies = _superficies(copie, tmp_path / "atlas", lancer_construction)
    for code in ("299900126", "299900118"):
        assert superficies[f"epci:{code}"][0] is None
    assert superficies["departement:99"][0] is not None
