"""Digests that tell whether what a stage was made from is still the same."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping
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
    """A digest of the rows of a table, in their order, and of their types.

    As Parquet, which holds nothing of what memory happens to contain under an empty cell.
    """
    calcul = hashlib.sha256(str(table.schema.remove_metadata()).encode())
    with pq.ParquetWriter(pa.PythonFile(_Calcul(calcul), mode="w"), table.schema, compression="none") as flux:
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
