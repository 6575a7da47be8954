"""The door to the knowledge base: checked, kept between commands, looked up once per process."""

from __future__ import annotations

import dataclasses
from functools import cache
from pathlib import Path

from perenne.domain.savoir.base import BaseSavoir
from perenne.services.cache_savoir import obtenir_base_en_cache
from perenne.services.reglages import Reglages, lire_reglages


@cache
def _charger(reglages: Reglages) -> BaseSavoir:
    return obtenir_base_en_cache(reglages)


def obtenir_base(dossier: Path | None = None) -> BaseSavoir:
    """The knowledge base of `PERENNE_SAVOIR` (or of `dossier`), read once per process.

    Raises:
        ErreurUtilisateur: the folder is missing or some files are wrong.
    """
    reglages = lire_reglages()
    savoir = (dossier or reglages.savoir).resolve()
    return _charger(dataclasses.replace(reglages, savoir=savoir))
