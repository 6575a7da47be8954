"""The words that look most like another: suggestions for what was mistyped."""

from __future__ import annotations

from rapidfuzz import fuzz, process
from rapidfuzz.utils import default_process


def proches(mot: str, candidats: tuple[str, ...], nombre: int = 3, seuil: float = 60) -> list[str]:
    """The candidates that look most like `mot`, best first; case and punctuation ignored.

    Args:
        mot: what was written.
        candidats: what could have been meant.
        nombre: at most that many.
        seuil: from 0 to 100; below it a candidate is not like the word at all.
    """
    trouves = process.extract(
        mot, candidats, scorer=fuzz.WRatio, limit=nombre, score_cutoff=seuil, processor=default_process
    )
    return [str(t[0]) for t in trouves]
