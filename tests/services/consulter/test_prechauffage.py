"""What is read before the first visitor; without an atlas, nothing is."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from perenne.atlas import memoire
from perenne.services.consulter.prechauffage import preparer_territoires

AU = dt.date(2026, 11, 23)


def test_every_type_that_has_inhabitants_is_prepared(
    atlas_jouet: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERENNE_ATLAS", str(atlas_jouet))
    memoire._memoires.clear()
    assert preparer_territoires(AU) == 4
    (gardes,) = memoire._memoires.values()
    assert {c[1] for c in gardes if c[0] == "groupe"} == {"commune", "epci", "departement", "region"}


def test_a_server_without_an_atlas_starts_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERENNE_ATLAS", str(tmp_path))
    assert preparer_territoires(AU) == 0
