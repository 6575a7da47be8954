"""Finds words one mistake away: both lose one letter, and one of what remains is the same.

Symmetric deletion (the idea of SymSpell): a letter missing, added, wrong, or two swapped, are all found.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

LONGUEUR_MIN = 4
"""A shorter word has too many neighbours for one of them to be what was meant."""

LONGUEUR_MAX = 30
LONGUEUR_DEUX = 8
"""From this length on two mistakes are forgiven, when the first letters are right."""

LETTRES_SURES = 4
_FACTEUR = np.uint64(1_099_511_628_211)
_MELANGE = np.uint64(0x9E3779B97F4A7C15)


def corrigeable(mot: str) -> bool:
    """Whether mistakes are looked for in a word: long enough, without figure."""
    return LONGUEUR_MIN <= len(mot) <= LONGUEUR_MAX and mot.isalpha()


def fautes_permises(mot: str) -> int:
    """How many mistakes may be forgiven in a word: 0, 1 or 2."""
    if not corrigeable(mot):
        return 0
    return 2 if len(mot) >= LONGUEUR_DEUX else 1


def empreintes(mots: Sequence[str]) -> tuple[npt.NDArray[np.uint32], npt.NDArray[np.uint32]]:
    """Digests of each word and of what it becomes without each of its letters.

    Args:
        mots: words of a to z; those that are not `corrigeable` have none.

    Returns:
        The digests, and the place in `mots` of the word that each comes from. Equal words give equal digests;
        two words may share one by chance, so what they bring must be checked.
    """
    par_longueur: dict[int, list[int]] = {}
    for place, mot in enumerate(mots):
        if corrigeable(mot):
            par_longueur.setdefault(len(mot), []).append(place)
    digests: list[npt.NDArray[np.uint32]] = [np.zeros(0, np.uint32)]
    places: list[npt.NDArray[np.uint32]] = [np.zeros(0, np.uint32)]
    for longueur, rangs in sorted(par_longueur.items()):
        texte = "".join(mots[r] for r in rangs).encode("ascii")
        lettres = np.frombuffer(texte, np.uint8).reshape(-1, longueur)
        origine = np.array(rangs, np.uint32)
        for efface in range(-1, longueur):
            digests.append(_resumer(lettres, efface))
            places.append(origine)
    return np.concatenate(digests), np.concatenate(places)


def _resumer(lettres: npt.NDArray[np.uint8], efface: int) -> npt.NDArray[np.uint32]:
    somme = np.zeros(len(lettres), np.uint64)
    for colonne in range(lettres.shape[1]):
        if colonne != efface:
            somme = (somme ^ lettres[:, colonne]) * _FACTEUR
    return ((somme * _MELANGE) >> np.uint64(32)).astype(np.uint32)
