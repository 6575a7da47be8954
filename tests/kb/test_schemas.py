"""The JSON Schemas given to editors accept what the loader accepts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from perenne.kb.genre import Genre
from perenne.kb.genres import GENRES
from perenne.kb.lecture import lire_yaml


def _refuser(ligne: int, message: str, conseil: str) -> None:
    raise AssertionError(f"ligne {ligne} : {message} {conseil}")


@pytest.mark.parametrize("genre", GENRES, ids=lambda g: g.nom)
def test_every_file_of_the_base_fits_its_schema(racine: Path, genre: Genre) -> None:
    schema = json.loads((racine / f"knowledge/schema/{genre.nom}.json").read_text(encoding="utf-8"))
    Draft202012Validator.check_schema(schema)
    validateur = Draft202012Validator(schema)
    fichiers = [
        f for f in (racine / "knowledge" / genre.dossier).glob(genre.motif) if f.name not in genre.sauf
    ]
    for fichier in fichiers:
        document = lire_yaml(fichier.read_bytes(), _refuser)
        assert document is not None
        assert [e.message for e in validateur.iter_errors(document.valeur)] == [], fichier.name


def test_a_schema_refuses_an_unknown_key_and_never_asks_for_the_identifier(racine: Path) -> None:
    schema = json.loads((racine / "knowledge/schema/besoin.json").read_text(encoding="utf-8"))
    assert "id" not in schema["properties"]
    assert not Draft202012Validator(schema).is_valid({"titre": "x", "inconnue": 1})
