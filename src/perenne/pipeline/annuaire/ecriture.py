"""Writes the directory of the enterprises beside the tables that it comes from, in the SQLite of an atlas.

The lists of ranks are written in few bytes (`perenne.domain.annuaire.rangs`) and `perenne.atlas.annuaire`
reads them. Why not FTS5: docs/adr/0116.
"""

from __future__ import annotations

import sqlite3
import zlib
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from perenne.domain.annuaire.fautes import empreintes
from perenne.domain.annuaire.masques import Rangs, lister, masquer
from perenne.domain.annuaire.rangs import ecrire_rangs
from perenne.pipeline.annuaire.facettes import Facette, Tables, facettes
from perenne.pipeline.annuaire.noms import Lexique, lire_noms, ordre_alphabetique
from perenne.pipeline.annuaire.ordre import classer

Entiers = npt.NDArray[np.int64]
TABLES_ANNUAIRE = """
    CREATE TABLE entreprise_rang (bloc INTEGER PRIMARY KEY, total INTEGER, ids BLOB);
    CREATE TABLE entreprise_mot (numero INTEGER PRIMARY KEY, mot TEXT NOT NULL, n INTEGER, rangs BLOB);
    CREATE TABLE entreprise_debut (debut TEXT PRIMARY KEY, n INTEGER, rangs BLOB);
    CREATE TABLE entreprise_cle (bloc INTEGER PRIMARY KEY, premiere TEXT, rangs BLOB, cles BLOB);
    CREATE TABLE entreprise_faute (seau INTEGER PRIMARY KEY, empreintes BLOB, mots BLOB);
    CREATE TABLE entreprise_facette
        (genre TEXT, valeur TEXT, n INTEGER, rangs BLOB, PRIMARY KEY (genre, valeur));
"""
BLOC = 256
"""Ranks of a block, and keys of a block of the alphabetical list."""

MOTS_LUS, RANGS_LUS = 64, 2_000
"""A beginning shared by more words and more enterprises than these has its list made in advance: whatever is
typed, little is read."""

DEBUT_MAX = 12
_BAS = 16
_COLONNES = {
    "entreprise": (
        "id", "siren", "nom", "sigle", "forme", "verdict", "etat", "employeur", "effectif", "commune",
        "departement", "qpv_statut", "qpv", "precision",
    ),
    "etablissement": ("siren", "etat", "commune", "code_commune", "qpv"),
    "entreprise_nom": ("id", "nom"),
    "entreprise_activite": ("id", "activite", "confiance"),
    "entreprise_raison": ("id", "raison", "valeur", "sens"),
    "entreprise_registre": ("id", "registre"),
    "territoire": ("type", "code", "departement", "region"),
}  # fmt: skip


def ecrire(dossier: Path, base: sqlite3.Connection) -> None:
    """Create the tables of the index.

    Args:
        dossier: where the Parquet tables of the same version of the atlas are.
        base: its SQLite file, a transaction begun.
    """
    for creation in TABLES_ANNUAIRE.strip().split(";")[:-1]:
        base.execute(creation)
    lues = {nom: pq.read_table(dossier / f"{nom}.parquet", columns=list(c)) for nom, c in _COLONNES.items()}
    tables = Tables(entreprise=lues.pop("entreprise"), autres=lues)
    total = tables.entreprise.num_rows
    lexique = lire_noms(_noms(tables))
    alphabet = ordre_alphabetique(lexique.cles)
    rangs = classer(tables.entreprise, _premiers(lexique, alphabet, total))
    _rangs(base, tables.entreprise["id"].combine_chunks().take(pa.array(np.argsort(rangs))))
    _cles(base, lexique, alphabet, rangs)
    _mots(base, lexique, rangs, total)
    _fautes(base, lexique.mots)
    _facettes(base, facettes(tables), rangs, total)


def _noms(tables: Tables) -> Iterator[tuple[Entiers, pa.ChunkedArray]]:
    """Places of enterprises with one of their names; the main one first."""
    toutes = np.arange(tables.entreprise.num_rows)
    yield toutes, tables.entreprise["nom"]
    yield toutes, tables.entreprise["sigle"]
    autres = tables.autres["entreprise_nom"]
    places = tables.porteurs(autres["id"])
    connus = np.isfinite(places)
    yield places[connus].astype(np.int64), autres["nom"].filter(pa.array(connus))


def _premiers(lexique: Lexique, alphabet: Entiers, total: int) -> Entiers:
    """Place of the main name of each enterprise in the alphabetical order, last for those without a name."""
    places = np.empty(len(alphabet), np.int64)
    places[alphabet] = np.arange(len(alphabet))
    porteurs, premiers = np.unique(lexique.porteur_cle, return_index=True)
    resultat = np.full(total, len(alphabet), np.int64)
    resultat[porteurs] = places[premiers]
    return resultat


def _rangs(base: sqlite3.Connection, ids: pa.Array) -> None:
    """The identifiers in the order of the ranks, by blocks."""
    base.executemany(
        "INSERT INTO entreprise_rang VALUES (?, ?, ?)",
        (
            (numero, len(ids), zlib.compress("\n".join(ids.slice(debut, BLOC).to_pylist()).encode(), 1))
            for numero, debut in enumerate(range(0, len(ids), BLOC))
        ),
    )


def _cles(base: sqlite3.Connection, lexique: Lexique, alphabet: Entiers, rangs: Rangs) -> None:
    """The whole names, in alphabetical order, by blocks."""
    cles = lexique.cles.combine_chunks().take(pa.array(alphabet))
    classes = rangs[lexique.porteur_cle[alphabet]].astype("<u4")

    def blocs() -> Iterator[tuple[int, str, bytes, bytes]]:
        for numero, debut in enumerate(range(0, len(cles), BLOC)):
            textes = cles.slice(debut, BLOC).to_pylist()
            yield (
                numero,
                textes[0],
                classes[debut : debut + BLOC].tobytes(),
                zlib.compress("\n".join(textes).encode(), 1),
            )

    base.executemany("INSERT INTO entreprise_cle VALUES (?, ?, ?, ?)", blocs())
    base.execute("CREATE INDEX entreprise_cle_1 ON entreprise_cle (premiere)")


def _mots(base: sqlite3.Connection, lexique: Lexique, rangs: Rangs, total: int) -> None:
    """The enterprises of each word, and those of each beginning of word that many share."""
    classes, bornes = _grouper(lexique.mot_lu, rangs[lexique.porteur_lu], len(lexique.mots))
    base.executemany(
        "INSERT INTO entreprise_mot VALUES (?, ?, ?, ?)",
        (
            (numero, mot, fin - debut, ecrire_rangs(classes[debut:fin], total))
            for numero, (mot, debut, fin) in enumerate(
                zip(lexique.mots, bornes[:-1].tolist(), bornes[1:].tolist(), strict=True)
            )
        ),
    )
    base.execute("CREATE UNIQUE INDEX entreprise_mot_1 ON entreprise_mot (mot)")
    base.executemany(
        "INSERT INTO entreprise_debut VALUES (?, ?, ?)", _debuts(lexique.mots, classes, bornes, total)
    )


def _debuts(
    mots: Sequence[str], classes: Rangs, bornes: Entiers, total: int
) -> Iterator[tuple[str, int, bytes]]:
    """The beginnings that many words and enterprises share, with the enterprises of all those words."""
    communes = np.fromiter(map(_commun, ["", *mots], mots), np.int64, len(mots))
    longueurs = np.fromiter(map(len, mots), np.int64, len(mots))
    for longueur in range(1, DEBUT_MAX + 1):
        premiers = np.flatnonzero(communes < longueur)
        suivants = np.append(premiers[1:], len(mots))
        lourds = (suivants - premiers > MOTS_LUS) & (longueurs[premiers] >= longueur)
        lourds &= bornes[suivants] - bornes[premiers] > RANGS_LUS
        for premier, suivant in zip(premiers[lourds].tolist(), suivants[lourds].tolist(), strict=True):
            unis = lister(masquer(classes[bornes[premier] : bornes[suivant]], total))
            yield mots[premier][:longueur], len(unis), ecrire_rangs(unis, total)


def _commun(un: str, autre: str) -> int:
    """Length of the beginning that two words share."""
    for place, (a, b) in enumerate(zip(un, autre, strict=False)):
        if a != b:
            return place
    return min(len(un), len(autre))


def _grouper(groupes: Entiers, rangs: Rangs, nombre: int) -> tuple[Rangs, Entiers]:
    """Ranks of each group, increasing and each once, one group after the other; where each group begins."""
    paires = (groupes.astype(np.uint64) << np.uint64(32)) | rangs.astype(np.uint64)
    paires.sort()
    if len(paires):
        paires = paires[np.concatenate([[True], paires[1:] != paires[:-1]])]
    debuts = np.searchsorted(paires, np.arange(nombre + 1, dtype=np.uint64) << np.uint64(32))
    return (paires & np.uint64(0xFFFFFFFF)).astype(np.uint32), debuts.astype(np.int64)


def _fautes(base: sqlite3.Connection, mots: Sequence[str]) -> None:
    """The words by what they become when they lose a letter, in buckets of the upper half of the digest."""
    digests, places = empreintes(mots)
    ordre = np.argsort(digests, kind="stable")
    digests, places = digests[ordre], places[ordre]
    seaux = digests >> np.uint32(_BAS)
    bornes = np.flatnonzero(np.concatenate([[len(seaux) > 0], seaux[1:] != seaux[:-1], [len(seaux) > 0]]))
    base.executemany(
        "INSERT INTO entreprise_faute VALUES (?, ?, ?)",
        (
            (int(seaux[a]), digests[a:b].astype("<u2").tobytes(), places[a:b].astype("<u4").tobytes())
            for a, b in pairwise(bornes)
        ),
    )


def _facettes(base: sqlite3.Connection, toutes: Iterable[Facette], rangs: Rangs, total: int) -> None:
    par_genre: dict[str, list[Facette]] = {}
    for facette in toutes:
        par_genre.setdefault(facette.genre, []).append(facette)
    for genre, parties in sorted(par_genre.items()):
        valeurs = pa.chunked_array([p.valeurs for p in parties], pa.string()).combine_chunks()
        porteurs = np.concatenate([p.porteurs for p in parties])
        codees = pc.dictionary_encode(valeurs)
        noms = codees.dictionary.to_pylist()
        classes, bornes = _grouper(
            np.asarray(codees.indices.to_numpy(zero_copy_only=False), np.int64), rangs[porteurs], len(noms)
        )
        base.executemany(
            "INSERT INTO entreprise_facette VALUES (?, ?, ?, ?)",
            (
                (genre, nom, fin - debut, ecrire_rangs(classes[debut:fin], total))
                for nom, debut, fin in zip(noms, bornes[:-1].tolist(), bornes[1:].tolist(), strict=True)
            ),
        )
