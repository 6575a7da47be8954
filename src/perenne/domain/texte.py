"""One normal form for names and descriptions, shared by the detection patterns and by search."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_HORS_ALPHABET = re.compile(r"[^a-z0-9]+")


def normaliser(texte: str) -> str:
    """Lower case, no ligature, no accent, words of [a-z0-9] separated by one space.

    Apostrophes of every kind and hyphens become spaces, so that « d’insertion », "d'insertion" and
    "D INSERTION" (all capitals, as in the directories of associations) read the same. Idempotent.

    Args:
        texte: any text.

    Returns:
        The words, without leading or trailing space; an empty string when no letter or digit is left.
    """
    bas = texte.lower().translate(_LIGATURES)
    decompose = unicodedata.normalize("NFKD", bas)
    # NFKD may bring capitals back (™ gives TM): lower once more before keeping ASCII letters.
    # Invisible format characters (soft hyphen, zero-width joiner) sit inside words: they vanish.
    sans_accent = "".join(
        c for c in decompose.lower() if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )
    return _HORS_ALPHABET.sub(" ", sans_accent.translate(_LIGATURES)).strip()
