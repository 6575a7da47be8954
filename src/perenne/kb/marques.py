"""Finds, in a validated item, every string marked by `Ref` or `Expression`, and every reversed period."""

from __future__ import annotations

import datetime as dt
import types
from collections.abc import Callable, Iterator
from dataclasses import is_dataclass
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from perenne.domain.savoir.commun import Ref
from perenne.domain.savoir.expressions import Expression
from perenne.kb.chemin import Chemin
from perenne.kb.formes import annotations_de


class PeriodeInversee:
    """Found where an item says `du` after `au`."""


Marque = Ref | Expression | PeriodeInversee
Trouvaille = tuple[Marque, str, Chemin]
Visiteur = Callable[[Any, Chemin], Iterator[Trouvaille]]


def marques_de(fiche: object) -> Iterator[Trouvaille]:
    """Every marked string of an item with its path, whatever the nesting."""
    classe: Any = type(fiche)
    return _visiteur_de_classe(classe)(fiche, ())


@cache
def _visiteur_de_classe(classe: Any) -> Visiteur:
    visiteurs: dict[str, Visiteur] = {}
    champs = annotations_de(classe)
    datee = {"du", "au"} <= champs.keys()

    def visiter(valeur: Any, chemin: Chemin) -> Iterator[Trouvaille]:
        if not isinstance(valeur, classe):
            return
        if datee and _inversee(valeur.du, valeur.au):
            yield PeriodeInversee(), f"{valeur.du} > {valeur.au}", (*chemin, "du")
        for nom, v in visiteurs.items():
            yield from v(getattr(valeur, nom), (*chemin, nom))

    for nom, annotation in champs.items():
        if (v := _visiteur(annotation)) is not None:
            visiteurs[nom] = v
    return visiter


def _inversee(du: object, au: object) -> bool:
    return isinstance(du, dt.date) and isinstance(au, dt.date) and du > au


def _visiteur(annotation: Any) -> Visiteur | None:
    origine, arguments = get_origin(annotation), get_args(annotation)
    if origine is Annotated:
        marque = next((n for n in arguments[1:] if isinstance(n, (Ref, Expression))), None)
        return _visiteur(arguments[0]) if marque is None else _visiteur_de_marque(marque)
    if origine in (Union, types.UnionType):
        return _ensemble([_visiteur(a) for a in arguments])
    if origine is tuple and arguments:
        return _visiteur_de_tuple(arguments)
    if origine is dict:
        return _visiteur_de_dict(_visiteur(arguments[0]), _visiteur(arguments[1]))
    if isinstance(annotation, type) and is_dataclass(annotation):
        return _visiteur_differe(annotation)
    return None


def _visiteur_differe(classe: Any) -> Visiteur:
    # A dataclass may contain itself (a tree of rules): looked up when visiting, not when building.
    def visiter(valeur: Any, chemin: Chemin) -> Iterator[Trouvaille]:
        return _visiteur_de_classe(classe)(valeur, chemin)

    return visiter


def _visiteur_de_marque(marque: Ref | Expression) -> Visiteur:
    def visiter(valeur: Any, chemin: Chemin) -> Iterator[Trouvaille]:
        if isinstance(valeur, str):
            yield marque, valeur, chemin
        elif isinstance(valeur, tuple):
            for i, v in enumerate(valeur):
                yield from visiter(v, (*chemin, i))

    return visiter


def _ensemble(visiteurs: list[Visiteur | None]) -> Visiteur | None:
    presents = [v for v in visiteurs if v is not None]
    if not presents:
        return None

    def visiter(valeur: Any, chemin: Chemin) -> Iterator[Trouvaille]:
        for v in presents:
            yield from v(valeur, chemin)

    return visiter


def _visiteur_de_tuple(arguments: tuple[Any, ...]) -> Visiteur | None:
    indefini = len(arguments) == 2 and arguments[1] is Ellipsis
    elements = [_visiteur(a) for a in (arguments[:1] if indefini else arguments)]
    if not any(elements):
        return None

    def visiter(valeur: Any, chemin: Chemin) -> Iterator[Trouvaille]:
        if isinstance(valeur, tuple):
            for i, v in enumerate(valeur):
                if (e := elements[0 if indefini else i]) is not None:
                    yield from e(v, (*chemin, i))

    return visiter


def _visiteur_de_dict(cles: Visiteur | None, valeurs: Visiteur | None) -> Visiteur | None:
    if cles is None and valeurs is None:
        return None

    def visiter(valeur: Any, chemin: Chemin) -> Iterator[Trouvaille]:
        if isinstance(valeur, dict):
            for cle, v in valeur.items():
                suite = (*chemin, str(cle))
                if cles is not None:
                    yield from cles(cle, suite)
                if valeurs is not None:
                    yield from valeurs(v, suite)

    return visiter
