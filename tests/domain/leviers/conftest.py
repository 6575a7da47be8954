"""The base of the repository and its rules, shared by the tests of levers."""

from __future__ import annotations

from pathlib import Path

import pytest

from perenne.domain.leviers.statut import Statuts
from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.chargement import lire_base


@pytest.fixture(scope="session")
def base(racine: Path) -> BaseSavoir:
    """The knowledge base; what is wrong elsewhere in it is the matter of other tests."""
    return lire_base(racine / "knowledge")[0]


@pytest.fixture(scope="session")
def memoire(base: BaseSavoir) -> Statuts:
    """The rules of the repository."""
    return Statuts(base.regles)
