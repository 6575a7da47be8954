"""The atlas of the demonstration with fictional enterprises, built once."""

from __future__ import annotations

import datetime as dt
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.pipeline.entreprises.generateur import ecrire

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.pipeline.construction import AtlasConstruit, construire
from perenne.services.construction_atlas import lire_formes
from perenne.sources.registre import Source

ConstruireEntreprises = Callable[..., AtlasConstruit]
INDISPENSABLES = (
    "cog_communes_2026.csv",
    "mouvements-communes.csv",
    "donnees_communes.csv",
    "epcicom2025.csv",
    "qpv_2024_liste.csv",
    "qpv_polygones_anct_2026.geojson",
    "communes-1000m.geojson",
)


@pytest.fixture(scope="session")
def sources_entreprises(sources_fictives: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The territories of the demonstration and the files of enterprises; not to be written to."""
    dossier = tmp_path_factory.mktemp("sources-entreprises")
    for fichier in sources_fictives.rglob("*"):
        if fichier.name in INDISPENSABLES:
            shutil.copy(fichier, dossier)
    ecrire(dossier / "entreprises")
    return dossier


@pytest.fixture(scope="session")
def construire_entreprises(
    declarees: tuple[Source, ...], indicateurs: tuple[Indicateur, ...], racine: Path
) -> ConstruireEntreprises:
    """Build from a folder into another, for some départements or all."""
    formes = lire_formes(racine / "knowledge")

    def lancer(sources: Path, vers: Path, departements: tuple[str, ...] = ()) -> AtlasConstruit:
        return construire(
            declarees, indicateurs, sources, vers, maintenant=dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC),
            formes=formes, departements=departements,
        )  # fmt: skip

    return lancer


@pytest.fixture(scope="session")
def atlas_entreprises(
    construire_entreprises: ConstruireEntreprises,
    sources_entreprises: Path,
    tmp_path_factory: pytest.TempPathFactory,
) -> AtlasConstruit:
    """The atlas with its enterprises."""
    return construire_entreprises(sources_entreprises, tmp_path_factory.mktemp("atlas-entreprises"))


@pytest.fixture
def base(atlas_entreprises: AtlasConstruit) -> Iterator[sqlite3.Connection]:
    """Its SQLite file, rows by name."""
    lien = sqlite3.connect(f"file:{atlas_entreprises.dossier / 'atlas.sqlite'}?mode=ro", uri=True)
    lien.row_factory = sqlite3.Row
    yield lien
    lien.close()
