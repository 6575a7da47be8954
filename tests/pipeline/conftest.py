"""The fictional sources of the demonstration, in the formats of the producers, and how to build from them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.pipeline.construction import AtlasConstruit, construire
from perenne.services.construction_atlas import lire_indicateurs
from perenne.sources.registre import Source, charger

SANS_ENTREPRISES = shutil.ignore_patterns("entreprises")
Construire = Callable[[Path, Path], AtlasConstruit]


@pytest.fixture(scope="session")
def declarees() -> tuple[Source, ...]:
    """Every source of the repository."""
    return charger()


@pytest.fixture(scope="session")
def indicateurs(racine: Path) -> tuple[Indicateur, ...]:
    """The indicators of the knowledge base."""
    return lire_indicateurs(racine / "knowledge")


@pytest.fixture(scope="session")
def lancer_construction(declarees: tuple[Source, ...], indicateurs: tuple[Indicateur, ...]) -> Construire:
    """Build an atlas from a folder into another."""

    def lancer(sources: Path, vers: Path) -> AtlasConstruit:
        return construire(
            declarees, indicateurs, sources, vers, maintenant=dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)
        )

    return lancer


@pytest.fixture(scope="session")
def sources_fictives(racine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The territories of the demonstration, without its enterprises; not to be written to."""
    dossier = tmp_path_factory.mktemp("demo") / "sources"
    return Path(shutil.copytree(racine / "data/demo/sources", dossier, ignore=SANS_ENTREPRISES))


@pytest.fixture
def copie(sources_fictives: Path, tmp_path: Path) -> Path:
    """A copy of those sources that a test may break."""
    return Path(shutil.copytree(sources_fictives, tmp_path / "sources"))


@pytest.fixture(scope="session")
def atlas_fictif(
    lancer_construction: Construire, sources_fictives: Path, tmp_path_factory: pytest.TempPathFactory
) -> AtlasConstruit:
    """The atlas of the demonstration, built once."""
    return lancer_construction(sources_fictives, tmp_path_factory.mktemp("atlas"))
