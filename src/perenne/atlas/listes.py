"""The territories of the atlas as a long list, read from a key onwards."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from perenne.atlas.lecteur import entier, texte
from perenne.atlas.recherche import Candidat
from perenne.domain.territoire.identite import Cle

Lire = Callable[[str, Sequence[object]], list[tuple[Any, ...]]]
FILTRES = ("type", "departement", "region", "epci")
"""Columns that a list may be restricted to."""


def lister_territoires(
    lire: Lire, filtres: dict[str, str], *, apres: tuple[str, ...] | None, limite: int
) -> list[Candidat]:
    """Territories in the order of (type, code).

    Args:
        lire: rows of a query (`Atlas.lire`).
        filtres: column (one of `FILTRES`) to value.
        apres: type and code after which to start; None for the first.
        limite: how many at most.
    """
    conditions = [f"{nom} = ?" for nom in FILTRES if filtres.get(nom)]
    valeurs: list[object] = [filtres[nom] for nom in FILTRES if filtres.get(nom)]
    if apres is not None:
        conditions.append("(type, code) > (?, ?)")
        valeurs += apres
    ou = f"WHERE {' AND '.join(conditions)} " if conditions else ""
    lignes = lire(
        f"SELECT type, code, nom, departement, population FROM territoire {ou}ORDER BY type, code LIMIT ?",
        [*valeurs, limite],
    )
    return [
        Candidat(
            cle=Cle(type=type_, code=code),
            nom=nom,
            departement=texte(departement),
            population=entier(population),
            qualite="exact",
        )
        for type_, code, nom, departement, population in lignes
    ]
