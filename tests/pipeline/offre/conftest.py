"""The made-up country, counted and published once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from tests.pipeline.offre.monde import Ligne, compter
from tests.pipeline.offre.pays import tirer

from perenne.atlas.lecteur import Atlas
from perenne.pipeline import sqlite


@pytest.fixture(scope="session")
def tables() -> dict[str, list[Ligne]]:
    """What the country is drawn from."""
    return tirer()


@pytest.fixture(scope="session")
def atlas_pays(
    tables: dict[str, Sequence[Ligne]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Atlas]:
    """Its atlas."""
    dossier = tmp_path_factory.mktemp("atlas-pays")
    (dossier / "v1").mkdir()
    with compter(tmp_path_factory.mktemp("travail"), tables) as moteur:
        sqlite.ecrire(moteur, dossier / "v1" / "atlas.sqlite")
    (dossier / "actuel").write_text("v1\n", encoding="utf-8")
    with Atlas(dossier) as atlas:
        yield atlas
