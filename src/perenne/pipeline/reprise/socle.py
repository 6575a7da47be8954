"""What every stage of a build depends on: the code that makes it, its libraries and its engine."""

from __future__ import annotations

import hashlib
import sys
from importlib import metadata
from pathlib import Path

import perenne
from perenne.pipeline.moteurs.empreintes import empreinte_des_donnees

PARTIES = ("domain", "pipeline", "sources")
"""Parts of the code that write the rows; what is read of the knowledge base counts stage by stage."""

BIBLIOTHEQUES = (
    "duckdb", "ibis-framework", "pyarrow", "pyspark", "numpy", "shapely", "pyproj", "google-re2", "rapidfuzz",
    "snowballstemmer", "openpyxl",
)  # fmt: skip


def empreinte_du_code(racine: Path) -> str:
    """Digest of the files of `PARTIES` under a folder, with their places."""
    calcul = hashlib.sha256()
    for partie in PARTIES:
        for fichier in sorted((racine / partie).rglob("*")):
            if fichier.is_file() and "__pycache__" not in fichier.parts:
                calcul.update(f"{fichier.relative_to(racine).as_posix()}\0".encode())
                calcul.update(hashlib.sha256(fichier.read_bytes()).digest())
    return calcul.hexdigest()


def calculer_socle(moteur: str) -> str:
    """Digest of what all the stages depend on."""
    return empreinte_des_donnees(
        perenne.__version__,
        empreinte_du_code(Path(perenne.__file__).parent),
        {nom: _version(nom) for nom in BIBLIOTHEQUES},
        list(sys.version_info[:2]),
        moteur,
    )


def _version(bibliotheque: str) -> str:
    try:
        return metadata.version(bibliotheque)
    except metadata.PackageNotFoundError:  # an extra
        return ""
