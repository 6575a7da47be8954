"""Writes a long file piece by piece, and puts it in its place at once."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable
from pathlib import Path

from perenne.domain.erreurs import ErreurUtilisateur


def ecrire_flux(morceaux: Iterable[str | bytes], chemin: Path) -> None:
    """Write the pieces beside the file, then put it there; an error leaves nothing behind.

    Raises:
        ErreurUtilisateur: the folder does not exist or cannot be written.
    """
    provisoire: Path | None = None
    try:
        with tempfile.NamedTemporaryFile("wb", dir=chemin.parent, prefix=".perenne-", delete=False) as sortie:
            provisoire = Path(sortie.name)
            sortie.writelines(m.encode() if isinstance(m, str) else m for m in morceaux)
        provisoire.chmod(0o644)
        provisoire.replace(chemin)
        provisoire = None
    except OSError as erreur:
        raise ErreurUtilisateur(f"« {chemin} » ne peut pas être écrit : {erreur.strerror}.") from erreur
    finally:
        if provisoire is not None:
            provisoire.unlink(missing_ok=True)
