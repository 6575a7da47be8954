"""An atlas kept open by each thread of a long-lived process, and reopened when another one is published."""

from __future__ import annotations

import os
import threading
from pathlib import Path

from perenne.atlas.lecteur import Atlas
from perenne.atlas.ouverture import version_actuelle
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.reglages import lire_reglages

_local = threading.local()


class AtlasIndisponible(ErreurUtilisateur):
    """No atlas can be read: the operator must build or name one."""


def obtenir_atlas(dossier: Path | None = None) -> Atlas:
    """The current atlas of `PERENNE_ATLAS` (or of `dossier`), open; never closed by the caller.

    Raises:
        AtlasIndisponible: there is none, or it cannot be read.
    """
    dossier = dossier or lire_reglages().atlas
    # A connection does not survive a fork: the process is part of the key.
    cle = (os.getpid(), dossier, version_actuelle(dossier))
    ouvert: tuple[tuple[int, Path, str], Atlas] | None = getattr(_local, "ouvert", None)
    if ouvert is not None and ouvert[0] == cle:
        return ouvert[1]
    try:
        atlas = Atlas(dossier)
    except ErreurUtilisateur as erreur:
        raise AtlasIndisponible(erreur.message, conseil=erreur.conseil) from erreur
    if ouvert is not None and ouvert[0][0] == cle[0]:
        ouvert[1].fermer()
    _local.ouvert = (cle, atlas)
    return atlas
