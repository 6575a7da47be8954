"""Signs that stand for places on a map: told apart by their shape, never by their colour alone."""

from __future__ import annotations

from html import escape
from typing import Literal

from perenne.reports.svg.base import CLASSES, ENCRE, FOND, coord

Signe = Literal["rond", "carre", "triangle", "losange", "croix", "anneau"]
SIGNES: tuple[Signe, ...] = ("rond", "carre", "triangle", "losange", "croix", "anneau")
_BORD = f'stroke="{FOND}" stroke-width=".8"'


def dessiner_signe(signe: Signe, x: float, y: float, bulle: str = "", r: float = 3.4) -> str:
    """A sign around a point, `r` units about it; `bulle` is what a pointer shows."""
    titre = f"<title>{escape(bulle, quote=False)}</title>" if bulle else ""
    if signe == "anneau":
        trait = f'fill="{FOND}" class="f n" stroke="{ENCRE}" stroke-width="1.3"'
        return f'<circle cx="{coord(x)}" cy="{coord(y)}" r="{coord(0.75 * r)}" {trait}>{titre}</circle>'
    plein = f'class="e c" {CLASSES["e"]} {_BORD}'
    if signe == "rond":
        return f'<circle cx="{coord(x)}" cy="{coord(y)}" r="{coord(r)}" {plein}>{titre}</circle>'
    return f'<path d="{_contour(signe, x, y, r)}" {plein}>{titre}</path>'


def _contour(signe: Signe, x: float, y: float, r: float) -> str:
    """The outline of a sign; each is about as large as the disc."""
    if signe == "carre":
        c = 0.9 * r
        return f"M{coord(x - c)} {coord(y - c)}h{coord(2 * c)}v{coord(2 * c)}h{coord(-2 * c)}z"
    if signe == "triangle":
        h, c = 1.25 * r, 1.2 * r
        return f"M{coord(x)} {coord(y - h)}L{coord(x + c)} {coord(y + 0.8 * r)}H{coord(x - c)}z"
    if signe == "losange":
        cote, envers = coord(1.35 * r), coord(-1.35 * r)
        return f"M{coord(x)} {coord(y - 1.35 * r)}l{cote} {cote}l{envers} {cote}l{envers} {envers}z"
    d, b = 1.2 * r, 0.45 * r
    return (
        f"M{coord(x - b)} {coord(y - d)}h{coord(2 * b)}v{coord(d - b)}h{coord(d - b)}v{coord(2 * b)}"
        f"h{coord(b - d)}v{coord(d - b)}h{coord(-2 * b)}v{coord(b - d)}h{coord(b - d)}v{coord(-2 * b)}"
        f"h{coord(d - b)}z"
    )


def dessiner_nombre(x: float, y: float, dit: str, bulle: str, r: float) -> str:
    """A disc with a number in it, for several places drawn as one."""
    return (
        f'<g><title>{escape(bulle, quote=False)}</title><circle cx="{coord(x)}" cy="{coord(y)}" '
        f'r="{coord(r)}" class="f n" fill="{FOND}" fill-opacity=".92" stroke="{ENCRE}" stroke-width="1"/>'
        f'<text x="{coord(x)}" y="{coord(y + 3)}" font-size="8.5" text-anchor="middle" class="e" '
        f'{CLASSES["e"]} font-weight="600">{escape(dit, quote=False)}</text></g>'
    )


def illustrer_signe(signe: Signe, cote: int = 16) -> str:
    """The sign alone, for a legend or a list: words say it beside, so screen readers leave it out."""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 12 12" width="{cote}" height="{cote}" '
        f'aria-hidden="true" focusable="false" class="signe">{dessiner_signe(signe, 6, 6, r=4)}</svg>'
    )
