"""The made-up national files: one ten-thousandth of the country, so that the measurements never rot."""

from __future__ import annotations

import datetime as dt
import json
import sqlite3
from pathlib import Path

import numpy as np
import pyarrow.parquet as pq
import pytest
from benchmarks.national.associations import PART_IMPORT, Inscrites, ecrire_waldec
from benchmarks.national.communes import lire_communes
from benchmarks.national.fichiers import FICHIERS, cache_par_defaut, preparer
from benchmarks.national.tirages import Tirage
from benchmarks.national.vocabulaire import lire_vocabulaire

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.pipeline.construction import AtlasConstruit, construire
from perenne.pipeline.lecture_tolerante import Bilan, lire_tolerant
from perenne.pipeline.reconnaissance import candidats, choisir, parcourir
from perenne.services.construction_atlas import lire_formes
from perenne.sources.registre import Source

FRACTION, COMMUNES = 0.0001, 120
NOMBRE = 20_000
"""Associations enough for one in twenty thousand to be seen."""


@pytest.fixture(scope="session")
def pays(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Its folder of sources."""
    return preparer(FRACTION, cache=tmp_path_factory.mktemp("pays"), communes=COMMUNES, processus=1)


@pytest.fixture(scope="session")
def atlas_du_pays(
    declarees: tuple[Source, ...],
    indicateurs: tuple[Indicateur, ...],
    racine: Path,
    pays: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AtlasConstruit:
    """The atlas built from it."""
    return construire(
        declarees, indicateurs, pays, tmp_path_factory.mktemp("atlas-du-pays"),
        maintenant=dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC), formes=lire_formes(racine / "knowledge"),
    )  # fmt: skip


def test_the_same_seed_gives_the_same_bytes_and_nothing_is_made_twice(pays: Path, tmp_path: Path) -> None:
    autre = preparer(FRACTION, cache=tmp_path, communes=COMMUNES, processus=1)
    dits: list[str] = []

    def contenu(dossier: Path, nom: str) -> object:
        fichier = dossier / "entreprises" / nom
        # The layout of a Parquet file depends on the processor it was cut on; its rows do not.
        return pq.read_table(fichier).to_pylist() if nom.endswith(".parquet") else fichier.read_bytes()

    for nom in FICHIERS:
        assert contenu(autre, nom) == contenu(pays, nom), nom
    (autre / "entreprises" / "agrements_esus.csv").unlink()
    preparer(FRACTION, cache=tmp_path, communes=COMMUNES, processus=1, dire=dits.append)
    assert [d.split(" :")[0] for d in dits] == ["agrements_esus.csv"]


def test_the_cache_is_where_the_setting_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PERENNE_BENCH_CACHE", str(tmp_path))
    assert cache_par_defaut() == tmp_path
    monkeypatch.delenv("PERENNE_BENCH_CACHE")
    monkeypatch.setenv("XDG_CACHE_HOME", "/ailleurs")
    assert cache_par_defaut() == Path("/ailleurs/perenne-bench")


def test_the_files_hold_every_column_that_the_sources_read(pays: Path, declarees: tuple[Source, ...]) -> None:
    for id_, nom in (
        ("insee_sirene_unites", "StockUniteLegale_utf8.parquet"),
        ("insee_sirene_etablissements", "StockEtablissement_utf8.parquet"),
    ):
        notice = next(s.notice for s in declarees if s.notice.id == id_)
        assert set(notice.colonnes) <= set(pq.read_schema(pays / "entreprises" / nom).names)


def test_the_numbers_bear_the_key_of_luhn(pays: Path) -> None:
    def valide(numero: str) -> bool:
        chiffres = [int(c) * (2 if rang % 2 else 1) for rang, c in enumerate(reversed(numero))]
        return sum(c - 9 if c > 9 else c for c in chiffres) % 10 == 0

    table = pq.read_table(
        pays / "entreprises/StockEtablissement_utf8.parquet", columns=["siren", "siret", "nic"]
    )
    bons = [ligne for ligne in table.to_pylist() if ligne["siren"].isdigit()]
    assert len(bons) > 4000
    assert all(valide(x["siren"]) and valide(x["siret"]) for x in bons)
    assert all(x["siret"] == x["siren"] + x["nic"] for x in bons)


def test_the_register_has_the_faults_of_the_real_one(
    pays: Path, racine: Path, declarees: tuple[Source, ...], tmp_path: Path
) -> None:
    communes = lire_communes(pays)
    rangs = np.arange(NOMBRE, dtype=np.uint64)
    places = Tirage(rangs).commune(communes)
    departements = len(communes.liste_departements)
    inscrites = Inscrites(rangs=rangs, communes=places, debuts=np.array([0] + [NOMBRE] * departements))
    ecrire_waldec(
        tmp_path / "rna_waldec_20261101.zip", inscrites, communes, lire_vocabulaire(racine / "knowledge")
    )
    notice = next(s.notice for s in declarees if s.notice.id == "interieur_rna_waldec")
    fichier = choisir(notice, candidats(notice, parcourir(tmp_path)))
    assert fichier is not None
    bilan = Bilan()
    lots = list(lire_tolerant(fichier, ["id", "titre", "objet"], ["id"], notice.fichier.debut, bilan))
    numeros = [n for lot in lots for n in lot.column("id").to_pylist()]
    gardes = NOMBRE * (1 - PART_IMPORT)
    assert bilan.lus == pytest.approx(gardes, rel=0.02)
    assert bilan.recollees == pytest.approx(0.005 * gardes, rel=0.6)  # cut over two lines
    assert bilan.reparees == pytest.approx(0.005 * gardes, rel=0.6)  # in UTF-8
    assert 0 < bilan.rejets.total() < 10  # never finished
    assert 0 < len(numeros) - len(set(numeros)) < 40  # there twice


def test_the_country_builds_and_hides_what_must_be(atlas_du_pays: AtlasConstruit) -> None:
    manifeste = json.loads((atlas_du_pays.dossier / "manifest.json").read_text(encoding="utf-8"))
    assert manifeste["tables"]["entreprise"] > 200
    assert {"oui", "non", "probable", "inconnu"} == set(manifeste["entreprises"]["verdicts"])
    with sqlite3.connect(atlas_du_pays.dossier / "atlas.sqlite") as base:
        tables = [n for (n,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        dump = "\n".join(
            str(ligne)
            for t in tables
            if t.startswith(("entreprise", "etablissement"))
            for ligne in base.execute(f"SELECT * FROM {t}")
        )
        assert "[ND]" not in dump
        assert "FICTIF" not in dump  # what stands for the name of a person
        (fuites,) = base.execute(
            "SELECT count(*) FROM entreprise WHERE diffusible = 0 AND (nom IS NOT NULL OR lon IS NOT NULL)"
        ).fetchone()
        (situes, loin) = base.execute(
            "SELECT count(lon), sum(lat NOT BETWEEN -22 AND 52 OR lon NOT BETWEEN -63 AND 57) "
            "FROM etablissement"
        ).fetchone()
    assert fuites == 0
    assert situes > 100
    assert loin == 0
