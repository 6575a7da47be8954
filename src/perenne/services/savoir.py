"""The door to the knowledge base: loaded once per folder, checked, looked up."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from perenne.domain.erreurs import Anomalie
from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.chargement import charger_base, lire_base
from perenne.services.reglages import lire_reglages


@cache
def _charger(dossier: Path) -> BaseSavoir:
    return charger_base(dossier)


def obtenir_base(dossier: Path | None = None) -> BaseSavoir:
    """The knowledge base of `PERENNE_SAVOIR` (or of `dossier`), read once per process.

    Raises:
        ErreurUtilisateur: the folder is missing or some files are wrong.
    """
    return _charger((dossier or lire_reglages().savoir).resolve())


def verifier_base(dossier: Path | None = None) -> tuple[dict[str, int], tuple[Anomalie, ...]]:
    """Number of valid items by kind, and every anomaly; read afresh each time."""
    base, anomalies = lire_base(dossier or lire_reglages().savoir)
    return {genre: len(fiches) for genre, fiches in base.fiches.items()}, anomalies
