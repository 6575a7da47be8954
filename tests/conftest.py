"""What all tests share: the real data of the shared folder, skipped with its reason where it is missing."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

RACINE = Path(__file__).resolve().parent.parent
PARTAGE = Path(os.environ.get("PERENNE_TEST_PARTAGE", RACINE.parent / "shared"))


@pytest.fixture(scope="session")
def racine() -> Path:
    """The root of the repository."""
    return RACINE


@pytest.fixture(scope="session")
def partage() -> Path:
    """The folder of real open data and of the study; the test is skipped where it is missing."""
    if not PARTAGE.is_dir():
        pytest.skip(f"dossier de données réelles absent : {PARTAGE}")
    return PARTAGE
