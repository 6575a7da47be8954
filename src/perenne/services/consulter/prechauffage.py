"""What the pages of territories read of the atlas, read before the first visitor."""

from __future__ import annotations

import datetime as dt
import logging

from perenne.atlas.lecteur import Atlas
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.designation import designer
from perenne.services.reglages import lire_reglages
from perenne.services.savoir import obtenir_base
from perenne.services.territoire import diagnostiquer_designe

_journal = logging.getLogger("perenne.atlas")


def preparer_territoires(au: dt.date) -> int:
    """Diagnose the most populated territory of each type, which leaves in memory what the others share.

    The atlas is closed again: a connection does not survive the birth of the processes of the server.

    Returns:
        How many were diagnosed; 0 without an atlas, which the server may wait for.
    """
    try:
        with Atlas(lire_reglages().atlas) as atlas:
            premiers = atlas.lire(
                "SELECT type, code, max(population) FROM territoire GROUP BY type HAVING max(population) > 0"
            )
            for type_, code, _ in premiers:
                designation = designer(atlas, f"{type_}:{code}")
                diagnostiquer_designe(atlas, designation, au=au, savoir=obtenir_base())
            return len(premiers)
    except ErreurUtilisateur as erreur:
        _journal.warning("territoires non préparés : %s", erreur.message)
        return 0
