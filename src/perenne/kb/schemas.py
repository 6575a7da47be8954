"""JSON Schemas of the files of `knowledge/`, for editors that complete and check while one types."""

from __future__ import annotations

import json
from typing import Any

from perenne.kb.genre import Genre
from perenne.kb.libelles import Libelles
from perenne.kb.validation import adaptateur

_DIALECTE = "https://json-schema.org/draft/2020-12/schema"


def schema_de(genre: Genre, libelles: Libelles) -> dict[str, Any]:
    """The schema of one file of a kind: French titles, no identifier (it comes from the path)."""
    classe: Any = genre.classe
    fiche = adaptateur(classe).json_schema(ref_template="#/$defs/{model}")
    definitions = fiche.pop("$defs", {})
    fiche = definitions.pop(classe.__name__, fiche) if "$ref" in fiche else fiche
    for nom in genre.champs_injectes():
        fiche["properties"].pop(nom, None)
        fiche["required"] = [c for c in fiche.get("required", []) if c != nom]
    _franciser(fiche, classe.__name__, libelles)
    for nom, definition in definitions.items():
        _franciser(definition, nom, libelles)
    fiche["title"] = libelles.genre(genre.nom).capitalize()
    if genre.plusieurs:
        titre = fiche["title"]
        fiche = {"title": f"{titre}, par identifiant", "type": "object", "additionalProperties": fiche}
    return {"$schema": _DIALECTE, **fiche, **({"$defs": definitions} if definitions else {})}


def _franciser(schema: dict[str, Any], classe: str, libelles: Libelles) -> None:
    """Replace the English titles and docstrings by the French names of the keys."""
    schema.pop("description", None)
    schema.pop("title", None)
    for nom, propriete in schema.get("properties", {}).items():
        propriete.pop("description", None)
        propriete["title"] = libelles.cle(nom, classe)


def ecrire_schema(schema: dict[str, Any]) -> str:
    """The text of a schema file."""
    return json.dumps(schema, ensure_ascii=False, indent=1, sort_keys=True) + "\n"
