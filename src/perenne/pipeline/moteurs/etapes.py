"""The finished stages of a build, on disk: each stands beside a record of all that it was made from.

A stage is written under another name, then renamed; its record is written last, once the disk holds the rows:
whatever the moment at which the process dies, a half-written stage has no record and is done again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from perenne.pipeline.moteurs.empreintes import empreinte_des_donnees

FICHE = ".json"
PARTIEL = ".partiel"
PARQUET = ".parquet"


@dataclass(frozen=True, kw_only=True)
class Fiche:
    """The record of a finished stage.

    Attributes:
        empreinte: digest of what it was made from.
        fichier: name of the file or of the folder that holds it.
        octets, sha256: size and digest of what was written, to notice what was damaged since.
        note: what else was learnt while making it.
    """

    empreinte: str
    fichier: str
    octets: int
    sha256: str
    note: Mapping[str, Any] = field(default_factory=dict)


class Etapes:
    """The stages of one build.

    Args:
        dossier: where they are kept; what is there of a previous build is used again if nothing changed.
        socle: what every stage depends on: the version of the code, the engine.
        avant: told the name of each stage that has to be made, before it is.
    """

    def __init__(self, dossier: Path, socle: str, *, avant: Callable[[str], None] = lambda _: None) -> None:
        self.dossier = dossier
        self.faites: list[str] = []
        self.reprises: list[str] = []
        self.abimees: list[str] = []
        self._socle = socle
        self._avant = avant
        self._empreintes: dict[str, str] = {}
        self._fiches: dict[str, Fiche] = {}
        self._scellement = ThreadPoolExecutor(1, thread_name_prefix="etapes")
        self._attente: list[Future[None]] = []
        dossier.mkdir(parents=True, exist_ok=True)

    def noter(self, nom: str, empreinte: str) -> None:
        """Remember what stands under a name.

        Raises:
            ValueError: the name is taken; two meanings of one name cannot be told apart when resuming.
        """
        if nom in self._empreintes:
            raise ValueError(f"nom déjà pris : {nom}")
        self._empreintes[nom] = empreinte

    def connue(self, nom: str) -> bool:
        """Whether something stands under that name."""
        return nom in self._empreintes

    def empreinte(self, *quoi: Any, tables: Iterable[str] = ()) -> str:
        """Digest of something computed from tables already noted.

        Raises:
            KeyError: one of the tables was not noted: its content would be ignored.
        """
        return empreinte_des_donnees(self._socle, *quoi, [self._empreintes[t] for t in tables])

    def faire(
        self,
        nom: str,
        empreinte: str,
        ecrire: Callable[[Path], None],
        note: Callable[[], Mapping[str, Any]] = dict,
        suffixe: str = PARQUET,
    ) -> Mapping[str, Any]:
        """Take up a stage that a previous build finished from the same data; make it otherwise.

        Args:
            ecrire: writes it where it is told.
            note: what else is to be remembered, in plain data, asked for once it is written.
            suffixe: of its file.

        Returns:
            The note, as it was recorded.
        """
        lue = self.reprendre(nom, empreinte)
        if lue is not None:
            return lue
        ecrire(self.entreprendre(nom))
        return self.conclure(nom, empreinte, note(), suffixe)

    def reprendre(self, nom: str, empreinte: str) -> Mapping[str, Any] | None:
        """Note the name, and give the note of a stage already finished; None if it is to be done."""
        self.noter(nom, empreinte)
        fiche = lire_fiche(self._chemin_fiche(nom))
        if fiche is None or fiche.empreinte != empreinte:
            return None
        if _mesurer(self.dossier / fiche.fichier) != (fiche.octets, fiche.sha256):
            self.abimees.append(nom)
            return None
        self._fiches[nom] = fiche
        self.reprises.append(nom)
        return fiche.note

    def entreprendre(self, nom: str) -> Path:
        """Where to write a stage; what was there of another build is removed.

        Raises:
            OSError: an earlier stage could not be kept, the disk being full most of the time.
        """
        self._avant(nom)
        for futur in [f for f in self._attente if f.done()]:
            self._attente.remove(futur)
            futur.result()
        ancienne = lire_fiche(self._chemin_fiche(nom))
        self._chemin_fiche(nom).unlink(missing_ok=True)
        if ancienne is not None:
            retirer(self.dossier / ancienne.fichier)
        retirer(partiel := self.dossier / f"{nom}{PARTIEL}")
        return partiel

    def conclure(
        self, nom: str, empreinte: str, note: Mapping[str, Any], suffixe: str = PARQUET
    ) -> Mapping[str, Any]:
        """Give its name to a stage that is written; it is recorded while the build goes on."""
        chemin = self.chemin(nom, suffixe)
        retirer(chemin)
        (self.dossier / f"{nom}{PARTIEL}").rename(chemin)
        relue: Mapping[str, Any] = json.loads(json.dumps(note, ensure_ascii=False))
        self._attente.append(self._scellement.submit(self._sceller, nom, empreinte, relue, chemin))
        self.faites.append(nom)
        return relue

    def chemin(self, nom: str, suffixe: str = PARQUET) -> Path:
        """The rows of a stage: a Parquet file, or a folder of them."""
        return self.dossier / f"{nom}{suffixe}"

    def fiche(self, nom: str) -> Fiche:
        """The record of a stage done or taken up, once everything is recorded."""
        self.attendre()
        return self._fiches[nom]

    def attendre(self) -> None:
        """Until every finished stage is recorded, on a disk that would survive a power cut.

        Raises:
            OSError: one of them could not be.
        """
        while self._attente:
            self._attente.pop(0).result()

    def fermer(self) -> None:
        """Record what can still be; what cannot will be done again."""
        self._scellement.shutdown(wait=True)

    def _chemin_fiche(self, nom: str) -> Path:
        return self.dossier / f"{nom}{FICHE}"

    def _sceller(self, nom: str, empreinte: str, note: Mapping[str, Any], chemin: Path) -> None:
        for fichier in _fichiers(chemin):
            _pousser(fichier)
        octets, sha256 = _mesurer(chemin)
        fiche = Fiche(empreinte=empreinte, fichier=chemin.name, octets=octets, sha256=sha256, note=note)
        ecrire_surement(self._chemin_fiche(nom), json.dumps(asdict(fiche), ensure_ascii=False))
        self._fiches[nom] = fiche


def lire_fiche(chemin: Path) -> Fiche | None:
    """A record; None when it is missing or damaged."""
    try:
        fiche = Fiche(**json.loads(chemin.read_text(encoding="utf-8")))
    except (OSError, ValueError, TypeError):
        return None
    return fiche if Path(fiche.fichier).name == fiche.fichier and isinstance(fiche.note, dict) else None


def ecrire_surement(chemin: Path, texte: str) -> None:
    """Replace a small file: there is the old one or the new one, even after a power cut."""
    neuf = chemin.with_name(f".{chemin.name}.neuf")
    neuf.write_text(texte, encoding="utf-8")
    _pousser(neuf)
    neuf.replace(chemin)
    _pousser(chemin.parent)


def retirer(chemin: Path) -> None:
    """Remove a file or a folder, if it is there."""
    if chemin.is_dir() and not chemin.is_symlink():
        shutil.rmtree(chemin)
    else:
        chemin.unlink(missing_ok=True)


def _fichiers(chemin: Path) -> list[Path]:
    """A file; or those of a folder, marks of the engine aside."""
    return sorted(chemin.glob(f"*{PARQUET}")) if chemin.is_dir() else [chemin]


def _mesurer(chemin: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file; of a folder, those of its files together. (-1, "") when unreadable."""
    octets, sommes = 0, []
    try:
        for fichier in _fichiers(chemin):
            with fichier.open("rb") as flux:
                sommes.append(hashlib.file_digest(flux, "sha256").hexdigest())
                octets += flux.tell()
    except OSError:
        return -1, ""
    return octets, sommes[0] if len(sommes) == 1 else hashlib.sha256("".join(sommes).encode()).hexdigest()


def _pousser(chemin: Path) -> None:
    """Have the disk really hold a file or the names of a folder."""
    descripteur = os.open(chemin, os.O_RDONLY)
    try:
        os.fsync(descripteur)
    finally:
        os.close(descripteur)
