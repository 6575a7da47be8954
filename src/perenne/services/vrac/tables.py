"""Which tables can be downloaded, with their columns, and where each file is."""

from __future__ import annotations

import fcntl
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from perenne import __version__
from perenne.atlas.ouverture import version_actuelle
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.schema import TABLES
from perenne.pipeline.table import Table
from perenne.reports.typographie import composer
from perenne.services.atlas_ouvert import obtenir_atlas
from perenne.services.consulter.elements import Introuvable
from perenne.services.reglages import lire_reglages
from perenne.services.vrac.ecriture import CONTOURS, ecrire_csv, ecrire_geojson

Format = Literal["parquet", "csv", "geojson"]
FORMATS: tuple[Format, ...] = get_args(Format)
DOSSIER = ".vrac"
"""Below the folder of downloads: the files made from the current atlas."""


@dataclass(frozen=True, kw_only=True)
class Colonne:
    """A column: its name, its type (TEXT, INTEGER, REAL, BLOB) and what it holds."""

    nom: str
    type: str
    contenu: str


@dataclass(frozen=True, kw_only=True)
class TableEnVrac:
    """A table, how many rows it has, the formats it comes in."""

    nom: str
    libelle: str
    lignes: int
    colonnes: tuple[Colonne, ...]
    formats: tuple[Format, ...]


@dataclass(frozen=True, kw_only=True)
class Vrac:
    """The tables of an atlas."""

    version: str
    tables: tuple[TableEnVrac, ...]


@dataclass(frozen=True, kw_only=True)
class Fichier:
    """A file ready to be sent; `empreinte` changes with its content."""

    chemin: Path
    nom: str
    empreinte: str


def lister_tables() -> Vrac:
    """The tables that the current atlas holds.

    Raises:
        AtlasIndisponible: no atlas.
    """
    version = obtenir_atlas().version
    dossier = lire_reglages().atlas / version
    lignes = _compter(dossier)
    return Vrac(
        version=version,
        tables=tuple(
            TableEnVrac(
                nom=t.nom,
                libelle=composer(t.libelle),
                lignes=lignes.get(t.nom, 0),
                colonnes=tuple(
                    Colonne(nom=c.nom, type=c.type, contenu=composer(c.libelle)) for c in t.champs
                ),
                formats=_formats(t),
            )
            for t in TABLES
            if (dossier / f"{t.nom}.parquet").is_file()
        ),
    )


def _compter(dossier: Path) -> dict[str, int]:
    try:
        manifeste = json.loads((dossier / "manifest.json").read_text(encoding="utf-8"))
        return {str(t): int(n) for t, n in manifeste["tables"].items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return {}


def _formats(table: Table) -> tuple[Format, ...]:
    noms = {c.nom for c in table.champs}
    situee = {"lon", "lat"} <= noms or table.nom in CONTOURS
    binaire = any(c.type == "BLOB" for c in table.champs)
    return tuple(f for f in FORMATS if (f != "geojson" or situee) and (f != "csv" or not binaire))


def obtenir_fichier(nom: str, format_: Format) -> Fichier:
    """A table as a file, made once from each atlas and then kept.

    Raises:
        AtlasIndisponible: no atlas.
        Introuvable: there is no such table, or it does not come in that format.
    """
    obtenir_atlas()
    reglages = lire_reglages()
    version = version_actuelle(reglages.atlas)
    table = next((t for t in TABLES if t.nom == nom), None)
    publie = reglages.atlas / version / f"{nom}.parquet"
    if table is None or format_ not in _formats(table) or not publie.is_file():
        raise Introuvable(
            f"La table « {nom} » n’existe pas en {format_}.", conseil="Voyez la liste des tables : /donnees/."
        )
    fichier = publie
    if format_ != "parquet":
        fichier = reglages.cache / DOSSIER / f"{version}-{__version__}" / f"{nom}.{format_}"
        if not fichier.is_file():
            _preparer(fichier, lambda cible: _ecrire(table, format_, publie, cible))
    return Fichier(
        chemin=fichier,
        nom=f"perenne-{version}-{nom}.{format_}",
        empreinte=f"{version}-{__version__}-{nom}-{format_}",
    )


def _ecrire(table: Table, format_: Format, publie: Path, cible: Path) -> None:
    if format_ == "csv":
        ecrire_csv(publie, cible)
    else:
        ecrire_geojson(table.nom, publie, cible)


def _preparer(fichier: Path, ecrire: Callable[[Path], None]) -> None:
    """Make a file beside its place, then put it there; those who ask meanwhile wait, older versions go."""
    try:
        fichier.parent.mkdir(parents=True, exist_ok=True)
        with _verrou(fichier):
            if fichier.is_file():
                return
            with tempfile.TemporaryDirectory(dir=fichier.parent, prefix=".chantier-") as chantier:
                neuf = Path(chantier) / fichier.name
                ecrire(neuf)
                neuf.replace(fichier)
            for ancien in fichier.parent.parent.iterdir():
                if ancien.is_dir() and ancien != fichier.parent:
                    shutil.rmtree(ancien, ignore_errors=True)
    except OSError as erreur:
        raise ErreurUtilisateur(
            "Ce fichier ne peut pas être préparé sur ce serveur.", conseil="Prenez-le en Parquet."
        ) from erreur


@contextmanager
def _verrou(fichier: Path) -> Iterator[None]:
    with fichier.with_suffix(f"{fichier.suffix}.verrou").open("a") as verrou:
        fcntl.flock(verrou, fcntl.LOCK_EX)
        yield
