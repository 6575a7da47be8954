"""`perenne atlas exporter`: what is published, and what must not be."""

from __future__ import annotations

import csv
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
from tests.atlas.annuaire.conftest import ecrire_atlas

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.vrac.publication import exporter_entreprises

Preparer = Callable[..., Path]
CACHEE = {"id": "000990713", "nom": None, "diffusible": 0}


@pytest.fixture
def preparer(tmp_path: Path) -> Preparer:
    """An atlas with its manifest."""

    def faire(*entreprises: dict[str, Any]) -> Path:
        dossier = tmp_path / "atlas"
        ecrire_atlas(
            dossier,
            entreprise=[dict(e) for e in entreprises],
            etablissement=[
                {"siret": "00099001000011", "siren": "000990010", "etat": "actif", "diffusible": 1}
            ],
        )
        manifeste = {
            "version": "v", "construit_le": "2026-11-23T10:00:00", "perenne": "0.1.0",
            "tables": {"entreprise": len(entreprises), "etablissement": 1},
            "sources": [
                {"id": "s", "producteur": "INSEE", "jeu": "Sirene", "millesime": "2026", "licence": "LO"}
            ],
            "entreprises": {"sources": ["s"], "departements": ["99"], "remarques": ["2 SIRET en double."]},
        }  # fmt: skip
        (dossier / "v" / "manifest.json").write_text(json.dumps(manifeste), encoding="utf-8")
        return dossier

    return faire


def test_each_format_holds_every_row_and_a_notice_says_the_rest(preparer: Preparer, tmp_path: Path) -> None:
    atlas = preparer({"id": "000990010", "nom": "=RESSOURCERIE", "lon": -4.5, "lat": 45.8}, CACHEE)
    for format_ in ("geojson", "csv", "parquet"):
        assert exporter_entreprises(atlas, tmp_path / format_, format_) == {
            "entreprise": 2,
            "etablissement": 1,
        }  # type: ignore[arg-type]
    entites = json.loads((tmp_path / "geojson/entreprise.geojson").read_text(encoding="utf-8"))["features"]
    assert entites[0]["geometry"] == {"type": "Point", "coordinates": [-4.5, 45.8]}
    assert (entites[1]["geometry"], entites[1]["properties"]["sans_point"]) == (None, "non diffusible")
    with (tmp_path / "csv/entreprise.csv").open(encoding="utf-8", newline="") as flux:
        assert [e["nom"] for e in csv.DictReader(flux)] == ["'=RESSOURCERIE", ""]
    assert pq.read_table(tmp_path / "parquet/entreprise.parquet").num_rows == 2
    notice = (tmp_path / "csv/LISEZMOI.md").read_text(encoding="utf-8")
    for dit in (
        "limité aux départements 99",
        "| INSEE | Sirene | 2026 | LO |",
        "2 SIRET en double.",
        "| verdict |",
    ):
        assert dit in notice


def test_what_must_not_be_shown_stops_everything(preparer: Preparer, tmp_path: Path) -> None:
    atlas = preparer({**CACHEE, "nom": "SECRETE"})
    with pytest.raises(ErreurUtilisateur, match="non diffusibles"):
        exporter_entreprises(atlas, tmp_path / "publie", "csv")
    assert not (tmp_path / "publie").exists()


def test_a_folder_that_holds_something_is_left_alone(preparer: Preparer, tmp_path: Path) -> None:
    atlas = preparer({"id": "000990010", "nom": "A"})
    (tmp_path / "plein").mkdir()
    (tmp_path / "plein" / "a").touch()
    with pytest.raises(ErreurUtilisateur, match="n'est pas vide"):
        exporter_entreprises(atlas, tmp_path / "plein", "csv")
    with pytest.raises(ErreurUtilisateur, match="Aucun atlas"):
        exporter_entreprises(tmp_path / "rien", tmp_path / "publie", "csv")
    with pytest.raises(ErreurUtilisateur, match="aucune entreprise"):
        exporter_entreprises(_sans_entreprise(tmp_path), tmp_path / "publie", "csv")
    assert not [p for p in tmp_path.iterdir() if p.name.startswith(".exporter")]


def _sans_entreprise(tmp_path: Path) -> Path:
    dossier = tmp_path / "vide"
    ecrire_atlas(dossier)
    (dossier / "v" / "manifest.json").write_text('{"tables": {"entreprise": 0}}', encoding="utf-8")
    return dossier
