"""A full disk, whoever finds it out: one message, that says what to do."""

from __future__ import annotations

import errno
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.reprise.recit import dire_taille

_CODES = (errno.ENOSPC, errno.EDQUOT)
_DITS = ("no space left on device", "disk is full", "disk quota exceeded", "max_temp_directory_size")
"""What DuckDB, SQLite and Spark say of it in their own errors."""


@contextmanager
def surveiller_le_disque(dossier: Path) -> Iterator[None]:
    """Tell a full disk as such.

    Raises:
        ErreurUtilisateur: something inside failed because the disk, or the share of this user, was full.
    """
    try:
        yield
    except Exception as erreur:
        if not est_plein(erreur):
            raise
        raise ErreurUtilisateur(
            "Le disque est plein : la construction s'est arrêtée, et l'atlas en place n'a pas changé.",
            anomalies=[Anomalie(ou=str(dossier), message=f"il reste {_libre(dossier)} sur ce disque.")],
            conseil="Libérez de la place, puis relancez la même commande : les étapes finies sont gardées.",
        ) from erreur


def est_plein(erreur: BaseException | None) -> bool:
    """Whether an error, or one of those that it came from, is that of a full disk."""
    vues: set[int] = set()
    while erreur is not None and id(erreur) not in vues:
        vues.add(id(erreur))
        if isinstance(erreur, OSError) and erreur.errno in _CODES:
            return True
        if any(dit in str(erreur).lower() for dit in _DITS):
            return True
        erreur = erreur.__cause__ or erreur.__context__
    return False


def _libre(dossier: Path) -> str:
    return dire_taille(shutil.disk_usage(dossier).free)
