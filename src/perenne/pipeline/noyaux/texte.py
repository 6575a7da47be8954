"""Normalises names so that a search finds them however they are typed."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "’": "'"})


def normaliser(texte: str) -> str:
    """Lower case, no accent, ligatures opened, anything but letters and digits turned into one space."""
    plat = unicodedata.normalize("NFKD", texte.translate(_LIGATURES))
    sans = "".join(c for c in plat if not unicodedata.combining(c)).lower()
    return re.sub(r"[^a-z0-9]+", " ", sans).strip()
