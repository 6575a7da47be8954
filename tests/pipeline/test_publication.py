"""Publishing: one atomic step, one build at a time, nothing left of an interrupted one."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.publication import chantier, ecrire_manifeste, nom_de_version, verrou, version_courante

MAINTENANT = dt.datetime(2026, 11, 23, 12, 0, tzinfo=dt.UTC)


def _publier(dossier: Path, version: str) -> None:
    with chantier(dossier, version) as travail:
        (travail / "atlas.sqlite").write_text(version)
        ecrire_manifeste(travail, {"version": version})


def test_a_published_version_becomes_the_current_one_and_the_previous_is_kept(tmp_path: Path) -> None:
    _publier(tmp_path, "a")
    _publier(tmp_path, "b")
    assert version_courante(tmp_path) == tmp_path / "b"
    assert (tmp_path / "a" / "atlas.sqlite").read_text() == "a"


def test_only_the_last_two_versions_are_kept(tmp_path: Path) -> None:
    for version in "abcd":
        _publier(tmp_path, version)
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["c", "d"]


def test_the_version_in_use_is_kept_even_when_its_name_sorts_first(tmp_path: Path) -> None:
    for version in ("x", "y", "a"):
        _publier(tmp_path, version)
    assert version_courante(tmp_path) == tmp_path / "a"
    assert sorted(p.name for p in tmp_path.iterdir() if p.is_dir()) == ["a", "y"]


@pytest.mark.parametrize("erreur", [KeyboardInterrupt, ErreurUtilisateur("faux"), MemoryError])
def test_an_interrupted_build_leaves_nothing_and_changes_nothing(
    tmp_path: Path, erreur: type[BaseException]
) -> None:
    _publier(tmp_path, "a")

    def interrompre() -> None:
        with chantier(tmp_path, "b") as travail:
            (travail / "atlas.sqlite").write_text("à moitié")
            raise erreur

    with pytest.raises(BaseException):  # noqa: B017, PT011
        interrompre()
    assert version_courante(tmp_path) == tmp_path / "a"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["a", "actuel"]


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    (tmp_path / ".chantier-ancien").mkdir()
    (tmp_path / ".chantier-ancien" / "atlas.sqlite").write_text("à moitié")
    _publier(tmp_path, "a")
    assert not list(tmp_path.glob(".chantier*"))


def test_two_builds_at_once_are_refused(tmp_path: Path) -> None:
    code = (
        "import sys, pathlib; from perenne.pipeline.publication import verrou\n"
        "with verrou(pathlib.Path(sys.argv[1])): print('pris', flush=True); sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code, str(tmp_path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as autre:
        assert autre.stdout is not None
        assert autre.stdout.readline() == "pris\n"
        with pytest.raises(ErreurUtilisateur, match="déjà en cours"), verrou(tmp_path):
            pass
        autre.kill()
        autre.wait()
        with verrou(tmp_path):
            pass


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "fichier").write_text("")
    with pytest.raises(ErreurUtilisateur, match="ne peut pas être écrit"), verrou(tmp_path / "fichier"):
        pass


def test_a_pointer_to_nothing_is_no_atlas(tmp_path: Path) -> None:
    assert version_courante(tmp_path) is None
    (tmp_path / "actuel").write_text("disparue\n")
    assert version_courante(tmp_path) is None


def test_two_versions_of_the_same_second_have_different_names(tmp_path: Path) -> None:
    premier = nom_de_version(MAINTENANT, tmp_path)
    (tmp_path / premier).mkdir()
    assert nom_de_version(MAINTENANT, tmp_path) != premier
