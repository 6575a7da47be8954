"""The finished stages of a build, on disk: each stands beside a digest of all that it was made from.

A stage is written under another name, then renamed, then recorded: whatever the moment at which the process
dies, a half-written stage has no record and is done again.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
import shutil
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq


def empreinte_des_donnees(*donnees: Any) -> str:
    """A digest of plain data: texts, numbers, bytes, dates, arrays, and collections or records of them."""
    calcul = hashlib.sha256()
    for donnee in donnees:
        calcul.update(json.dumps(_canonique(donnee), ensure_ascii=False).encode())
        calcul.update(b"\0")
    return calcul.hexdigest()


def _canonique(donnee: Any) -> Any:
    """The same JSON for the same data, whatever the order of sets and dictionaries."""
    lu: Any
    match donnee:
        case None | bool() | int() | float() | str():
            lu = donnee
        case dt.date():
            lu = donnee.isoformat()
        case bytes() | bytearray() | memoryview():
            lu = hashlib.sha256(donnee).hexdigest()
        case np.ndarray():
            lu = [str(donnee.dtype), list(donnee.shape), hashlib.sha256(donnee.tobytes()).hexdigest()]
        case Mapping():
            paires = [[_canonique(c), _canonique(v)] for c, v in donnee.items()]
            lu = {"table": sorted(paires, key=lambda p: json.dumps(p[0]))}
        case set() | frozenset():
            lu = {"ensemble": sorted((_canonique(d) for d in donnee), key=json.dumps)}
        case list() | tuple():
            lu = [_canonique(d) for d in donnee]
        case _ if dataclasses.is_dataclass(donnee):
            champs = {c.name: getattr(donnee, c.name) for c in dataclasses.fields(donnee)}
            lu = [type(donnee).__name__, _canonique(champs)]
        case _:
            raise TypeError(f"donnée sans empreinte : {type(donnee).__name__}")
    return lu


def empreinte_de_table(table: pa.Table) -> str:
    """A digest of the rows of a table, in their order, and of their types."""
    calcul = hashlib.sha256()
    with pa.ipc.new_stream(pa.PythonFile(_Calcul(calcul), mode="w"), table.schema) as flux:
        flux.write_table(table.combine_chunks())
    return calcul.hexdigest()


class _Calcul:
    """A file that only digests what is written to it."""

    closed = False

    def __init__(self, calcul: Any) -> None:
        self._calcul = calcul

    def write(self, octets: Any) -> int:
        self._calcul.update(octets)
        return len(octets)

    def flush(self) -> None:
        """Nothing is held back."""

    def close(self) -> None:
        """Nothing is open."""


def empreinte_de_fichier(chemin: Path) -> str:
    """What tells one version of a file from another without reading it: place, size, moment of writing."""
    etat = chemin.stat()
    return empreinte_des_donnees(str(chemin.resolve()), etat.st_size, etat.st_mtime_ns)


class Etapes:
    """The stages of one build.

    Args:
        dossier: where they are kept; what is there of a previous build is used again if nothing changed.
        socle: what every stage depends on: the version of the code, the engine.
    """

    def __init__(self, dossier: Path, socle: str) -> None:
        self.dossier = dossier
        self.faites: list[str] = []
        self.reprises: list[str] = []
        self._socle = socle
        self._empreintes: dict[str, str] = {}
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

    def reprendre(self, nom: str, empreinte: str) -> Mapping[str, Any] | None:
        """The note of a stage finished by a previous build from the same data; None if it is to be done."""
        try:
            fiche = json.loads(self._fiche(nom).read_text(encoding="utf-8"))
            if fiche["empreinte"] != empreinte or not _lisible_en_entier(self.chemin(nom)):
                return None
            note: Mapping[str, Any] = fiche["note"]
        except (OSError, ValueError, KeyError, TypeError):
            return None
        self.reprises.append(nom)
        return note

    def entreprendre(self, nom: str) -> Path:
        """Where to write a stage; what was there of another build is removed."""
        self._fiche(nom).unlink(missing_ok=True)
        for reste in (self.chemin(nom), partiel := self.dossier / f"{nom}.partiel"):
            _retirer(reste)
        return partiel

    def conclure(self, nom: str, empreinte: str, note: Mapping[str, Any]) -> None:
        """Record a stage as finished."""
        (self.dossier / f"{nom}.partiel").rename(self.chemin(nom))
        neuve = self.dossier / f"{nom}.json.neuf"
        fiche = {"empreinte": empreinte, "note": dict(note)}
        neuve.write_text(json.dumps(fiche, ensure_ascii=False), encoding="utf-8")
        neuve.replace(self._fiche(nom))
        self.faites.append(nom)

    def chemin(self, nom: str) -> Path:
        """The rows of a stage: a Parquet file, or a folder of them."""
        return self.dossier / f"{nom}.parquet"

    def _fiche(self, nom: str) -> Path:
        return self.dossier / f"{nom}.json"


def _lisible_en_entier(chemin: Path) -> bool:
    """Whether the Parquet is whole: its end is where its description stands."""
    fichiers = sorted(chemin.glob("*.parquet")) if chemin.is_dir() else [chemin]
    try:
        for fichier in fichiers:
            pq.read_metadata(fichier)
    except (OSError, pa.ArrowException):
        return False
    return bool(fichiers)


def _retirer(chemin: Path) -> None:
    if chemin.is_dir():
        shutil.rmtree(chemin)
    else:
        chemin.unlink(missing_ok=True)
