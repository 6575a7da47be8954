"""French typography: numbers, percentages, dates, lists, and the words for what was not observed.

Every space inside a number, before a unit or inside guillemets is U+202F, a thin space that does not break.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

FINE = "\u202f"
INSECABLE = "\u00a0"
MOINS = "\u2212"
SIGNES = "%‰€"
MOIS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
NOMS_PROPRES = ("France ", "Union européenne", "État", "Europe")
VOYELLES = "aeiouy"
TEXTES_GARDES = 4096
"""Texts kept composed: labels and sentences that come again in every page."""

_ADRESSES = re.compile(r"(https?://\S+)")

STATUTS = {
    "observe": "",
    "secret": "secret statistique",
    "absent": "non observé",
    "sans-objet": "sans objet",
}
"""What is printed instead of a value, by status of the atlas; zero is a value and is printed 0."""


def nombre(valeur: float, decimales: int = 0, *, signe: bool = False) -> str:
    """Write a number the French way: 12450.5 → 12 450,5 (thin spaces), with a true minus sign.

    Args:
        valeur: a finite number.
        decimales: digits after the comma, halves rounded away from zero as people do by hand.
        signe: write + before a positive number (changes).

    Raises:
        ValueError: the number is not finite; a missing value has words, not a number.
    """
    if not math.isfinite(valeur):
        raise ValueError("a number that is not finite cannot be written")
    arrondi = Decimal(repr(float(valeur))).quantize(Decimal(1).scaleb(-decimales), rounding=ROUND_HALF_UP)
    texte = f"{abs(arrondi):,.{decimales}f}".replace(",", FINE).replace(".", ",")
    if arrondi < 0:
        return MOINS + texte
    return f"+{texte}" if signe and arrondi > 0 else texte


def avec_unite(valeur: float, unite: str, decimales: int = 0, *, signe: bool = False) -> str:
    """Write a number and its unit; a sign (`%`, `€`) is tied by a thin space, a word by a full one."""
    texte = nombre(valeur, decimales, signe=signe)
    espace = FINE if unite[:1] in SIGNES else INSECABLE
    return f"{texte}{espace}{unite.replace(' ', INSECABLE)}" if unite else texte


def date_longue(jour: dt.date) -> str:
    """23 novembre 2026, 1er juillet 2024."""
    quantieme = "1er" if jour.day == 1 else str(jour.day)
    return f"{quantieme} {MOIS[jour.month - 1]} {jour.year}"


def dater(texte: str) -> str:
    """A date in words when the text is one (`2026-06-01`); the text itself otherwise (a year, a version)."""
    try:
        return date_longue(dt.date.fromisoformat(texte))
    except ValueError:
        return texte


def date_courte(jour: dt.date) -> str:
    """23/11/2026."""
    return jour.strftime("%d/%m/%Y")


def lister(elements: Iterable[str], liaison: str = "et") -> str:
    """« a, b et c »; semicolons when an element holds a comma itself."""
    tous = list(elements)
    if len(tous) <= 1:
        return "".join(tous)
    virgule = " ; " if any(", " in element for element in tous) else ", "
    return f"{virgule.join(tous[:-1])}{' ;' if virgule == ' ; ' else ''} {liaison} {tous[-1]}"


def accorder(n: int, singulier: str, pluriel: str = "") -> str:
    """1 commune, 12 communes: the number and its noun; 0 and 1 are singular in French."""
    nom = singulier if abs(n) < 2 else (pluriel or f"{singulier}s")
    return f"{nombre(n)} {nom}"


def sans_accents(texte: str) -> str:
    """Lower case, no accents: é → e, Œ → oe."""
    plat = unicodedata.normalize("NFKD", texte.lower().replace("œ", "oe").replace("æ", "ae"))
    return "".join(c for c in plat if not unicodedata.combining(c))


def de(nom: str) -> str:
    """The name after « de », its article contracted: de Guéret, d’Aubusson, du Mans, des Abymes."""
    for article, contracte in (("Le ", "du "), ("Les ", "des ")):
        if nom.startswith(article):
            return contracte + nom[len(article) :]
    return f"d’{nom}" if sans_accents(nom)[:1] in VOYELLES else f"de {nom}"


def a(nom: str) -> str:
    """The name after « à », its article contracted: à Guéret, au Mans, aux Abymes."""
    for article, contracte in (("Le ", "au "), ("Les ", "aux ")):
        if nom.startswith(article):
            return contracte + nom[len(article) :]
    return f"à {nom}"


def majuscule(texte: str) -> str:
    """The first letter in upper case, the rest untouched."""
    return texte[:1].upper() + texte[1:]


def minuscule(texte: str) -> str:
    """The first letter in lower case, for the middle of a sentence; acronyms and « France… » keep theirs."""
    if texte[1:2].isupper() or texte.startswith(NOMS_PROPRES):
        return texte
    return texte[:1].lower() + texte[1:]


@lru_cache(maxsize=TEXTES_GARDES)
def composer(texte: str) -> str:
    """Put the French spaces and apostrophes in a plain sentence.

    Spaces before ; : ! ? % € and inside « » become non-breaking (thin, except before the colon which takes a
    full one); the typewriter apostrophe becomes ’. Addresses (https://…) are left alone.
    """
    morceaux = _ADRESSES.split(texte)
    return "".join(m if m.startswith("http") else _composer(m) for m in morceaux)


def _composer(texte: str) -> str:
    texte = texte.replace("'", "’")
    texte = re.sub(r" ([;!?%€»])", FINE + r"\1", texte)
    texte = re.sub(r" :", "\u00a0:", texte)
    texte = re.sub(r"« ", "«" + FINE, texte)
    return re.sub(r"(?<=\d) (?=\d{3}\b)", FINE, texte)


def raccourcir(texte: str, maximum: int) -> str:
    """Cut a text at a word so that it holds in `maximum` characters, with an ellipsis when it was cut."""
    if len(texte) <= maximum:
        return texte
    coupe = texte[: maximum - 1]
    mots = coupe.rsplit(" ", 1)
    return (mots[0] if len(mots[0]) > maximum // 2 else coupe).rstrip(" ,;:-") + "…"


def dater_version(version: str) -> str:
    """An atlas version (`2026-11-23T151343`) as a date; other names as they are."""
    try:
        return f"du {date_longue(dt.date.fromisoformat(version[:10]))}"
    except ValueError:
        return version
