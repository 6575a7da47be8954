"""Publishes an atlas: built beside the current one, then named by `actuel` in one atomic step."""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import json
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.moteurs.etapes import ecrire_surement

POINTEUR = "actuel"
MANIFESTE = "manifest.json"
BASE = "atlas.sqlite"
_VERROU = ".verrou"
_CHANTIER = ".chantier-"
VERSIONS_GARDEES = 2


@contextlib.contextmanager
def verrou(dossier: Path) -> Iterator[None]:
    """Hold the only build of that folder; freed by the system even if the process is killed.

    Raises:
        ErreurUtilisateur: another build is running, or the folder cannot be written.
    """
    try:
        dossier.mkdir(parents=True, exist_ok=True)
        flux = (dossier / _VERROU).open("a")
    except OSError as erreur:
        raise ErreurUtilisateur(
            f"Le dossier de l'atlas « {dossier} » ne peut pas être écrit ({erreur.strerror}).",
            conseil="Choisissez-en un autre avec --vers ou la variable PERENNE_ATLAS.",
        ) from erreur
    with flux:
        try:
            fcntl.flock(flux, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as erreur:
            raise ErreurUtilisateur(
                f"Une construction de l'atlas est déjà en cours dans « {dossier} ».",
                conseil="Attendez qu'elle finisse, puis relancez la commande si besoin.",
            ) from erreur
        yield


@contextlib.contextmanager
def chantier(dossier: Path, version: str) -> Iterator[Path]:
    """A new folder for `version`, published if the block ends well, removed otherwise (Ctrl-C included)."""
    for reste in dossier.glob(f"{_CHANTIER}*"):
        shutil.rmtree(reste, ignore_errors=True)
    travail = dossier / f"{_CHANTIER}{version}"
    travail.mkdir(parents=True)
    try:
        yield travail
        cible = dossier / version
        if cible.exists():
            shutil.rmtree(cible)
        travail.rename(cible)
        _pointer(dossier, version)
    except BaseException:
        shutil.rmtree(travail, ignore_errors=True)
        raise
    _menage(dossier, version)


def _pointer(dossier: Path, version: str) -> None:
    ecrire_surement(dossier / POINTEUR, version + "\n")


def _menage(dossier: Path, version: str) -> None:
    """Keep the last good versions, so that a reader of the previous one is not disturbed."""
    versions = sorted(p for p in dossier.iterdir() if p.is_dir() and (p / MANIFESTE).is_file())
    for ancienne in [p for p in versions if p.name != version][: -(VERSIONS_GARDEES - 1)]:
        shutil.rmtree(ancienne, ignore_errors=True)


def nom_de_version(maintenant: dt.datetime, dossier: Path) -> str:
    """Name of a new version: the moment of the build, made unique."""
    base = maintenant.strftime("%Y-%m-%dT%H%M%S")
    rang = 1
    nom = base
    while (dossier / nom).exists():
        rang += 1
        nom = f"{base}-{rang}"
    return nom


def ecrire_manifeste(dossier: Path, manifeste: Mapping[str, Any]) -> None:
    """Write `manifest.json`."""
    texte = json.dumps(manifeste, ensure_ascii=False, indent=2, default=str)
    ecrire_surement(dossier / MANIFESTE, texte + "\n")


def version_courante(dossier: Path) -> Path | None:
    """Folder of the published atlas; None when there is none."""
    pointeur = dossier / POINTEUR
    if not pointeur.is_file():
        return None
    version = dossier / pointeur.read_text(encoding="utf-8").strip()
    return version if (version / MANIFESTE).is_file() else None
