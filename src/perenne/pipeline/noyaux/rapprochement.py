"""Which association of the national register a legal unit is, from its name and its commune."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rapidfuzz import fuzz, process

from perenne.domain.ess.noms import cle_de_nom

CONFIANCE_EXACTE = 0.85
"""Same name, same commune, nobody else of that name there on either side."""

CONFIANCE_AMBIGUE = 0.5
"""Same name and commune, but several bear it."""

SEUIL = 92.0
"""Least similarity (0 to 100, words in any order) of two names that look like the same one."""

PAIRES_MAX = 4_000_000
"""Pairs compared in one block: beyond, the block is left aside and counted."""


@dataclass(frozen=True, kw_only=True)
class Paire:
    """A pair of rows of the two lists.

    Attributes:
        gauche, droite: ranks in the lists given.
        confiance: in [0, 1]; an ordering agreed upon, not a measured probability.
        retenue: whether the two are taken as one; otherwise they are only flagged as possible duplicates.
    """

    gauche: int
    droite: int
    confiance: float
    retenue: bool


def rapprocher(
    gauche: Sequence[tuple[str, str]], droite: Sequence[tuple[str, str]]
) -> tuple[list[Paire], int]:
    """Pairs of the same name in the same commune.

    Args:
        gauche, droite: (name, commune) of each row of the two lists; a row without either matches nothing.

    Returns:
        The pairs, exact ones first, and the number of blocks that were too large to be compared.
    """
    cles_g, cles_d = _cles(gauche), _cles(droite)
    paires: list[Paire] = []
    for cle in cles_g.keys() & cles_d.keys():
        a, b = cles_g[cle], cles_d[cle]
        seuls = len(a) == len(b) == 1
        paires += [
            Paire(
                gauche=i, droite=j,
                confiance=CONFIANCE_EXACTE if seuls else CONFIANCE_AMBIGUE, retenue=seuls,
            )
            for i in a for j in b
        ]  # fmt: skip
    pris_g, pris_d = {p.gauche for p in paires}, {p.droite for p in paires}
    proches, trop_grands = _proches(_restes(cles_g, pris_g), _restes(cles_d, pris_d))
    return sorted(paires, key=lambda p: (p.gauche, p.droite)) + proches, trop_grands


def _cles(lignes: Sequence[tuple[str, str]]) -> dict[tuple[str, str], list[int]]:
    cles: dict[tuple[str, str], list[int]] = defaultdict(list)
    for rang, (nom, commune) in enumerate(lignes):
        if commune and (cle := cle_de_nom(nom or "")):
            cles[(commune, cle)].append(rang)
    return cles


Bloc = dict[tuple[str, str], list[tuple[str, int]]]


def _restes(cles: dict[tuple[str, str], list[int]], pris: set[int]) -> Bloc:
    """Rows not paired yet, by commune and first word: names that differ from the start are not compared."""
    blocs: Bloc = defaultdict(list)
    for (commune, cle), rangs in cles.items():
        blocs[(commune, cle.split(" ", 1)[0])] += [(cle, r) for r in rangs if r not in pris]
    return blocs


def _proches(gauche: Bloc, droite: Bloc) -> tuple[list[Paire], int]:
    paires: list[Paire] = []
    trop_grands = 0
    for bloc in sorted(gauche.keys() & droite.keys()):
        a, b = gauche[bloc], droite[bloc]
        if not a or not b:
            continue
        if len(a) * len(b) > PAIRES_MAX:
            trop_grands += 1
            continue
        notes = process.cdist(
            [n for n, _ in a], [n for n, _ in b], scorer=fuzz.token_sort_ratio, score_cutoff=SEUIL
        )
        for i, j in np.argwhere(notes >= SEUIL):
            confiance = round(CONFIANCE_AMBIGUE * float(notes[i, j]) / 100, 2)
            paires.append(Paire(gauche=a[i][1], droite=b[j][1], confiance=confiance, retenue=False))
    return paires, trop_grands
