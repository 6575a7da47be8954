"""Opening an atlas: clear errors, read-only, an open version survives the swap."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from perenne.atlas.lecteur import Atlas
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.territoire.identite import Cle


def test_without_an_atlas_the_message_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="perenne atlas construire"):
        Atlas(tmp_path)


def test_a_version_without_its_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "actuel").write_text("2026-01\n", encoding="utf-8")
    with pytest.raises(ErreurUtilisateur, match="« 2026-01 »"):
        Atlas(tmp_path)


@pytest.mark.parametrize("contenu", [b"pas une base", b""])
def test_a_file_that_is_not_an_atlas_is_told(tmp_path: Path, contenu: bytes) -> None:
    (tmp_path / "v").mkdir()
    (tmp_path / "actuel").write_text("v", encoding="utf-8")
    (tmp_path / "v" / "atlas.sqlite").write_bytes(contenu)
    with pytest.raises(ErreurUtilisateur, match=r"ne se lit pas|n'a pas la forme"):
        Atlas(tmp_path)


def test_the_atlas_cannot_be_written(atlas_jouet: Path) -> None:
    with Atlas(atlas_jouet) as atlas, pytest.raises(sqlite3.OperationalError):
        atlas.base.execute("DELETE FROM territoire")


def test_an_open_version_stays_readable_after_the_swap(tmp_path: Path, ecrire_atlas) -> None:
    ecrire_atlas(tmp_path, "v1")
    with Atlas(tmp_path) as ancien:
        ecrire_atlas(tmp_path, "v2")
        with Atlas(tmp_path) as nouveau:
            assert (ancien.version, nouveau.version) == ("v1", "v2")
        guere = ancien.territoire(Cle(type="commune", code="23096"))
        assert guere is not None
        assert guere.nom == "Guéret"
