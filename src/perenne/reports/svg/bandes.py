"""A strip per indicator: where a territory stands among those it is compared with."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from perenne.reports.svg.base import (
    LARGEUR,
    Figure,
    assembler,
    coord,
    couper,
    hachures,
    ligne,
    rectangle,
    texte,
)

MARGE = 8.0
ETENDUE = LARGEUR - 2 * MARGE
HAUT_BANDE = 9.0


@dataclass(frozen=True, kw_only=True)
class Bande:
    """One indicator on its strip.

    Attributes:
        libelle: name of the indicator.
        valeur: the value as written (`18,4 %`), or the words for what was not observed.
        percentile: share of the compared territories below, in [0, 100]; None when there is no rank.
        alerte: whether the rank is unfavourable and marked: a diamond instead of a disc, and the word.
        sous_texte: what the rank means, in words.
    """

    libelle: str
    valeur: str
    percentile: float | None
    alerte: bool = False
    sous_texte: str = ""


def abscisse(percentile: float) -> float:
    """The place of a percentile on the strip.

    Raises:
        ValueError: the percentile is outside [0, 100].
    """
    if not 0 <= percentile <= 100:
        raise ValueError(f"percentile outside [0, 100]: {percentile}")
    return MARGE + ETENDUE * percentile / 100


def _repere(x: float, y: float, alerte: bool) -> str:
    if alerte:
        pointe = 7.5
        chemin = f"M{coord(x)} {coord(y - pointe)}l{pointe} {pointe}l-{pointe} {pointe}l-{pointe} -{pointe}z"
        return f'<path d="{chemin}" class="w b" fill="#9a4a00" stroke="#ffffff" stroke-width="1.5"/>'
    return (
        f'<circle cx="{coord(x)}" cy="{coord(y)}" r="6" class="a b" fill="#0b6b6b" '
        f'stroke="#ffffff" stroke-width="1.5"/>'
    )


def _une(bande: Bande, y: float, motif: str) -> tuple[list[str], float]:
    corps: list[str] = []
    place = ETENDUE - 8 - len(bande.valeur) * 12 * 0.56
    for morceau in couper(bande.libelle, place):
        y += 14
        corps.append(texte(MARGE, y, morceau))
    corps.append(texte(LARGEUR - MARGE, y, bande.valeur, ancre="end", gras=bande.percentile is not None))
    haut = y + 7
    if bande.percentile is None:
        corps.append(rectangle(MARGE, haut, ETENDUE, HAUT_BANDE, remplissage=f"url(#{motif})"))
    else:
        corps.append(rectangle(MARGE, haut + HAUT_BANDE / 2 - 1, ETENDUE, 2, classe="g"))
        corps.append(rectangle(abscisse(25), haut, ETENDUE / 2, HAUT_BANDE, classe="g"))
        corps.append(ligne(abscisse(50), haut - 2, abscisse(50), haut + HAUT_BANDE + 2, classe="n"))
        corps.append(_repere(abscisse(bande.percentile), haut + HAUT_BANDE / 2, bande.alerte))
    y = haut + HAUT_BANDE + 2
    for morceau in couper(bande.sous_texte, ETENDUE, 10.5) if bande.sous_texte else []:
        y += 12
        corps.append(texte(MARGE, y, morceau, taille=10.5, classe="w" if bande.alerte else "s"))
    return corps, y + 9


def dessiner_bandes(ident: str, titre: str, bandes: Sequence[Bande], comparables: str) -> Figure:
    """Draw one strip per indicator.

    Args:
        ident: identifier of the figure, unique in its page.
        titre: title of the figure.
        bandes: the indicators, from top to bottom.
        comparables: what the territory is compared with ("312 communes rurales à habitat dispersé").

    Returns:
        The figure; its description says every value and rank.
    """
    motif = f"{ident}-h"
    corps = [
        texte(abscisse(0), 11, "plus bas", taille=10.5, classe="s"),
        texte(abscisse(50), 11, "| médiane", taille=10.5, classe="s", ancre="middle"),
        texte(abscisse(100), 11, "plus haut", taille=10.5, classe="s", ancre="end"),
    ]
    y = 16.0
    for bande in bandes:
        morceaux, y = _une(bande, y, motif)
        corps += morceaux
    dits = " ; ".join(
        f"{b.libelle} : {b.valeur}" + (f", {b.sous_texte}" if b.sous_texte else "") for b in bandes
    )
    description = f"Place parmi {comparables}. {dits}."
    return assembler(ident, titre, description, hauteur=y, corps=corps, definitions=[hachures(motif)])
