"""The made-up country, counted and published once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
from tests.pipeline.offre.monde import Ligne, publier
from tests.pipeline.offre.pays import tirer

from perenne.atlas.lecteur import Atlas


@pytest.fixture(scope="session")
def tables() -> dict[str, list[Ligne]]:
    """What the country is drawn from."""
    return tirer()


@pytest.fixture(scope="session")
def atlas_pays(
    tables: dict[str, Sequence[Ligne]], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Atlas]:
    """Its atlas."""
    with Atlas(publier(tmp_path_factory.mktemp("atlas-pays"), tables)) as atlas:
        yield atlas
