"""The tables of the atlas in bulk, by parts, and what has a place as GeoJSON."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import shapely
from django.test import Client

from perenne.services.reglages import lire_reglages
from perenne.services.vrac import tables
from perenne.services.vrac.ecriture import ecrire_csv, ecrire_geojson
from perenne.web.common.fichiers import lire_intervalle

API = "/api/v1"


def _lire(site: Client, fichier: str, **entetes: str) -> tuple[Any, bytes]:
    reponse = site.get(f"{API}/vrac/{fichier}", headers=entetes)
    assert reponse.status_code in (200, 206), fichier
    return reponse, b"".join(reponse.streaming_content)


def test_each_table_comes_whole_in_each_format_with_its_columns(site: Client) -> None:
    vrac = site.get(f"{API}/vrac").json()
    table = next(t for t in vrac["tables"] if t["nom"] == "territoire")
    assert table["formats"] == ["parquet", "csv", "geojson"]
    assert all(c["contenu"] for c in table["colonnes"])
    noms = [c["nom"] for c in table["colonnes"]]
    lus = pq.read_table(io.BytesIO(_lire(site, "territoire.parquet")[1]))
    assert lus.column_names == noms
    reponse, octets = _lire(site, "territoire.csv", **{"accept-encoding": "gzip"})
    assert len(octets) == int(reponse["Content-Length"])
    lignes = list(csv.DictReader(io.StringIO(octets.decode())))
    assert list(lignes[0]) == noms
    assert len(lignes) == lus.num_rows == table["lignes"] == 52
    collection = json.loads(_lire(site, "territoire.geojson")[1])
    assert len(collection["features"]) == 52
    assert all(shapely.geometry.shape(f["geometry"]).is_valid for f in collection["features"])


def test_a_download_that_stopped_is_taken_up_again(site: Client) -> None:
    tout, octets = _lire(site, "composition.csv")
    debut, premiers = _lire(site, "composition.csv", range="bytes=0-99")
    assert debut.status_code == 206
    assert debut["Content-Range"] == f"bytes 0-99/{len(octets)}"
    suite, derniers = _lire(site, "composition.csv", **{"range": "bytes=100-", "if-range": tout["ETag"]})
    assert suite.status_code == 206
    assert premiers + derniers == octets
    # Another version has been published meanwhile: the whole file comes.
    autre, _ = _lire(site, "composition.csv", **{"range": "bytes=100-", "if-range": '"autre"'})
    assert autre.status_code == 200
    loin = site.get(f"{API}/vrac/composition.csv", headers={"range": f"bytes={len(octets)}-"})
    assert loin.status_code == 416
    assert loin["Content-Range"] == f"bytes */{len(octets)}"
    meme = site.get(f"{API}/vrac/composition.csv", headers={"if-none-match": tout["ETag"]})
    assert meme.status_code == 304
    tete = site.head(f"{API}/vrac/composition.csv")
    assert int(tete["Content-Length"]) == len(octets)


@pytest.mark.parametrize(
    ("demande", "attendu"),
    [
        ("bytes=0-9", (0, 10)),
        ("bytes=-10", (90, 100)),
        ("bytes=95-200", (95, 100)),
        ("bytes=100-", None),
        ("bytes=-0", None),
        ("bytes=9-2", (0, 100)),
        ("bytes=0-1,5-6", (0, 100)),
        ("lignes=1-2", (0, 100)),
    ],
)
def test_ranges_are_read_as_the_standard_says(demande: str, attendu: tuple[int, int] | None) -> None:
    # RFC 9110, section 14: what is not understood is ignored, what is outside is refused.
    assert lire_intervalle(demande, 100) == attendu


def test_a_text_that_a_spreadsheet_would_run_is_held_back(tmp_path: Path) -> None:
    noms = ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", 'L\'Art "nouveau", ici', "Été", ""]
    pq.write_table(pa.table({"nom": noms, "solde": [-1.5] * 8, "vide": [None] * 8}), tmp_path / "t.parquet")
    ecrire_csv(tmp_path / "t.parquet", tmp_path / "t.csv")
    lignes = list(csv.DictReader((tmp_path / "t.csv").read_text(encoding="utf-8").splitlines()))
    assert [x["nom"] for x in lignes] == ["'=1+1", "'+33", "'-2", "'@SUM(A1)", "'\tx", *noms[5:]]
    assert {x["solde"] for x in lignes} == {"-1.5"}


def test_a_point_that_is_not_known_is_null(tmp_path: Path) -> None:
    table = pa.table({"id": ["a", "b"], "lon": [2.1234567, None], "lat": [46.5, None]})
    pq.write_table(table, tmp_path / "entreprise.parquet")
    ecrire_geojson("entreprise", tmp_path / "entreprise.parquet", tmp_path / "e.geojson")
    un, deux = json.loads((tmp_path / "e.geojson").read_text(encoding="utf-8"))["features"]
    assert un["geometry"] == {"type": "Point", "coordinates": [2.12346, 46.5]}
    assert deux["geometry"] is None
    assert deux["properties"] == {"id": "b"}


@pytest.mark.parametrize(
    "fichier", ["contour.csv", "source.geojson", "inconnue.csv", "..%2Factuel.csv", "territoire.xlsx"]
)
def test_there_is_no_other_file(fichier: str, site: Client) -> None:
    assert site.get(f"{API}/vrac/{fichier}").status_code in (404, 422)


def test_a_folder_that_cannot_be_written_leaves_the_published_file(
    site: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    ailleurs = replace(lire_reglages(), cache=tmp_path / "fichier")
    monkeypatch.setattr(tables, "lire_reglages", lambda: ailleurs)
    assert site.get(f"{API}/vrac/source.csv").status_code == 400
    assert _lire(site, "source.parquet")[1][:4] == b"PAR1"


def test_the_outline_of_a_territory_and_of_its_communes(site: Client) -> None:
    (un,) = site.get(f"{API}/geojson/territoires/99001").json()["features"]
    assert un["properties"]["nom"] == "Brumeville"
    forme = shapely.geometry.shape(un["geometry"])
    assert forme.is_valid
    assert shapely.is_ccw(shapely.get_exterior_ring(shapely.get_parts(forme)[0]))
    communes = site.get(f"{API}/geojson/territoires/299900027?communes=true").json()["features"]
    assert len(communes) > 1
    assert site.get(f"{API}/geojson/territoires/saint").status_code == 300


def test_the_cases_are_there_even_when_the_atlas_does_not_place_them(site: Client) -> None:
    entites = site.get(f"{API}/geojson/cas").json()["features"]
    assert len(entites) == 16
    # The atlas of the demonstration is fictional: the points are those that the knowledge base keeps.
    crest = next(e for e in entites if e["id"] == "8-fablab-drome")
    assert crest["geometry"] == {"type": "Point", "coordinates": [5.02, 44.73]}
    assert {e["properties"]["precision"] for e in entites} == {"commune", "departement"}


def test_the_enterprises_of_a_search_are_given_page_by_page(site: Client) -> None:
    adresse, vus, total = f"{API}/geojson/entreprises?limite=7", [], 0
    while adresse:
        reponse = site.get(adresse)
        collection = reponse.json()
        vus += collection["features"]
        total = collection["total"]
        adresse = (
            reponse.headers.get("Link", "").partition(">")[0].lstrip("<").removeprefix("http://testserver")
        )
    assert len({e["id"] for e in vus}) == len(vus) == total > 7
    for e in vus:
        assert (e["geometry"] is None) == bool(e["properties"]["sans_point"])
