"""Who refers to an item: the references of the base, read backwards."""

from __future__ import annotations

from collections.abc import Mapping

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.commun import Ref
from perenne.kb.marques import marques_de


def cite_par(base: BaseSavoir, genre: str, identifiant: str) -> Mapping[str, tuple[str, ...]]:
    """Identifiers of the items that refer to one item, by kind; the item itself left out.

    A reference that several kinds may answer counts for the first kind that has the identifier.
    """
    citants: dict[str, list[str]] = {}
    for autre, fiches in base.fiches.items():
        for i, fiche in fiches.items():
            if (autre, i) != (genre, identifiant) and _cite(base, fiche, genre, identifiant):
                citants.setdefault(autre, []).append(i)
    return {g: tuple(ids) for g, ids in citants.items()}


def _cite(base: BaseSavoir, fiche: object, genre: str, identifiant: str) -> bool:
    return any(
        isinstance(marque, Ref)
        and texte == identifiant
        and genre == next((g for g in marque.genres if identifiant in base.fiches.get(g, ())), "")
        for marque, texte, _ in marques_de(fiche)
    )
