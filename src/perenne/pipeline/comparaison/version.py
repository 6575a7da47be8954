"""A published version, opened to be compared: its manifest and the columns of its tables."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pyarrow.parquet as pq

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.publication import MANIFESTE, version_courante
from perenne.pipeline.schema import VERSION

_REBATIR = "Reconstruisez l'atlas avec « perenne atlas construire », ou comparez une autre version."


@dataclass(frozen=True, kw_only=True)
class Version:
    """One side of a comparison.

    Attributes:
        schema: number of the schema it was written with.
        colonnes: Arrow type of each column, by table.
    """

    dossier: Path
    nom: str
    construite_le: str
    schema: int
    colonnes: dict[str, dict[str, str]]

    def fichier(self, table: str) -> Path:
        """The Parquet file of a table."""
        return self.dossier / f"{table}.parquet"


def trouver(designation: str, atlas: Path) -> Path:
    """Folder of the version a user means.

    Args:
        designation: folder of a version, folder of an atlas (its current version), or name of a version.
        atlas: folder of the atlas whose versions may be named.

    Raises:
        ErreurUtilisateur: nothing there; the known versions are told.
    """
    for dossier in (Path(designation), atlas / designation):
        if (dossier / MANIFESTE).is_file():
            return dossier
    courante = version_courante(Path(designation))
    if courante is None and designation == "actuel":
        courante = version_courante(atlas)
    if courante is not None:
        return courante
    connues = sorted(p.parent.name for p in atlas.glob(f"*/{MANIFESTE}")) if atlas.is_dir() else []
    raise ErreurUtilisateur(
        f"« {designation} » n'est ni le dossier d'un atlas publié, ni le nom d'une version de « {atlas} ».",
        conseil=f"Versions connues : {', '.join(connues)}." if connues else "Cet atlas n'a aucune version.",
    )


def ouvrir_version(dossier: Path) -> Version:
    """Read the manifest of a version and check that its tables are those it announces.

    Raises:
        ErreurUtilisateur: unreadable, incomplete, or written by a later version of the software.
    """
    try:
        manifeste = json.loads((dossier / MANIFESTE).read_text(encoding="utf-8"))
        nom, schema = str(manifeste["version"]), int(manifeste["schema"])
        tables = {str(t): int(n) for t, n in manifeste["tables"].items()}
        construite_le = str(manifeste["construit_le"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as erreur:
        raise ErreurUtilisateur(
            f"Le manifeste de l'atlas « {dossier} » est illisible ou incomplet.", conseil=_REBATIR
        ) from erreur
    if schema > VERSION:
        raise ErreurUtilisateur(
            f"L'atlas « {nom} » est écrit au schéma {schema} ; ce Pérenne lit jusqu'au schéma {VERSION}.",
            conseil="Mettez Pérenne à jour, puis relancez la comparaison.",
        )
    colonnes: dict[str, dict[str, str]] = {}
    fautes = []
    for table, attendues in tables.items():
        fichier = dossier / f"{table}.parquet"
        try:
            lu = pq.read_metadata(fichier)
            arrow = lu.schema.to_arrow_schema()
        except (OSError, ValueError) as erreur:
            raison = "absent" if isinstance(erreur, FileNotFoundError) else "illisible"
            fautes.append(Anomalie(ou=fichier.name, message=f"fichier {raison}."))
            continue
        if lu.num_rows != attendues:
            fautes.append(
                Anomalie(
                    ou=fichier.name, message=f"{lu.num_rows} lignes ; le manifeste en annonce {attendues}."
                )
            )
        colonnes[table] = {champ.name: str(champ.type) for champ in arrow}
    if fautes:
        raise ErreurUtilisateur(
            f"L'atlas « {dossier} » ne correspond pas à son manifeste.", anomalies=fautes, conseil=_REBATIR
        )
    return Version(dossier=dossier, nom=nom, construite_le=construite_le, schema=schema, colonnes=colonnes)
