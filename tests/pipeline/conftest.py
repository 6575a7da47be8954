"""The fictional sources of the demonstration, in the formats of the producers, and how to build from them."""

from __future__ import annotations

import datetime as dt
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.pipeline.spark import OPTIONS, exiger_spark

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.pipeline.construction import AtlasConstruit, construire
from perenne.pipeline.moteur import ouvrir_moteur
from perenne.pipeline.moteurs.commun import MasseParEtapes
from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.moteurs.ouverture import MOTEURS, ouvrir_masse
from perenne.pipeline.moteurs.session import ouvrir_session
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


@pytest.fixture(scope="session")
def session_spark(racine: Path) -> Iterator[Any]:
    """A session of Spark for the tests of this process; they are skipped without it."""
    exiger_spark()
    with pytest.MonkeyPatch.context() as monkeypatch:
        monkeypatch.setenv("PYTHONPATH", str(racine))  # its processes import the kernels of the tests
        with ouvrir_session(OPTIONS) as session:
            yield session


@pytest.fixture(params=MOTEURS)
def masse(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[MasseParEtapes]:
    """Each engine in turn, with nothing in it."""
    if request.param == "spark":
        request.getfixturevalue("session_spark")
    with (
        ouvrir_moteur() as base,
        ouvrir_masse(request.param, base, Etapes(tmp_path / "etapes", "essai"), {}) as ouverte,
    ):
        yield ouverte
