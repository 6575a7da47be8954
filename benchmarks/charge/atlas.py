"""The atlas that is served: built once on a part of the country, and kept."""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable
from pathlib import Path

from benchmarks.national.fichiers import RACINE, preparer
from benchmarks.national.processus import lancer

DOSSIER = "atlas-charge"
EMPREINTE = "empreinte"


def obtenir_atlas(fraction: float, dire: Callable[[str], None]) -> Path:
    """The folder of the atlas on that part of the country; built when the code that builds it has changed."""
    sources = preparer(fraction, dire=dire)
    dossier = sources.parent / DOSSIER
    marque, voulue = dossier / EMPREINTE, _empreinte()
    if (dossier / "actuel").is_file() and marque.is_file() and marque.read_text("ascii") == voulue:
        return dossier
    dire(f"Construction de l’atlas ({fraction:g} du pays), une fois pour toutes…")
    shutil.rmtree(dossier, ignore_errors=True)
    dossier.mkdir(parents=True)
    lancer("construction", str(sources), str(dossier))
    marque.write_text(voulue, "ascii")
    return dossier


def lire_base(dossier: Path) -> Path:
    """The SQLite file of the current atlas."""
    return dossier / (dossier / "actuel").read_text("utf-8").strip() / "atlas.sqlite"


def _empreinte() -> str:
    """Digest of the code and of the knowledge that make an atlas."""
    calcul = hashlib.sha256()
    dossiers = ("src/perenne/pipeline", "src/perenne/sources", "knowledge/activites")
    for fichier in sorted(
        f for d in dossiers for f in (RACINE / d).rglob("*.*") if "__pycache__" not in f.parts
    ):
        calcul.update(fichier.read_bytes())
    return calcul.hexdigest()
