"""`publiccode.yml` follows the publiccode.yml standard (mandatory keys of version 0.4 and their bounds)."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from perenne import __version__

STATUTS = {"concept", "development", "beta", "stable", "obsolete"}
TYPES = {
    "standalone/mobile",
    "standalone/iot",
    "standalone/desktop",
    "standalone/web",
    "standalone/backend",
    "standalone/other",
    "addon",
    "library",
    "configurationFiles",
}
LICENCES = {"MIT", "etalab-2.0"}


@pytest.fixture(scope="module")
def notice(racine: Path) -> dict[str, Any]:
    contenu: dict[str, Any] = yaml.safe_load((racine / "publiccode.yml").read_text(encoding="utf-8"))
    return contenu


def test_the_mandatory_keys_are_present(notice: dict[str, Any]) -> None:
    obligatoires = {
        "publiccodeYmlVersion",
        "name",
        "url",
        "platforms",
        "developmentStatus",
        "softwareType",
        "description",
        "legal",
        "maintenance",
        "localisation",
    }
    assert obligatoires <= notice.keys()
    assert notice["developmentStatus"] in STATUTS
    assert notice["softwareType"] in TYPES
    assert notice["url"].startswith("https://")


def test_every_description_keeps_the_lengths_of_the_standard(notice: dict[str, Any]) -> None:
    assert "fr" in notice["description"]
    for description in notice["description"].values():
        assert len(description["shortDescription"]) <= 150
        assert 150 <= len(description["longDescription"].strip()) <= 10_000
        assert description["features"]


def test_licence_and_version_are_those_of_the_repository(notice: dict[str, Any], racine: Path) -> None:
    assert set(notice["legal"]["license"].split(" AND ")) == LICENCES
    texte = (racine / "LICENSE").read_text(encoding="utf-8")
    assert "MIT License" in texte
    assert "etalab-2.0" in texte
    assert notice["softwareVersion"] == __version__
    assert dt.date.fromisoformat(notice["releaseDate"])


def test_maintenance_names_a_role_and_an_address(notice: dict[str, Any]) -> None:
    assert notice["maintenance"]["type"] in {"internal", "contract", "community", "none"}
    assert all(c["name"] and "@" in c["email"] for c in notice["maintenance"]["contacts"])
    assert isinstance(notice["localisation"]["localisationReady"], bool)
    assert "fr" in notice["localisation"]["availableLanguages"]
