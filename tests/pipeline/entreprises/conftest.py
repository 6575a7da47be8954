"""The atlas of the demonstration with fictional enterprises, built once."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.pipeline.entreprises.generateur import ecrire
from tests.pipeline.entreprises.listes import DECISIONS, ecrire_listes
from tests.pipeline.spark import exiger_spark, une_fois

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.pipeline.construction import AtlasConstruit, construire
from perenne.pipeline.moteurs.ouverture import MOTEURS
from perenne.pipeline.publication import MANIFESTE, version_courante
from perenne.services.classement.obtenir import activites_du_savoir, classeur_de
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


@pytest.fixture(scope="session")
def sources_activites(sources_entreprises: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same files, with lists and associations that do something, and decisions of people."""

    def copier(dossier: Path) -> None:
        shutil.copytree(sources_entreprises, dossier / "s")
        ecrire_listes(dossier / "s" / "entreprises")
        (dossier / "decisions.csv").write_text(DECISIONS, encoding="utf-8")

    return une_fois(tmp_path_factory, "sources-activites", copier)  # an archive holds its moment


@pytest.fixture(scope="session")
def construire_activites(
    declarees: tuple[Source, ...],
    indicateurs: tuple[Indicateur, ...],
    racine: Path,
    sources_activites: Path,
) -> Callable[[Path, str], object]:
    """Build them into a folder with an engine."""

    def lancer(vers: Path, moteur: str) -> AtlasConstruit:
        decisions = sources_activites / "decisions.csv"
        return construire(
            declarees, indicateurs, sources_activites / "s", vers, moteur=moteur,
            maintenant=dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC),
            formes=lire_formes(racine / "knowledge"),
            classeur=classeur_de(activites_du_savoir(), decisions), decisions={"fichier": decisions.name},
        )  # fmt: skip

    return lancer


@pytest.fixture(scope="session", params=MOTEURS)
def atlas_activites(
    request: pytest.FixtureRequest,
    construire_activites: Callable[[Path, str], object],
    tmp_path_factory: pytest.TempPathFactory,
) -> AtlasConstruit:
    """The atlas of these files, by each engine, built once a run."""
    if request.param == "spark":
        exiger_spark()

    def batir(vers: Path) -> None:
        if request.param == "spark":
            request.getfixturevalue("session_spark")
        construire_activites(vers, request.param)

    version = version_courante(une_fois(tmp_path_factory, f"atlas-activites-{request.param}", batir))
    assert version is not None
    manifeste = json.loads((version / MANIFESTE).read_text(encoding="utf-8"))
    return AtlasConstruit(dossier=version, version=version.name, manifeste=manifeste)


@pytest.fixture
def base(atlas_entreprises: AtlasConstruit) -> Iterator[sqlite3.Connection]:
    """Its SQLite file, rows by name."""
    lien = sqlite3.connect(f"file:{atlas_entreprises.dossier / 'atlas.sqlite'}?mode=ro", uri=True)
    lien.row_factory = sqlite3.Row
    yield lien
    lien.close()
