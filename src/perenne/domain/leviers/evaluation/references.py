"""What a recommendation must beat: chance, popularity, popularity within a theme."""

from __future__ import annotations

import math
from collections.abc import Collection, Mapping, Sequence

M = 4.0
"""Strength of the shrinkage towards the popularity of all cases, as in the published protocol."""


def popularite(actions: Sequence[str], autres: Sequence[Collection[str]]) -> list[str]:
    """The actions most often taken in the other cases; equal ones in the order of the study."""
    comptes = {a: sum(a in c for c in autres) for a in actions}
    return sorted(actions, key=lambda a: (-comptes[a], actions.index(a)))


def thematique(
    actions: Sequence[str], autres: Sequence[Collection[str]], memes: Sequence[Collection[str]], m: float = M
) -> list[str]:
    """The actions most often taken in cases of the same theme, shrunk to the popularity of the other cases.

    Args:
        actions: every action, in the order of the study.
        autres: actions of each other case.
        memes: those of the same theme among them.
        m: pseudo-cases given to the general popularity.
    """
    part = {a: sum(a in c for c in autres) / len(autres) for a in actions} if autres else {}
    score = {a: (sum(a in c for c in memes) + m * part.get(a, 0.0)) / (len(memes) + m) for a in actions}
    return sorted(actions, key=lambda a: (-score[a], actions.index(a)))


def esperance_hasard(mesure: str, nombre: int, vrais: int) -> float:
    """Expected measure of a random order, computed exactly.

    Args:
        mesure: `rappel@k`, `touche@k` or `ndcg@k`.
        nombre: number of actions, at least k.
        vrais: number of actions taken, at least 1.
    """
    nom, k = mesure.split("@", maxsplit=1)[0], int(mesure.split("@")[1])
    if nom == "rappel":
        return k / nombre
    if nom == "touche":
        return 1 - math.comb(nombre - vrais, k) / math.comb(nombre, k)
    gain = vrais / nombre * sum(1 / math.log2(i + 2) for i in range(k))
    return gain / sum(1 / math.log2(i + 2) for i in range(min(k, vrais)))


def liens(pratiques: Mapping[str, Collection[str]]) -> int:
    """Number of enterprise × action links."""
    return sum(len(a) for a in pratiques.values())
