"""The pieces of every figure: escaped elements, colours that a page may override, patterns, wrapping."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape

LARGEUR = 340.0
POLICE = "system-ui, 'Libertinus Serif', sans-serif"
LARGEUR_CARACTERE = 0.53
"""Mean width of a character over the font size, generous enough for the sans fonts of browsers."""

ENCRE, SOURDINE, TRAIT, FOND = "#1b1f24", "#56606b", "#c5cbd3", "#ffffff"
ACCENT, ALERTE, GRIS = "#0b6b6b", "#9a4a00", "#dde2e7"
GAMME = ("#e3f0ef", "#a9d3d0", "#5aa9a6", "#0b6b6b")
"""Four steps of one hue, light to dark; each class of a map has its own pattern as well."""

CLASSES = {
    "e": f'fill="{ENCRE}"',
    "s": f'fill="{SOURDINE}"',
    "a": f'fill="{ACCENT}"',
    "w": f'fill="{ALERTE}"',
    "g": f'fill="{GRIS}"',
    "t": f'stroke="{TRAIT}"',
    "n": f'stroke="{ENCRE}"',
    "f": f'fill="{FOND}"',
}
"""Presentation attributes of each class: they hold in PDF and Word, and a style sheet overrides them."""


@dataclass(frozen=True, kw_only=True)
class Figure:
    """A drawn figure.

    Attributes:
        ident: identifier, unique in a page.
        svg: a complete `<svg>` element.
        titre: what it shows, in a few words.
        description: the text alternative, which says what the figure says.
        largeur, hauteur: size in units of the viewBox.
    """

    ident: str
    svg: str
    titre: str
    description: str
    largeur: float
    hauteur: float


def coord(valeur: float) -> str:
    """A coordinate with at most one decimal.

    Raises:
        ValueError: the coordinate is not finite.
    """
    if not math.isfinite(valeur):
        raise ValueError("a coordinate is not finite")
    texte = f"{valeur:.1f}"
    texte = texte[:-2] if texte.endswith(".0") else texte
    return "0" if texte == "-0" else texte


def texte(
    x: float,
    y: float,
    contenu: str,
    *,
    taille: float = 12,
    classe: str = "e",
    ancre: str = "start",
    gras: bool = False,
) -> str:
    """A line of text; `ancre` is start, middle or end."""
    poids = ' font-weight="600"' if gras else ""
    place = f' text-anchor="{ancre}"' if ancre != "start" else ""
    return (
        f'<text x="{coord(x)}" y="{coord(y)}" font-size="{coord(taille)}" class="{classe}" '
        f"{CLASSES[classe]}{place}{poids}>{escape(contenu, quote=False)}</text>"
    )


def rectangle(x: float, y: float, w: float, h: float, *, classe: str = "a", remplissage: str = "") -> str:
    """A rectangle filled with a class, or with `remplissage` (a pattern's url)."""
    fond = f'fill="{remplissage}"' if remplissage else f'class="{classe}" {CLASSES[classe]}'
    return f'<rect x="{coord(x)}" y="{coord(y)}" width="{coord(w)}" height="{coord(h)}" {fond}/>'


def ligne(
    x1: float, y1: float, x2: float, y2: float, *, classe: str = "t", epaisseur: float = 1, tirets: str = ""
) -> str:
    """A straight line; `tirets` is a dash pattern."""
    pointille = f' stroke-dasharray="{tirets}"' if tirets else ""
    return (
        f'<path d="M{coord(x1)} {coord(y1)}L{coord(x2)} {coord(y2)}" class="{classe}" {CLASSES[classe]} '
        f'fill="none" stroke-width="{coord(epaisseur)}"{pointille}/>'
    )


def hachures(ident: str) -> str:
    """The definition of the pattern that means "non observé"; use it with `fill="url(#ident)"`."""
    return (
        f'<pattern id="{ident}" width="5" height="5" patternUnits="userSpaceOnUse" '
        f'patternTransform="rotate(45)"><rect width="5" height="5" class="f" {CLASSES["f"]}/>'
        f'<path d="M0 0V5" class="hs" stroke="{SOURDINE}" stroke-width="1.6"/></pattern>'
    )


def couper(contenu: str, largeur: float, taille: float = 12) -> list[str]:
    """Cut a text at spaces so that each line holds in `largeur` units; a longer word stays whole."""
    maximum = max(1, int(largeur / (taille * LARGEUR_CARACTERE)))
    lignes = [""]
    for mot in contenu.split(" "):
        essai = f"{lignes[-1]} {mot}".strip()
        if len(essai) > maximum and lignes[-1]:
            lignes.append(mot)
        else:
            lignes[-1] = essai
    return lignes


def assembler(
    ident: str,
    titre: str,
    description: str,
    *,
    hauteur: float,
    corps: list[str],
    definitions: list[str],
    largeur: float = LARGEUR,
) -> Figure:
    """Wrap the elements into an accessible `<svg>` whose identifiers start with `ident`."""
    defs = f"<defs>{''.join(definitions)}</defs>" if definitions else ""
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {coord(largeur)} {coord(hauteur)}" '
        f'width="{coord(largeur)}" height="{coord(hauteur)}" role="img" '
        f'aria-labelledby="{ident}-t {ident}-d" font-family="{POLICE}">'
        f'<title id="{ident}-t">{escape(titre, quote=False)}</title>'
        f'<desc id="{ident}-d">{escape(description, quote=False)}</desc>{defs}{"".join(corps)}</svg>'
    )
    return Figure(
        ident=ident, svg=svg, titre=titre, description=description, largeur=largeur, hauteur=hauteur
    )
