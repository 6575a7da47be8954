"""JSON Schemas drawn from the classes that answers are written from, and from the fields of the files."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields, is_dataclass
from decimal import Decimal
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from perenne.reports.tresorerie.champs import VECTEURS, Champ, Feuille

Schema = dict[str, Any]
REF = "#/components/schemas/"
LIGNES_MAX = 500
"""Lines of one kind that a posted document may hold."""

_SIMPLES: dict[object, Schema] = {
    bool: {"type": "boolean"},
    int: {"type": "integer"},
    float: {"type": "number"},
    Decimal: {"type": "number"},
    str: {"type": "string"},
    dt.date: {"type": "string", "format": "date"},
    NoneType: {"type": "null"},
    Any: {},
    object: {},
}
_LISTES = (tuple, list, set, frozenset, Sequence, Collection)


class Fabrique:
    """Draws the schema of what a class is written as.

    Args:
        prefixe: put before the names of the classes, so that two families may use the same ones.
        remplaces: classes that are not written field by field.
        champs: fields kept of a class; all of them when it is not there.
        types: types of some fields, by class and name, where they are written otherwise.
        natures: whether a class that has a `nature` says it.
    """

    def __init__(
        self,
        prefixe: str,
        *,
        remplaces: Mapping[type, Schema] | None = None,
        champs: Mapping[type, Collection[str]] | None = None,
        types: Mapping[tuple[type, str], object] | None = None,
        natures: bool = False,
    ) -> None:
        self.prefixe, self.natures = prefixe, natures
        self.remplaces, self.champs, self.types = remplaces or {}, champs or {}, types or {}
        self.definitions: dict[str, Schema] = {}

    def dessiner(self, genre: Any) -> Schema:  # noqa: PLR0911 - one return a kind
        """The schema of a type; what its classes need is added to `definitions`."""
        if isinstance(genre, type) and genre in self.remplaces:
            return self.remplaces[genre]
        if genre in _SIMPLES:
            return dict(_SIMPLES[genre])
        origine, arguments = get_origin(genre), get_args(genre)
        if origine is Literal:
            return {"enum": list(arguments)}
        if origine in (Union, UnionType):
            return {"anyOf": [self.dessiner(a) for a in arguments]}
        if isinstance(origine, type) and issubclass(origine, Mapping):
            return {"type": "object", "additionalProperties": self.dessiner(arguments[1])}
        if origine is tuple and arguments[-1] is not Ellipsis:
            suite = [self.dessiner(a) for a in arguments]
            return {"type": "array", "prefixItems": suite, "minItems": len(suite), "maxItems": len(suite)}
        if origine in _LISTES:
            return {"type": "array", "items": self.dessiner(arguments[0])}
        if is_dataclass(genre):
            especes = (
                [c for c in genre.__subclasses__() if is_dataclass(c)] if isinstance(genre, type) else []
            )
            return {"anyOf": [self.dessiner(c) for c in especes]} if especes else self._classe(genre)
        # Arrays of numbers, of one dimension or two.
        return {"type": "array"}

    def _classe(self, classe: Any) -> Schema:
        nom = f"{self.prefixe}{classe.__name__}"
        if nom not in self.definitions:
            self.definitions[nom] = {}
            types = get_type_hints(classe)
            gardes = [f.name for f in fields(classe) if f.name in self.champs.get(classe, (f.name,))]
            proprietes = {n: self.dessiner(self.types.get((classe, n), types[n])) for n in gardes}
            if self.natures and isinstance(nature := getattr(classe, "nature", None), str):
                proprietes = {"nature": {"const": nature}, **proprietes}
            self.definitions[nom] = {
                "type": "object",
                "properties": proprietes,
                "required": list(proprietes),
                "additionalProperties": False,
            }
        return {"$ref": f"{REF}{nom}"}


def decrire_document(structure: Feuille, feuilles: Sequence[Feuille]) -> Schema:
    """The schema of a file given as JSON: the mapping `structure`, then one list a kind of line."""
    proprietes: dict[str, Schema] = {structure.cle: _ligne(structure)}
    for f in feuilles:
        proprietes[f.cle] = {
            "type": "array",
            "description": f.intro,
            "items": _ligne(f),
            "maxItems": LIGNES_MAX,
        }
    return {
        "type": "object",
        "properties": proprietes,
        "required": [structure.cle],
        "additionalProperties": False,
    }


def _ligne(feuille: Feuille) -> Schema:
    lus = [c for c in feuille.champs if c.genre != "memo"]
    return {
        "type": "object",
        "description": feuille.intro,
        "properties": {c.nom: {**_champ(c), "description": f"{c.libelle}. {c.aide}".strip()} for c in lus},
        "required": [c.nom for c in lus if feuille.obligatoire(c)],
        "additionalProperties": False,
    }


_NOMBRE: Schema = {"type": ["number", "string"]}
_ENTIER: Schema = {"type": ["integer", "string"]}
_TEXTE: Schema = {"type": "string"}
_ENTIERS: Schema = {"type": ["array", "string"], "items": {"type": "integer"}}
_GENRES: dict[str, Schema] = {
    **dict.fromkeys(("montant", "pourcent", "centiemes", "montants", "pourcents"), _NOMBRE),
    **dict.fromkeys(("entier", "duree", "poids"), _ENTIER),
    "oui-non": {"enum": [True, False, "oui", "non"]},
    "refs": {"type": ["array", "string"], "items": _TEXTE},
    **dict.fromkeys(("mois", "entiers"), _ENTIERS),
    "pourcents-libres": {"type": ["array", "string"], "items": _NOMBRE},
    "libre": {},
}
"""What is not here is a text."""


def _champ(champ: Champ) -> Schema:
    if champ.genre == "choix":
        return {"enum": list(dict.fromkeys(x for choix in champ.choix for x in choix))}
    schema = _GENRES.get(champ.genre, _TEXTE)
    if champ.genre in VECTEURS:
        return {"type": "array", "items": schema, "maxItems": champ.nombre}
    return schema
