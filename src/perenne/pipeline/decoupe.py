"""Cuts the well-formed records of a block of CSV at once, and leaves the other lines to a patient reader.

A record is well formed when it stands on one line, with every cell in quotes and no quote inside a cell:
all but a few in a hundred of the register of associations. Their quotes are found in one pass, and the cells
become an Arrow column without being copied one by one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

_GUILLEMET, _POINT_VIRGULE, _FIN = b'";\n'

Places = npt.NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Bloc:
    """Whole lines of a file, in UTF-8.

    Attributes:
        octets: the text; its last character ends a line.
        debuts, fins: where each line begins, and where the character that ends it is.
        reparees: lines that were not in the encoding of the file.
    """

    octets: npt.NDArray[np.uint8]
    debuts: Places
    fins: Places
    reparees: int

    def ligne(self, rang: int) -> str:
        """The text of one line."""
        return self.octets[self.debuts[rang] : self.fins[rang]].tobytes().decode()


def lire_bloc(brut: bytes) -> Bloc:
    """The lines of `brut`: in the Windows form of ISO-8859-1, or in UTF-8 those that can only be that."""
    texte, reparees = _en_utf8(brut)
    octets = np.frombuffer(texte, np.uint8)
    fins = np.flatnonzero(octets == _FIN)
    debuts = np.concatenate([[0], fins[:-1] + 1])
    return Bloc(octets=octets, debuts=debuts, fins=fins, reparees=reparees)


def _en_utf8(brut: bytes) -> tuple[bytes, int]:
    if (
        b"\r" in brut
    ):  # alone, a carriage return ends no line: it is a space, like a line feed inside a record
        brut = brut.replace(b"\r\n", b"\n").replace(b"\r", b" ")
    if brut.isascii():
        return brut, 0
    octets = np.frombuffer(brut, np.uint8)
    fins = np.flatnonzero(octets == _FIN)
    hauts = np.flatnonzero(octets > 0x7F)
    suite = octets[np.minimum(hauts + 1, len(octets) - 1)]
    suspects = hauts[(octets[hauts] >= 0xC2) & (octets[hauts] <= 0xF4) & (suite >= 0x80) & (suite <= 0xBF)]
    morceaux: list[bytes] = []
    reparees, faits = 0, 0
    for rang in np.unique(np.searchsorted(fins, suspects)).tolist():
        debut, fin = (int(fins[rang - 1]) + 1 if rang else 0), int(fins[rang]) + 1
        try:
            brut[debut:fin].decode("utf-8")
        except UnicodeDecodeError:
            continue
        morceaux += [_de_windows(brut[faits:debut]), brut[debut:fin]]
        reparees, faits = reparees + 1, fin
    return b"".join([*morceaux, _de_windows(brut[faits:])]), reparees


def _de_windows(brut: bytes) -> bytes:
    return brut if brut.isascii() else brut.decode("cp1252", errors="replace").encode("utf-8")


@dataclass(frozen=True, kw_only=True)
class Coupe:
    """The well-formed records of a block.

    Attributes:
        rangs: their lines.
        bornes: first character of each cell, and the quote that closes it, one after another.
        cellules: every cell, with the separators between them.
    """

    rangs: Places
    bornes: Places
    cellules: pa.Array

    def colonne(self, rang: int) -> pa.Array:
        """One column as texts; an empty cell is null."""
        largeur = self.bornes.shape[1]
        indices = np.arange(len(self.rangs)) * largeur + 2 * rang
        vides = self.bornes[:, 2 * rang] == self.bornes[:, 2 * rang + 1]
        return pc.take(self.cellules, pa.array(indices, mask=vides))

    def parmi(self, garder: npt.NDArray[np.bool_]) -> Coupe:
        """Some of them."""
        return _coupe(self.cellules.buffers()[2], self.rangs[garder], self.bornes[garder])


def couper(bloc: Bloc, largeur: int, debut: re.Pattern[str]) -> Coupe:
    """The records of `largeur` cells that stand whole on a line which begins as `debut` says."""
    octets = bloc.octets
    guillemets = np.flatnonzero(octets == _GUILLEMET)
    premiers = np.searchsorted(guillemets, bloc.debuts)
    nombres = np.diff(np.append(premiers, len(guillemets)))
    rangs = np.flatnonzero(nombres == 2 * largeur)
    places = guillemets[premiers[rangs][:, None] + np.arange(2 * largeur)]
    debuts, fins = bloc.debuts[rangs], bloc.fins[rangs]
    bons = (places[:, 0] == debuts) & (places[:, -1] == fins - 1)
    fermants, ouvrants = places[:, 1:-1:2], places[:, 2::2]
    bons &= (ouvrants - fermants == 2).all(axis=1)
    bons[bons] &= (octets[fermants[bons] + 1] == _POINT_VIRGULE).all(axis=1)
    bornes = places[bons]
    bornes[:, 0::2] += 1
    coupe = _coupe(pa.py_buffer(octets), rangs[bons], bornes)
    return coupe.parmi(_commencent(coupe.colonne(0), debut))


def _coupe(texte: Any, rangs: Places, bornes: Places) -> Coupe:
    plates = bornes.astype(np.int32).ravel()
    nombre = max(0, len(plates) - 1)
    reperes = plates if len(plates) else np.zeros(1, np.int32)
    cellules = pa.StringArray.from_buffers(nombre, pa.py_buffer(reperes), texte)
    return Coupe(rangs=rangs, bornes=bornes, cellules=cellules)


def _commencent(premieres: pa.Array, debut: re.Pattern[str]) -> npt.NDArray[np.bool_]:
    lignes = pc.binary_join_element_wise('"', pc.fill_null(premieres, ""), '";', "")
    trouvees = pc.match_substring_regex(lignes, f"^(?:{debut.pattern})")
    return np.asarray(trouvees.to_numpy(zero_copy_only=False), bool)
