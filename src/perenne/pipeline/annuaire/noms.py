"""The words of every name of every enterprise: a sorted lexicon, and pairs of a word and an enterprise.

What the words of a name are is said by `perenne.domain.annuaire.mots`. Most names, without accent nor
point, are read by columns instead, and a property test holds both to the same words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from perenne.domain.annuaire.mots import cle_de_recherche, decouper, entre_parentheses, racine
from perenne.domain.ess.noms import MOTS_VIDES

Entiers = npt.NDArray[np.int64]

LOT = 300_000
_SIMPLE = r"^[ -')-\-/-~]*$"
"""Printable ASCII without point nor opening bracket."""

_EPELE = r"(^| )[a-z]( [a-z]){2,}( |$)"


@dataclass(frozen=True, kw_only=True)
class Lexique:
    """What was read in the names.

    Attributes:
        mots: roots of words, in alphabetical order.
        mot_lu, porteur_lu: for each word of each name, its place in `mots` and the place of its enterprise.
        cles: what is compared when a whole name is looked for.
        porteur_cle: for each key, the place of its enterprise.
    """

    mots: list[str]
    mot_lu: Entiers
    porteur_lu: Entiers
    cles: pa.ChunkedArray
    porteur_cle: Entiers


@dataclass(frozen=True, kw_only=True)
class _Lus:
    """Words of some names: the place of the bearer of each, and the keys with that of theirs."""

    mots: pa.DictionaryArray
    porteurs: Entiers
    cles: pa.Array
    porteurs_cle: Entiers


def lire_noms(parties: Iterable[tuple[Entiers, pa.ChunkedArray]]) -> Lexique:
    """Read names.

    Args:
        parties: places of enterprises, and a name that each bears; null or empty for none.
    """
    connus: defaultdict[str, int] = defaultdict(count().__next__)
    mots, porteurs, cles, porteurs_cle = [], [], [pa.array([], pa.string())], []
    for places, noms in parties:
        for debut in range(0, len(noms), LOT):
            for lus in _lire(places[debut : debut + LOT], noms.slice(debut, LOT).combine_chunks()):
                numeros = np.array([connus[m] for m in lus.mots.dictionary.to_pylist()], np.int64)
                mots.append(numeros[_en_numpy(lus.mots.indices)])
                porteurs.append(lus.porteurs)
                cles.append(lus.cles)
                porteurs_cle.append(lus.porteurs_cle)
    racines, place = np.unique(np.array([racine(m) for m in connus], dtype=str), return_inverse=True)
    return Lexique(
        mots=racines.tolist(),
        mot_lu=place.astype(np.int64)[_bout_a_bout(mots)],
        porteur_lu=_bout_a_bout(porteurs),
        cles=pa.chunked_array(cles, pa.string()),
        porteur_cle=_bout_a_bout(porteurs_cle),
    )


def ordre_alphabetique(cles: pa.ChunkedArray) -> Entiers:
    """Places of the keys, in alphabetical order; equal ones in that of the names."""
    return _en_numpy(pc.sort_indices(cles))


def _lire(places: Entiers, noms: pa.Array) -> Iterator[_Lus]:
    presents = _vrais(pc.is_valid(noms))
    simples = _vrais(pc.fill_null(pc.match_substring_regex(noms, _SIMPLE), False))
    formes = pc.ascii_trim(
        pc.replace_substring_regex(pc.ascii_lower(noms.filter(pa.array(simples))), "[^a-z0-9]+", " "), " "
    )
    epeles = _vrais(pc.match_substring_regex(formes, _EPELE))
    mots = pc.split_pattern(formes, " ")
    suite, bornes = mots.flatten(), _en_numpy(mots.offsets)
    gardes = ~_vrais(pc.is_in(suite, pa.array(["", *sorted(MOTS_VIDES)])))
    sommes = np.concatenate([[0], np.cumsum(gardes)])
    tailles = np.diff(sommes[bornes])
    ordinaires = (tailles > 0) & ~epeles
    # The names read by columns are those left once the others are set aside.
    gardes &= np.repeat(ordinaires, np.diff(bornes))
    restes = suite.filter(pa.array(gardes))
    tailles = tailles[ordinaires]
    siens = places[simples][ordinaires]
    listes = pa.ListArray.from_arrays(pa.array(np.concatenate([[0], np.cumsum(tailles)]), pa.int32()), restes)
    yield _Lus(
        mots=pc.dictionary_encode(restes),
        porteurs=np.repeat(siens, tailles),
        cles=pc.binary_join(listes, " "),
        porteurs_cle=siens,
    )
    autres = presents
    autres[np.flatnonzero(simples)[ordinaires]] = False
    yield _lire_un_par_un(
        zip(places[autres].tolist(), noms.filter(pa.array(autres)).to_pylist(), strict=True)
    )


def _lire_un_par_un(noms: Iterable[tuple[int, str]]) -> _Lus:
    mots: list[str] = []
    cles: list[str] = []
    porteurs: list[int] = []
    porteurs_cle: list[int] = []
    for porteur, nom in noms:
        siens = decouper(nom)
        mots += siens
        porteurs += [porteur] * len(siens)
        for cle in sorted({cle_de_recherche(nom), *map(cle_de_recherche, entre_parentheses(nom))} - {""}):
            cles.append(cle)
            porteurs_cle.append(porteur)
    return _Lus(
        mots=pc.dictionary_encode(pa.array(mots, pa.string())),
        porteurs=np.array(porteurs, np.int64),
        cles=pa.array(cles, pa.string()),
        porteurs_cle=np.array(porteurs_cle, np.int64),
    )


def _vrais(masque: pa.Array) -> npt.NDArray[np.bool_]:
    return np.array(masque.to_numpy(zero_copy_only=False), np.bool_)


def _en_numpy(entiers: pa.Array) -> Entiers:
    return np.asarray(entiers.to_numpy(zero_copy_only=False), np.int64)


def _bout_a_bout(morceaux: list[Entiers]) -> Entiers:
    return np.concatenate(morceaux) if morceaux else np.zeros(0, np.int64)
