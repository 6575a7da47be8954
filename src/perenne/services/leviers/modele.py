"""The knowledge base prepared for recommendations, once per process."""

from __future__ import annotations

from perenne.domain.leviers.modele import Modele, construire_modele
from perenne.domain.savoir.base import BaseSavoir
from perenne.services.savoir import obtenir_base

_PREPARES: dict[int, tuple[BaseSavoir, Modele]] = {}


def obtenir_modele(base: BaseSavoir | None = None) -> Modele:
    """The prepared base, that of the settings when None."""
    base = base or obtenir_base()
    if id(base) not in _PREPARES:
        _PREPARES.clear()
        _PREPARES[id(base)] = (base, construire_modele(base))
    return _PREPARES[id(base)][1]
