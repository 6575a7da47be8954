"""Walks type hints along a path: which dataclass stands there, which values are expected."""

from __future__ import annotations

import types
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from perenne.kb.chemin import Chemin


@cache
def annotations_de(classe: Any) -> dict[str, Any]:
    """Type hints of the fields of a dataclass, `Annotated` kept."""
    tous = get_type_hints(classe, include_extras=True)
    return {f.name: tous[f.name] for f in fields(classe)}


def branches(annotation: Any) -> Iterator[Any]:
    """The alternatives of a union, `Annotated` removed; the annotation itself when there is one only."""
    if get_origin(annotation) is Annotated:
        yield from branches(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType):
        for a in get_args(annotation):
            yield from branches(a)
    else:
        yield annotation


def _sous(annotation: Any, partie: str | int) -> Iterator[Any]:
    for branche in branches(annotation):
        origine, arguments = get_origin(branche), get_args(branche)
        if is_dataclass(branche) and isinstance(branche, type):
            suite = annotations_de(branche).get(str(partie))
            if suite is not None:
                yield suite
        elif origine is dict and len(arguments) == 2:
            yield arguments[1]
        elif origine is tuple and isinstance(partie, int):
            indefini = len(arguments) == 2 and arguments[1] is Ellipsis
            if indefini or partie < len(arguments):
                yield arguments[0 if indefini else partie]


def formes_a(annotation: Any, chemin: Chemin) -> tuple[Any, ...]:
    """The types that may stand at `chemin` below a value of type `annotation`."""
    courantes: tuple[Any, ...] = (annotation,)
    for partie in chemin:
        courantes = tuple(s for a in courantes for s in _sous(a, partie))
    return tuple(b for a in courantes for b in branches(a))


def cles_a(annotation: Any, chemin: Chemin) -> tuple[str, ...]:
    """The keys that may be written at `chemin`, when a dataclass stands there."""
    return tuple(
        cle
        for forme in formes_a(annotation, chemin)
        if isinstance(forme, type) and is_dataclass(forme)
        for cle in annotations_de(forme)
    )


_NOMS_SIMPLES = {
    str: "un texte",
    int: "un nombre entier",
    float: "un nombre",
    bool: "true ou false",
}


def nommer_formes(formes: tuple[Any, ...]) -> str:
    """What a field expects, in French, the allowed values of several literals gathered."""
    permises = [str(v) for f in formes if get_origin(f) is Literal for v in get_args(f)]
    noms = [f"l'une des valeurs {enumerer(tuple(permises))}"] if permises else []
    noms += [_nommer(f) for f in formes if f is not type(None) and get_origin(f) is not Literal]
    return " ou ".join(dict.fromkeys(noms)) or "une autre valeur"


def _nommer(forme: Any) -> str:
    origine = get_origin(forme)
    if forme in _NOMS_SIMPLES:
        return _NOMS_SIMPLES[forme]
    if origine is tuple:
        return "une liste"
    if origine is dict or (isinstance(forme, type) and is_dataclass(forme)):
        return "une table de clés et de valeurs"
    return "une date AAAA-MM-JJ" if getattr(forme, "__name__", "") == "date" else "une autre forme"


def enumerer(noms: tuple[str, ...]) -> str:
    """« a », « b » ou « c »."""
    tous = [f"« {n} »" for n in noms]
    return tous[0] if len(tous) == 1 else f"{', '.join(tous[:-1])} ou {tous[-1]}"
