"""Opens the current version of the atlas, read-only; a version that is being replaced stays readable."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from perenne.domain.erreurs import ErreurUtilisateur

CONSEIL_CONSTRUIRE = (
    "Lancez « perenne atlas construire » (avec « --sources DOSSIER » si vous avez déjà les fichiers), "
    "ou indiquez le dossier d'un atlas par la variable PERENNE_ATLAS."
)
TABLES = frozenset(
    {
        "territoire",
        "composition",
        "commune_mouvement",
        "appartenance",
        "valeur",
        "contour",
        "recherche",
        "source",
    }
)


@dataclass(frozen=True, kw_only=True)
class VersionOuverte:
    """A version of the atlas held open.

    Attributes:
        nom: name of the version.
        empreinte: what tells its file from any other, of this atlas or of another.
        base: connection to its SQLite file, read-only.
    """

    nom: str
    empreinte: tuple[str, int, int, int]
    base: sqlite3.Connection


def ouvrir(dossier: Path) -> VersionOuverte:
    """Open the current version of an atlas.

    Args:
        dossier: the folder that holds `actuel` and the versions.

    Returns:
        The version, open. It stays readable when another version becomes current.

    Raises:
        ErreurUtilisateur: no atlas there, or one that cannot be read.
    """
    temoin = dossier / "actuel"
    if not temoin.is_file():
        raise ErreurUtilisateur(f"Aucun atlas dans {dossier}.", conseil=CONSEIL_CONSTRUIRE)
    nom = temoin.read_text(encoding="utf-8").strip()
    fichier = dossier / nom / "atlas.sqlite"
    if not nom or "/" in nom or not fichier.is_file():
        raise ErreurUtilisateur(
            f"L'atlas de {dossier} est incomplet : la version « {nom} » n'a pas de fichier atlas.sqlite.",
            conseil=CONSEIL_CONSTRUIRE,
        )
    # A published version never changes: `immutable` spares locks and leaves no file beside it.
    adresse = f"file:{quote(str(fichier.resolve()))}?mode=ro&immutable=1"
    try:
        base = sqlite3.connect(adresse, uri=True, check_same_thread=False)
        tables = {nom for (nom,) in base.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
    except sqlite3.Error as erreur:
        raise ErreurUtilisateur(
            f"L'atlas {fichier} ne se lit pas ({erreur}).", conseil=CONSEIL_CONSTRUIRE
        ) from erreur
    if manquantes := sorted(TABLES - tables):
        base.close()
        raise ErreurUtilisateur(
            f"L'atlas {fichier} n'a pas la forme attendue : il y manque {', '.join(manquantes)}.",
            conseil=CONSEIL_CONSTRUIRE,
        )
    base.execute("PRAGMA mmap_size = 536870912")
    fiche = fichier.stat()
    empreinte = (str(fichier.resolve()), fiche.st_ino, fiche.st_mtime_ns, fiche.st_size)
    return VersionOuverte(nom=nom, empreinte=empreinte, base=base)


def version_actuelle(dossier: Path) -> str:
    """Name of the current version; empty when there is no atlas."""
    try:
        return (dossier / "actuel").read_text(encoding="utf-8").strip()
    except OSError:
        return ""
