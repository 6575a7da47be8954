"""The JSON Schemas of `knowledge/` and the reference page of its kinds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perenne.services.savoir_controle import decrire_genres, schemas_du_savoir


def generer_schemas(racine: Path) -> Mapping[str, str]:
    """`knowledge/schema/<genre>.json`."""
    schemas = schemas_du_savoir(racine / "knowledge")
    return {f"knowledge/schema/{genre}.json": texte for genre, texte in schemas.items()}


def generer_reference_savoir(racine: Path) -> Mapping[str, str]:
    """`docs/reference/savoir.md`."""
    return {"docs/reference/savoir.md": decrire_genres(racine / "knowledge")}
