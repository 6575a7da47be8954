"""Keeps the checked knowledge base between two commands: reading it again costs more than a whole note.

The copy is used only while neither a file of `knowledge/` nor the code that reads it has changed (size and
time of every one), and only if it belongs to the user who runs the command. Deleting it costs nothing.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Iterable
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

import perenne
from perenne.domain.savoir.base import BaseSavoir
from perenne.services.reglages import Reglages

DOSSIER = ".savoir"
"""Below the folder of downloads; hidden, so that no official file is looked for in it."""

_CODE = ("domain/savoir", "domain/regles", "kb")


def charger_avec_cache(dossier: Path, cache: Path, charger: Callable[[Path], BaseSavoir]) -> BaseSavoir:
    """The knowledge base, from its copy when nothing has changed, else read, checked and copied.

    Args:
        dossier: the folder `knowledge/`.
        cache: folder of the copies; one that cannot be written is done without.
        charger: reads and checks; what it raises is raised.
    """
    racine = dossier.resolve()
    fichier = cache / f"savoir-{hashlib.sha256(str(racine).encode()).hexdigest()[:16]}.pickle"
    empreinte = _empreinte(racine)
    if (connue := _lire(fichier, empreinte)) is not None:
        return connue
    base = charger(dossier)
    with suppress(OSError):
        _ecrire(fichier, empreinte, base)
    return base


def obtenir_base_en_cache(reglages: Reglages) -> BaseSavoir:
    """The knowledge base of the settings, from its copy when nothing has changed.

    Raises:
        ErreurUtilisateur: the folder is missing or some files are wrong.
    """

    def charger(dossier: Path) -> BaseSavoir:
        from perenne.kb.chargement import charger_base  # noqa: PLC0415 (the copy spares this import)

        return charger_base(dossier)

    return charger_avec_cache(reglages.savoir, reglages.cache / DOSSIER, charger)


def _empreinte(dossier: Path) -> str:
    code = Path(perenne.__file__).parent
    somme = hashlib.sha256(perenne.__version__.encode())
    for racine, suffixe in ((dossier, ".yaml"), *((code / c, ".py") for c in _CODE)):
        for nom, taille, date in sorted(_fichiers(str(racine), suffixe)):
            somme.update(f"{nom}\0{taille}\0{date}\n".encode())
    return somme.hexdigest()


def _fichiers(dossier: str, suffixe: str) -> Iterable[tuple[str, int, int]]:
    with suppress(FileNotFoundError), os.scandir(dossier) as entrees:
        for e in entrees:
            if e.is_dir():
                yield from _fichiers(e.path, suffixe)
            elif e.name.endswith(suffixe):
                etat = e.stat()
                yield e.path, etat.st_size, etat.st_mtime_ns


def _lire(fichier: Path, empreinte: str) -> BaseSavoir | None:
    # A pickle runs code when it is read: only a copy of our own is.
    try:
        if fichier.stat().st_uid != os.getuid():
            return None
        connue, fiches, classes, chemins = pickle.loads(fichier.read_bytes())
    except (OSError, pickle.UnpicklingError, EOFError, AttributeError, ImportError, ValueError, TypeError):
        return None
    if connue != empreinte:
        return None
    return BaseSavoir(
        fiches=MappingProxyType({g: MappingProxyType(f) for g, f in fiches.items()}),
        classes=MappingProxyType(classes),
        chemins=MappingProxyType(chemins),
    )


def _ecrire(fichier: Path, empreinte: str, base: BaseSavoir) -> None:
    contenu: tuple[Any, ...] = (
        empreinte,
        {g: dict(f) for g, f in base.fiches.items()},
        dict(base.classes),
        dict(base.chemins),
    )
    fichier.parent.mkdir(parents=True, exist_ok=True)
    descripteur, provisoire = tempfile.mkstemp(dir=fichier.parent, prefix=".savoir.")
    try:
        with os.fdopen(descripteur, "wb") as flux:
            pickle.dump(contenu, flux, protocol=pickle.HIGHEST_PROTOCOL)
        Path(provisoire).replace(fichier)
    except BaseException:
        Path(provisoire).unlink(missing_ok=True)
        raise
