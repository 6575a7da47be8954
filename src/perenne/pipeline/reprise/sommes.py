"""Digests of the files that a build reads: told before, and found unchanged after."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from pathlib import Path

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.avance import en_avance
from perenne.pipeline.reconnaissance import FichierTrouve, empreinte

Etat = tuple[int, int, int]


class Sommes(dict[Path, str]):
    """SHA-256 of the content of each file, by its place; an archive counts once.

    Args:
        fichiers: what the build reads.
    """

    def __init__(self, fichiers: Iterable[FichierTrouve]) -> None:
        chemins = sorted({partie.chemin for fichier in fichiers for partie in fichier.parties})
        self._etats = {c: _etat(c) for c in chemins}
        super().__init__(zip(chemins, en_avance(empreinte, chemins), strict=True))

    def de(self, fichier: FichierTrouve) -> str:
        """That of a file; of the digests of its parts when several files make the source."""
        chemins = sorted({f.chemin for f in fichier.parties})
        if len(chemins) == 1:
            return self[chemins[0]]
        return hashlib.sha256("".join(self[c] for c in chemins).encode()).hexdigest()

    def verifier(self) -> None:
        """Refuse files that were written to since.

        Raises:
            ErreurUtilisateur: one of them changed or is gone: what was read of it is not known.
        """
        changes = [c for c, etat in self._etats.items() if _etat(c) != etat]
        if changes:
            raise ErreurUtilisateur(
                "Des fichiers sources ont changé pendant que l'atlas se construisait.",
                anomalies=[Anomalie(ou=str(c), message="modifié ou disparu depuis.") for c in changes],
                conseil="Attendez que le téléchargement ou la copie finisse, puis relancez la commande.",
            )


def _etat(chemin: Path) -> Etat:
    try:
        etat = chemin.stat()
    except OSError:
        return 0, 0, 0
    return etat.st_size, etat.st_mtime_ns, etat.st_ino
