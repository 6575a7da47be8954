"""A line through the years, first and last points labelled, gaps left where nothing was observed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perenne.reports.svg.base import ACCENT, LARGEUR, Figure, assembler, coord, ligne, texte

GAUCHE, DROITE, HAUT, BAS, AXE = 30.0, 310.0, 22.0, 84.0, 104.0


@dataclass(frozen=True, kw_only=True)
class Point:
    """A year and its value, written; `valeur` is None where nothing was observed."""

    annee: int
    valeur: float | None
    etiquette: str


def _troncons(points: Sequence[Point]) -> list[list[Point]]:
    morceaux: list[list[Point]] = [[]]
    for point in points:
        if point.valeur is None:
            morceaux.append([])
        else:
            morceaux[-1].append(point)
    return [m for m in morceaux if m]


def dessiner_courbe(ident: str, titre: str, points: Sequence[Point]) -> Figure:
    """Draw the values by year.

    The vertical scale goes from the lowest to the highest value, which the caption must say; a flat series is
    drawn in the middle. Fewer than two observed points give an empty frame that says it.
    """
    connus = [(p.annee, p.valeur) for p in points if p.valeur is not None]
    description = " ; ".join(f"{p.annee} : {p.etiquette}" for p in points) + "."
    if len(connus) < 2:
        corps = [texte(LARGEUR / 2, 40, "évolution non observée", classe="s", ancre="middle")]
        return assembler(ident, titre, description, hauteur=64, corps=corps, definitions=[])
    debut, fin = connus[0][0], connus[-1][0]
    bas, haut = min(v for _, v in connus), max(v for _, v in connus)

    def x(annee: int) -> float:
        return GAUCHE + (DROITE - GAUCHE) * (annee - debut) / (fin - debut)

    def y(valeur: float) -> float:
        return BAS - (BAS - HAUT) * (valeur - bas) / (haut - bas) if haut > bas else (HAUT + BAS) / 2

    corps = [ligne(GAUCHE, AXE, DROITE, AXE)]
    for annee in range(debut, fin + 1):
        corps.append(ligne(x(annee), AXE, x(annee), AXE + 3))
    for troncon in _troncons(points):
        chemin = "L".join(f"{coord(x(p.annee))} {coord(y(p.valeur or 0.0))}" for p in troncon)
        seul = "h0" if len(troncon) == 1 else ""
        corps.append(
            f'<path d="M{chemin}{seul}" fill="none" class="ca" stroke="{ACCENT}" '
            f'stroke-width="2.5" stroke-linecap="round" stroke-linejoin="round"/>'
        )
    observes = [p for p in points if p.valeur is not None]
    valeurs = [p.valeur or 0.0 for p in observes]
    part_en_hausse, finit_en_baisse = valeurs[1] > valeurs[0], valeurs[-1] < valeurs[-2]
    for point, ancre, dessous in (
        (observes[0], "start", part_en_hausse),
        (observes[-1], "end", finit_en_baisse),
    ):
        px, py = x(point.annee), y(point.valeur or 0.0)
        corps.append(f'<circle cx="{coord(px)}" cy="{coord(py)}" r="4" class="a" fill="{ACCENT}"/>')
        dx = 8 - GAUCHE if ancre == "start" else LARGEUR - 8 - DROITE
        corps.append(texte(px + dx, py + (16 if dessous else -9), point.etiquette, ancre=ancre, gras=True))
        corps.append(texte(px, AXE + 16, str(point.annee), taille=10.5, classe="s", ancre="middle"))
    return assembler(ident, titre, description, hauteur=AXE + 22, corps=corps, definitions=[])
