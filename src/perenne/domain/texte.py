"""One normal form for names and descriptions, shared by the detection patterns and by search."""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_MOT = re.compile("[^ ]+")
_GARDES = frozenset("abcdefghijklmnopqrstuvwxyz0123456789")


def _forme(caractere: str) -> str:
    """What one character becomes: letters and digits of [a-z0-9], a space, or nothing."""
    # NFKD may bring capitals back (™ gives TM): lower once more before keeping ASCII letters.
    decompose = unicodedata.normalize("NFKD", caractere.lower().translate(_LIGATURES)).lower()
    return "".join(
        c if c in _GARDES else " "
        for c in decompose.translate(_LIGATURES)
        # Invisible format characters (soft hyphen, zero-width joiner) sit inside words: they vanish.
        if not unicodedata.combining(c) and unicodedata.category(c) != "Cf"
    )


class _Table(dict[int, str]):
    """Forms already computed: `str.translate` then runs in C, about five times faster than a loop."""

    def __missing__(self, code: int) -> str:
        forme = self[code] = _forme(chr(code))
        return forme


_TABLE = _Table()


def normaliser(texte: str) -> str:
    """Lower case, no ligature, no accent, words of [a-z0-9] separated by one space.

    Apostrophes of every kind and hyphens become spaces, so that « d’insertion », "d'insertion" and
    "D INSERTION" (all capitals, as in the directories of associations) read the same. Idempotent.

    Args:
        texte: any text.

    Returns:
        The words, without leading or trailing space; an empty string when no letter or digit is left.
    """
    return " ".join(_aplatir(texte).split())


def _page() -> tuple[bytes, bytes]:
    """For each byte of the Windows page: the letter it becomes, or `_AILLEURS`; and the bytes that vanish."""
    formes, vides = bytearray([_AILLEURS]) * 256, bytearray()
    for octet in range(256):
        try:
            forme = _TABLE[ord(bytes([octet]).decode("cp1252"))]
        except UnicodeDecodeError:
            continue
        if not forme:
            vides.append(octet)
        elif len(forme) == 1:
            formes[octet] = ord(forme)
    return bytes(formes), bytes(vides)


_AILLEURS = 1
"""Stands for a character that gives several letters (œ): no normal form holds it."""
_PAGE, _VIDES = _page()


def _aplatir(texte: str) -> str:
    """`texte.translate(_TABLE)`; a text that the Windows page can write, as most are, goes byte by byte."""
    try:
        plat = texte.encode("cp1252").translate(_PAGE, _VIDES)
    except UnicodeEncodeError:
        return texte.translate(_TABLE)
    return texte.translate(_TABLE) if _AILLEURS in plat else plat.decode("ascii")


def _une_a_une(texte: str) -> str | None:
    """The same where each character gives exactly one; None elsewhere."""
    try:
        plat = texte.encode("cp1252").translate(_PAGE)
    except UnicodeEncodeError:
        return None
    return None if _AILLEURS in plat else plat.decode("ascii")


def positions(texte: str) -> list[int]:
    """Where each character of `normaliser(texte)` comes from.

    Returns:
        For each character of the normal form, the index in `texte` of the character that gave it; a space
        between two words points to the first of the separators. Same length as the normal form.
    """
    origines: list[int] = []
    attente = -1
    for i, caractere in enumerate(texte):
        for c in _TABLE[ord(caractere)]:
            if c == " ":
                attente = i if attente < 0 else attente
                continue
            if attente >= 0 and origines:
                origines.append(attente)
            attente = -1
            origines.append(i)
    return origines


class Places:
    """Where characters of `normaliser(texte)` come from, as `positions` says, without listing them all.

    In almost every text each character gives exactly one: words are then enough to count with.
    """

    def __init__(self, texte: str) -> None:
        self._toutes: list[int] = []
        self._mots: list[int] = []
        """Where each word begins in the normal form; `_debuts`, in the text."""
        self._debuts: list[int] = []
        plat = _une_a_une(texte)
        if plat is None:
            self._toutes = positions(texte)
            return
        lus = 0
        for mot in _MOT.finditer(plat):
            debut, fin = mot.span()
            self._mots.append(lus)
            self._debuts.append(debut)
            lus += fin - debut + 1

    def __getitem__(self, rang: int) -> int:
        """The index in the text that gave the character at `rang`, which must be within the normal form."""
        if self._toutes:
            return self._toutes[rang]
        mot = bisect_right(self._mots, rang) - 1
        return self._debuts[mot] + rang - self._mots[mot]
