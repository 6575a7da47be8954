"""The atlas of the fictional sources: its tables, read as a reader would."""

from __future__ import annotations

import contextlib
import hashlib
import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest
import shapely

from perenne.pipeline.construction import AtlasConstruit
from perenne.pipeline.schema import TABLES


@pytest.fixture(scope="module")
def base(atlas_fictif: AtlasConstruit) -> Iterator[sqlite3.Connection]:
    chemin = atlas_fictif.dossier / "atlas.sqlite"
    with contextlib.closing(sqlite3.connect(f"file:{chemin}?mode=ro", uri=True)) as lien:
        yield lien


def _un(base: sqlite3.Connection, requete: str, *parametres: object) -> Any:
    ligne = base.execute(requete, parametres).fetchone()
    assert ligne is not None, requete
    return ligne[0] if len(ligne) == 1 else ligne


def test_sqlite_and_parquet_hold_the_same_rows(
    atlas_fictif: AtlasConstruit, base: sqlite3.Connection
) -> None:
    for table in TABLES:
        lignes = pq.read_table(atlas_fictif.dossier / f"{table.nom}.parquet")
        assert lignes.column_names == [c.nom for c in table.champs]
        assert lignes.num_rows == _un(base, f"SELECT count(*) FROM {table.nom}")
        assert atlas_fictif.manifeste["tables"][table.nom] == lignes.num_rows


def test_the_manifest_tells_the_digest_of_each_file(atlas_fictif: AtlasConstruit) -> None:
    ecrit = json.loads((atlas_fictif.dossier / "manifest.json").read_text())
    for nom, fiche in ecrit["fichiers"].items():
        assert hashlib.sha256((atlas_fictif.dossier / nom).read_bytes()).hexdigest() == fiche["sha256"]


def test_each_source_keeps_its_producer_its_date_and_its_digest(
    base: sqlite3.Connection, sources_fictives: Path
) -> None:
    producteur, fichier, sha, verifie = _un(
        base, "SELECT producteur, fichier, sha256, format_verifie FROM source WHERE id = 'dgcl_frr'"
    )
    assert (producteur, verifie) == ("DGCL", 1)
    assert hashlib.sha256((sources_fictives / fichier).read_bytes()).hexdigest() == sha


def test_every_value_has_a_source_and_a_vintage(base: sqlite3.Connection) -> None:
    assert (
        _un(base, "SELECT count(*) FROM valeur WHERE millesime = '' OR source NOT IN (SELECT id FROM source)")
        == 0
    )


def test_a_value_is_there_exactly_when_it_is_observed(base: sqlite3.Connection) -> None:
    assert _un(base, "SELECT count(*) FROM valeur WHERE (valeur IS NULL) = (statut = 'observe')") == 0


def test_populations_add_up_from_communes_to_regions(base: sqlite3.Connection) -> None:
    communes = _un(base, "SELECT sum(population) FROM territoire WHERE type = 'commune'")
    for type_ in ("departement", "region", "epci"):
        assert _un(base, "SELECT sum(population) FROM territoire WHERE type = ?", type_) == communes


def test_a_rate_of_an_epci_is_the_ratio_of_the_sums_of_its_communes(base: sqlite3.Connection) -> None:
    for code, valeur in base.execute(
        "SELECT code, valeur FROM valeur WHERE type = 'epci' AND indicateur = 'taux-chomage'"
    ):
        haut, bas = _un(
            base,
            "SELECT sum(numerateur), sum(denominateur) FROM valeur JOIN composition c ON c.type = 'epci' "
            "AND c.code = ? AND c.commune = valeur.code WHERE valeur.type = 'commune' "
            "AND indicateur = 'taux-chomage'",
            code,
        )
        assert valeur == pytest.approx(100 * haut / bas)


def test_a_poverty_rate_of_an_epci_is_flagged_and_says_what_it_covers(base: sqlite3.Connection) -> None:
    lignes = base.execute(
        "SELECT approche, couverture FROM valeur WHERE type = 'epci' AND indicateur = 'taux-pauvrete' "
        "AND statut = 'observe'"
    ).fetchall()
    assert lignes
    assert all(approche == 1 and 0 < couverture <= 1 for approche, couverture in lignes)


def test_secret_and_missing_are_two_things(base: sqlite3.Connection, sources_fictives: Path) -> None:
    texte = (sources_fictives / "indicateurs" / "cc_filosofi_2021_COM.csv").read_text(encoding="utf-8")
    secrets = {ligne.split(";")[0] for ligne in texte.splitlines()[1:] if ligne.split(";")[5] == "s"}
    lus = {
        c
        for (c,) in base.execute(
            "SELECT code FROM valeur WHERE type = 'commune' AND indicateur = 'taux-pauvrete' "
            "AND statut = 'secret'"
        )
    }
    assert lus == secrets
    assert secrets


def test_a_former_commune_is_found_and_leads_to_the_current_one(base: sqlite3.Connection) -> None:
    # Bois-Inventé (99901) joined Lac-Inventé (99018) in 2019, in the movements file of the demonstration.
    assert _un(base, "SELECT type, code FROM recherche WHERE recherche MATCH 'bois invente'") == (
        "ancienne-commune",
        "99901",
    )
    assert (
        _un(base, "SELECT DISTINCT code_actuel FROM commune_mouvement WHERE code_ancien = '99901'") == "99018"
    )


def test_a_name_is_found_without_its_accents(base: sqlite3.Connection) -> None:
    assert _un(base, "SELECT code FROM recherche WHERE recherche MATCH 'alpage reve'") == "99022"


def test_outlines_of_larger_territories_cover_those_of_their_communes(base: sqlite3.Connection) -> None:
    pays = shapely.from_wkb(_un(base, "SELECT wkb FROM contour WHERE type = 'departement'"))
    communes = [
        shapely.from_wkb(w) for (w,) in base.execute("SELECT wkb FROM contour WHERE type = 'commune'")
    ]
    assert pays.area == pytest.approx(sum(c.area for c in communes), rel=1e-6)
    assert pays.is_valid


def test_a_point_finds_its_commune_through_the_tree(base: sqlite3.Connection) -> None:
    lon, lat = _un(base, "SELECT lon, lat FROM territoire WHERE code = '99001'")
    trouves = [
        code
        for code, wkb in base.execute(
            "SELECT c.code, c.wkb FROM contour_rtree r JOIN contour c ON c.rowid = r.id "
            "WHERE r.minx <= ? AND r.maxx >= ? AND r.miny <= ? AND r.maxy >= ? AND c.type = 'commune'",
            (lon, lon, lat, lat),
        )
        if shapely.from_wkb(wkb).contains(shapely.Point(lon, lat))
    ]
    assert trouves == ["99001"]


def test_a_commune_in_frr_plus_is_in_both_zonings(base: sqlite3.Connection) -> None:
    plus = {c for (c,) in base.execute("SELECT code FROM appartenance WHERE zonage = 'frr-plus'")}
    assert plus
    assert plus == {
        c
        for (c,) in base.execute("SELECT code FROM appartenance WHERE zonage = 'frr' AND classement = 'plus'")
    }
