"""Reads the directory that the build has written: each of its lists, as a set of ranks."""

from __future__ import annotations

import zlib
from collections import OrderedDict
from collections.abc import Collection, Iterable, Sequence
from typing import Any
from weakref import WeakKeyDictionary

import numpy as np

from perenne.atlas.lecteur import Atlas, lots
from perenne.domain.annuaire.fautes import empreintes, fautes_permises
from perenne.domain.annuaire.masques import Masque, compter_parmi, masquer, unir, vide
from perenne.domain.annuaire.mots import racine
from perenne.domain.annuaire.rangs import est_masque, lire_masque, lire_rangs

GARDEES = 160
"""Sets kept by a process, of what is asked again and again: at most 0.3 MB each for the whole country."""

GARDEE_MIN = 5_000
"""Octets under which reading a list again costs less than keeping it."""

PROCHES_MAX = 40
"""Words taken for a misspelt one."""

BLOC = 256
"""Ranks of a block of `entreprise_rang`; `perenne.pipeline.annuaire` writes as many."""

_APRES = "\x7f"
"""After every letter and figure."""


class Annuaire:
    """The directory of an open atlas."""

    def __init__(self, atlas: Atlas) -> None:
        self._atlas = atlas
        self.total = int(atlas.lire("SELECT coalesce(max(total), 0) FROM entreprise_rang")[0][0])
        self._gardees: OrderedDict[tuple[str, tuple[str, ...]], Masque] = OrderedDict()

    def vide(self) -> Masque:
        """No enterprise."""
        return vide(self.total)

    def facette(self, genre: str, valeur: str) -> Masque:
        """The enterprises that have a value of a kind; none for an unknown value."""
        return self._lire(
            "SELECT rangs FROM entreprise_facette WHERE genre = ? AND valeur = ?", (genre, valeur)
        )

    def _lire(self, requete: str, cle: tuple[str, ...]) -> Masque:
        """One list, kept when it is long."""
        gardee = self._gardees.get((requete, cle))
        if gardee is not None:
            self._gardees.move_to_end((requete, cle))
            return gardee
        lignes = self._atlas.lire(requete, cle)
        masque = self._reunir(lignes)
        if sum(len(octets) for (octets,) in lignes) >= GARDEE_MIN:
            self._gardees[requete, cle] = masque
            if len(self._gardees) > GARDEES:
                self._gardees.popitem(last=False)
        return masque

    def facettes(self, genre: str, valeurs: Collection[str]) -> Masque:
        """The enterprises that have one of the values of a kind."""
        if len(valeurs) <= 4:
            return unir((self.facette(genre, v) for v in valeurs), self.total)
        lignes: list[tuple[Any, ...]] = []
        for lot in lots(sorted(set(valeurs))):
            marques = ", ".join("?" * len(lot))
            lignes += self._atlas.lire(
                f"SELECT rangs FROM entreprise_facette WHERE genre = ? AND valeur IN ({marques})",
                (genre, *lot),
            )
        return self._reunir(lignes)

    def compter(self, genre: str, masque: Masque) -> dict[str, int]:
        """How many of a set have each value of a kind; values that none has are left out."""
        comptes = {}
        for valeur, octets in self._atlas.lire(
            "SELECT valeur, rangs FROM entreprise_facette WHERE genre = ?", (genre,)
        ):
            if est_masque(octets):
                n = int(np.bitwise_count(lire_masque(octets, self.total) & masque).sum())
            else:
                n = compter_parmi(masque, lire_rangs(octets))
            if n:
                comptes[str(valeur)] = n
        return comptes

    def mot(self, mot: str) -> Masque:
        """The enterprises with a name that holds a word, singular or plural."""
        return self._lire("SELECT rangs FROM entreprise_mot WHERE mot = ?", (racine(mot),))

    def mots(self, mots: Collection[str]) -> Masque:
        """The enterprises with a name that holds one of some words, given as the lexicon writes them."""
        lignes: list[tuple[Any, ...]] = []
        for lot in lots(sorted(mots)):
            marques = ", ".join("?" * len(lot))
            lignes += self._atlas.lire(f"SELECT rangs FROM entreprise_mot WHERE mot IN ({marques})", lot)
        return self._reunir(lignes)

    def frequence(self, mot: str) -> int:
        """How many enterprises have it in a name."""
        lignes = self._atlas.lire("SELECT n FROM entreprise_mot WHERE mot = ?", (racine(mot),))
        return int(lignes[0][0]) if lignes else 0

    def debut(self, debut: str) -> Masque:
        """The enterprises with a name that holds a word that starts so, or the word itself in the plural."""
        masque = self._lire("SELECT rangs FROM entreprise_debut WHERE debut = ?", (debut,))
        if not masque.any():
            masque = self._lire(
                "SELECT rangs FROM entreprise_mot WHERE mot >= ? AND mot < ?", (debut, debut + _APRES)
            )
        return masque | self.mot(debut)

    def proches(self, mot: str) -> list[str]:
        """Other words of the names that a word may stand for, the nearest then the most frequent first."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415 (only a search that finds little pays for it)

        cherche = racine(mot)
        permises = fautes_permises(cherche)
        if not permises:
            return []
        candidats = self._voisins(cherche)
        if permises > 1:
            candidats |= self._de_meme_debut(cherche)
        candidats.pop(cherche, None)
        notes = sorted((OSA.distance(cherche, m, score_cutoff=permises), -n, m) for m, n in candidats.items())
        return [m for distance, _, m in notes if distance <= permises][:PROCHES_MAX]

    def _voisins(self, mot: str) -> dict[str, int]:
        """Words that share a digest with a word, with their number of enterprises."""
        demandees, _ = empreintes([mot])
        numeros: set[int] = set()
        for seau in np.unique(demandees >> np.uint32(16)).tolist():
            for basses, mots in self._atlas.lire(
                "SELECT empreintes, mots FROM entreprise_faute WHERE seau = ?", (seau,)
            ):
                memes = np.isin(
                    np.frombuffer(basses, "<u2"), demandees[demandees >> np.uint32(16) == seau].astype("<u2")
                )
                numeros.update(np.frombuffer(mots, "<u4")[memes].tolist())
        trouves: dict[str, int] = {}
        for lot in lots(sorted(numeros)):
            marques = ", ".join("?" * len(lot))
            trouves.update(
                self._atlas.lire(f"SELECT mot, n FROM entreprise_mot WHERE numero IN ({marques})", lot)
            )
        return trouves

    def _de_meme_debut(self, mot: str) -> dict[str, int]:
        """Words of about the same length that start with the same letters."""
        lignes = self._atlas.lire(
            "SELECT mot, n FROM entreprise_mot WHERE mot >= ? AND mot < ? AND length(mot) BETWEEN ? AND ?",
            (mot[:4], mot[:4] + _APRES, len(mot) - 2, len(mot) + 2),
        )
        return dict(lignes)

    def cles(self, cle: str, *, entiere: bool) -> Masque:
        """The enterprises with a name that is a key, or that starts with it."""
        fin = cle if entiere else cle + _APRES
        premier, dernier = self._bloc_avant("<", cle), self._bloc_avant("<=", fin)
        blocs = self._atlas.lire(
            "SELECT bloc, rangs FROM entreprise_cle WHERE bloc BETWEEN ? AND ? ORDER BY bloc",
            (max(premier, 0), dernier),
        )
        rangs = [np.frombuffer(octets, "<u4") for _, octets in blocs]
        # Only the first and the last blocks may hold other keys.
        for place in {0, len(blocs) - 1} if blocs else ():
            cles = self._atlas.lire("SELECT cles FROM entreprise_cle WHERE bloc = ?", (blocs[place][0],))
            gardees = [
                c == cle if entiere else c.startswith(cle)
                for c in zlib.decompress(cles[0][0]).decode().split("\n")
            ]
            rangs[place] = rangs[place][np.array(gardees)]
        return masquer(np.concatenate(rangs), self.total) if rangs else self.vide()

    def _bloc_avant(self, signe: str, cle: str) -> int:
        """The last block whose first key is before a key; -1 for none."""
        lignes = self._atlas.lire(
            f"SELECT bloc FROM entreprise_cle WHERE premiere {signe} ? "
            "ORDER BY premiere DESC, bloc DESC LIMIT 1",
            (cle,),
        )
        return int(lignes[0][0]) if lignes else -1

    def identifiants(self, rangs: Sequence[int]) -> list[str]:
        """Identifiers of enterprises, in the order of the ranks given."""
        blocs: dict[int, list[str]] = {}
        for lot in lots(sorted({rang // BLOC for rang in rangs})):
            marques = ", ".join("?" * len(lot))
            for bloc, ids in self._atlas.lire(
                f"SELECT bloc, ids FROM entreprise_rang WHERE bloc IN ({marques})", lot
            ):
                blocs[bloc] = zlib.decompress(ids).decode().split("\n")
        return [blocs[rang // BLOC][rang % BLOC] for rang in rangs]

    def _reunir(self, lignes: Iterable[Sequence[Any]]) -> Masque:
        """One set of several lists: the short ones put together first."""
        bits, rangs = [], []
        for (octets,) in lignes:
            if est_masque(octets):
                bits.append(lire_masque(octets, self.total))
            else:
                rangs.append(lire_rangs(octets))
        if rangs:
            bits.append(masquer(np.concatenate(rangs) if len(rangs) > 1 else rangs[0], self.total))
        return bits[0] if len(bits) == 1 else unir(bits, self.total)


_annuaires: WeakKeyDictionary[Atlas, Annuaire | None] = WeakKeyDictionary()


def ouvrir_annuaire(atlas: Atlas) -> Annuaire | None:
    """The directory of an atlas, opened once; None for an atlas built without one."""
    if atlas not in _annuaires:
        presente = atlas.lire("SELECT 1 FROM sqlite_master WHERE name = 'entreprise_rang'")
        _annuaires[atlas] = Annuaire(atlas) if presente else None
    return _annuaires[atlas]
