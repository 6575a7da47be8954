"""A map of France: the régions, numbered points, and a box for each overseas région that has one."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from perenne.reports.svg.base import ACCENT, FOND, GRIS, TRAIT, Figure, assembler, coord, texte
from perenne.reports.svg.geometrie import Anneau, Cadre, cadrer, tracer

LARGEUR, HAUTEUR = 560.0, 520.0
COTE, MARGE = 78.0, 8.0
"""Side of the box of an overseas région, and what is left around it."""

RAYON = 12.0
TOURS = 60
"""Rounds in which points that hide one another push themselves apart."""


@dataclass(frozen=True, kw_only=True)
class Repere:
    """A numbered point; `bulle` is what a pointer shows."""

    numero: int
    lon: float
    lat: float
    bulle: str


@dataclass(frozen=True, kw_only=True)
class Partie:
    """A part of the country drawn in one frame: its outlines and its points; `nom` is written under a box."""

    anneaux: tuple[tuple[Anneau, ...], ...]
    reperes: tuple[Repere, ...]
    nom: str = ""


def dessiner_france(
    ident: str, titre: str, description: str, hexagone: Partie, outre_mer: Sequence[Partie]
) -> Figure:
    """Draw the map.

    Args:
        description: the text alternative; the same list stands beside it as a table.

    Raises:
        ValueError: there is no outline.
    """
    gauche = COTE + 2 * MARGE if outre_mer else MARGE
    boite = (gauche, MARGE, LARGEUR - MARGE, HAUTEUR - MARGE)
    corps = _contours(hexagone, boite)
    points = _placer(hexagone, boite)
    for rang, partie in enumerate(outre_mer):
        bas = HAUTEUR - MARGE - rang * (COTE + 24)
        carre = (MARGE, bas - COTE - 16, MARGE + COTE, bas - 16)
        corps.append(
            f'<path d="M{coord(carre[0])} {coord(carre[1])}h{coord(COTE)}v{coord(COTE)}h-{coord(COTE)}z" '
            f'fill="none" class="t" stroke="{TRAIT}"/>'
        )
        interieur = (carre[0] + 6, carre[1] + 6, carre[2] - 6, carre[3] - 6)
        corps += _contours(partie, interieur)
        corps.append(texte(MARGE + COTE / 2, bas - 2, partie.nom, taille=14, ancre="middle"))
        points += _placer(partie, interieur)
    corps += [_marque(r, x, y) for r, x, y in points]
    return assembler(ident, titre, description, hauteur=HAUTEUR, corps=corps, definitions=[], largeur=LARGEUR)


def _cadre(partie: Partie, boite: tuple[float, float, float, float]) -> Cadre:
    tous = [a for anneaux in partie.anneaux for a in anneaux]
    return cadrer(tous, boite[0], boite[1], boite[2] - boite[0], boite[3] - boite[1])


def _contours(partie: Partie, boite: tuple[float, float, float, float]) -> list[str]:
    cadre = _cadre(partie, boite)
    large = (boite[0] - 1, boite[1] - 1, boite[2] + 1, boite[3] + 1)
    chemins = (tracer(cadre, anneaux, large) for anneaux in partie.anneaux)
    trait = f'class="v" fill="{GRIS}" stroke="{FOND}" stroke-width="1"'
    return [f'<path d="{d}" fill-rule="evenodd" {trait}/>' for d in chemins if d]


def _placer(partie: Partie, boite: tuple[float, float, float, float]) -> list[tuple[Repere, float, float]]:
    """Where the points are drawn: at their place, or beside it when another one hides them."""
    cadre = _cadre(partie, boite)
    places = [list(cadre.placer(r.lon, r.lat)) for r in partie.reperes]
    for _ in range(TOURS):
        bouge = False
        for i, p in enumerate(places):
            for q in places[i + 1 :]:
                dx, dy = q[0] - p[0], q[1] - p[1]
                ecart = math.hypot(dx, dy)
                if ecart >= 2 * RAYON:
                    continue
                bouge = True
                # Two points of the same place part along the line of writing.
                ux, uy = (dx / ecart, dy / ecart) if ecart > 1e-6 else (1.0, 0.0)
                pousse = (2 * RAYON - ecart) / 2 + 0.1
                p[0], p[1] = p[0] - ux * pousse, p[1] - uy * pousse
                q[0], q[1] = q[0] + ux * pousse, q[1] + uy * pousse
        if not bouge:
            break
    return [
        (r, min(max(x, RAYON), LARGEUR - RAYON), min(max(y, RAYON), HAUTEUR - RAYON))
        for r, (x, y) in zip(partie.reperes, places, strict=True)
    ]


def _marque(repere: Repere, x: float, y: float) -> str:
    numero = texte(x, y + 5, str(repere.numero), taille=14, classe="f", ancre="middle", gras=True)
    return (
        f"<g><title>{escape(repere.bulle, quote=False)}</title>"
        f'<circle cx="{coord(x)}" cy="{coord(y)}" r="{coord(RAYON)}" class="a c" fill="{ACCENT}" '
        f'stroke="{FOND}" stroke-width="1.5"/>{numero}</g>'
    )
