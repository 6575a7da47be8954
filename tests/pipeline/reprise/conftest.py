"""The demonstration, built once without any interruption."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.pipeline.reprise.outils import construire, mourir_avant
from tests.pipeline.spark import une_fois

LUS = (
    "communes/*", "zonages/qpv_*", "entreprises/Stock*", "entreprises/rna_*", "entreprises/liste-*",
    "entreprises/agrements_*", "entreprises/siae_*",
)  # fmt: skip
"""Some files of each kind: the rest would only take longer."""


@pytest.fixture(scope="session")
def demo(racine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A part of the sources of the demonstration; not to be written to."""
    origine = racine / "data" / "demo" / "sources"

    def copier(dossier: Path) -> None:
        for motif in LUS:
            for fichier in origine.glob(motif):
                cible = dossier / fichier.relative_to(origine)
                cible.parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(fichier, cible)

    return une_fois(tmp_path_factory, "sources-a-reprendre", copier)


@pytest.fixture(scope="session")
def droit(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The atlas that a build never interrupted gives."""
    return une_fois(tmp_path_factory, "atlas-sans-interruption", lambda vers: construire(demo, vers))


@pytest.fixture(scope="session")
def interrompu(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A build that stopped when only the last stage was missing; to be copied, not to be used."""

    def batir(vers: Path) -> None:
        with pytest.raises(KeyboardInterrupt):
            construire(demo, vers, fautes=mourir_avant("base"))

    return une_fois(tmp_path_factory, "atlas-interrompu", batir)
