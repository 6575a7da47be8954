"""Horizontal bars with direct labels; what was not observed has a hatched bar and its words, never a zero."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perenne.reports.svg.base import (
    LARGEUR,
    Figure,
    assembler,
    couper,
    hachures,
    ligne,
    rectangle,
    texte,
)

MARGE = 8.0
HAUT_BARRE = 12.0


@dataclass(frozen=True, kw_only=True)
class Barre:
    """One bar.

    Attributes:
        libelle: what is measured.
        valeur: the number, in the common unit of the chart; None when it was not observed.
        etiquette: the value as written, or the words for what was not observed.
        principale: the bar of the territory itself, in the accent colour and bold.
    """

    libelle: str
    valeur: float | None
    etiquette: str
    principale: bool = False


def dessiner_barres(ident: str, titre: str, barres: Sequence[Barre]) -> Figure:
    """Draw one bar under its label, lengths proportional to the values from a common zero.

    Negative values go to the left of the zero. The description gives every value.
    """
    motif = f"{ident}-h"
    connues = [b.valeur for b in barres if b.valeur is not None]
    haut, bas = max([0.0, *connues]), min([0.0, *connues])
    place = LARGEUR - 2 * MARGE - 70
    etendue = haut - bas or 1.0
    zero = MARGE + place * (-bas / etendue)
    corps: list[str] = []
    y = 2.0
    for barre in barres:
        for morceau in couper(barre.libelle, LARGEUR - 2 * MARGE):
            y += 14
            corps.append(texte(MARGE, y, morceau, gras=barre.principale))
        y += 5
        if barre.valeur is None:
            corps.append(rectangle(zero, y, 60, HAUT_BARRE, remplissage=f"url(#{motif})"))
            fin = zero + 60
        else:
            longueur = place * (abs(barre.valeur) / etendue)
            gauche = zero if barre.valeur >= 0 else zero - longueur
            corps.append(rectangle(gauche, y, longueur, HAUT_BARRE, classe="a" if barre.principale else "g"))
            fin = max(zero, gauche + longueur)
        corps.append(ligne(zero, y - 2, zero, y + HAUT_BARRE + 2, classe="n"))
        corps.append(texte(fin + 5, y + HAUT_BARRE - 2, barre.etiquette, gras=barre.principale))
        y += HAUT_BARRE + 5
    description = " ; ".join(f"{b.libelle} : {b.etiquette}" for b in barres) + "."
    return assembler(ident, titre, description, hauteur=y + 3, corps=corps, definitions=[hachures(motif)])
