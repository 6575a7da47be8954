"""What the user is told when Spark cannot run."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.moteurs.session import JAVA_MIN, lire_options, manques, ouvrir_session


@pytest.fixture
def java(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Java of one's own: a program that says its version as the real one does."""
    programme = tmp_path / "bin" / "java"
    programme.parent.mkdir()
    monkeypatch.setenv("JAVA_HOME", str(tmp_path))
    return programme


def _dire(programme: Path, version: str) -> None:
    programme.write_text(
        f"#!/bin/sh\necho 'openjdk version \"{version}\" 2025-04-15' >&2\n", encoding="utf-8"
    )
    programme.chmod(0o755)


@pytest.mark.parametrize(
    ("version", "assez"), [("1.8.0_392", False), ("11.0.2", False), ("17.0.15", True), ("21", True)]
)
def test_a_java_that_is_too_old_is_told_with_what_to_install(java: Path, version: str, assez: bool) -> None:
    _dire(java, version)
    fautes = [f for f in manques() if f.ou == "java"]
    assert (not fautes) == assez
    if fautes:
        assert f"Java {JAVA_MIN}" in fautes[0].message
        assert "openjdk-17-jre-headless" in fautes[0].conseil


def test_everything_that_is_missing_is_told_at_once(java: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda nom: None)
    with pytest.raises(ErreurUtilisateur) as leve, ouvrir_session({}):
        pass
    assert [a.ou for a in leve.value.anomalies] == ["pyspark", "java"]
    assert "perenne[spark]" in leve.value.anomalies[0].conseil
    assert leve.value.anomalies[1].message == "introuvable."


def test_options_are_read_one_by_one() -> None:
    assert lire_options("") == {}
    assert lire_options(" spark.master=local[2]  spark.a.b=c=d ") == {
        "spark.master": "local[2]",
        "spark.a.b": "c=d",
    }


@pytest.mark.parametrize("faux", ["master=local", "spark.master", "--conf"])
def test_an_option_of_another_form_is_refused(faux: str) -> None:
    with pytest.raises(ErreurUtilisateur, match="PERENNE_SPARK"):
        lire_options(f"spark.a=b {faux}")
