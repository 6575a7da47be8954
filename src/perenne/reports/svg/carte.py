"""The small map of a note: the territory and its neighbours, classes told by colour, pattern and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from perenne.reports.svg.base import (
    ACCENT,
    ALERTE,
    CLASSES,
    ENCRE,
    FOND,
    GAMME,
    GRIS,
    LARGEUR,
    Figure,
    assembler,
    coord,
    hachures,
    ligne,
    texte,
)
from perenne.reports.svg.geometrie import Anneau, Cadre, cadrer, tracer
from perenne.reports.svg.signes import Signe, dessiner_nombre, dessiner_signe
from perenne.reports.typographie import nombre

HAUTEUR = 230.0
MARGE_VOISINS = 0.35
"""Share of the territory's size left around it, where the neighbours show."""

ETIQUETTES_MAX = 8
INTERLIGNE = 15.0
MOTIFS = (1, 2)
"""Classes that carry a pattern."""

Role = Literal["territoire", "voisin", "quartier"]


@dataclass(frozen=True, kw_only=True)
class Forme:
    """An outline to draw.

    Attributes:
        role: part of the territory, a neighbour, or a quarter drawn on top.
        classe: rank of its class in the legend, from 0; None: no class (neighbours); -1: not observed.
        etiquette: name written on the map, empty for none.
        bulle: what a pointer shows, its name and value.
    """

    anneaux: tuple[Anneau, ...]
    role: Role
    classe: int | None = None
    etiquette: str = ""
    bulle: str = ""


@dataclass(frozen=True, kw_only=True)
class Repere:
    """A point to draw, in degrees.

    Attributes:
        bulle: what a pointer shows.
        signe: its shape.
        nombre: how many places it stands for, written in it; 0 for one place.
        rayon: of the disc that holds the number.
    """

    lon: float
    lat: float
    bulle: str = ""
    signe: Signe = "rond"
    nombre: int = 0
    rayon: float = 0.0


def _motif(ident: str, rang: int) -> str:
    """The strokes that tell a class apart without its colour, drawn over it."""
    encre = ENCRE if rang < 2 else "#ffffff"
    traits = {
        1: f'<circle cx="3.5" cy="3.5" r=".9" class="p1" fill="{encre}" fill-opacity=".6"/>',
        2: f'<path d="M0 7L7 0" class="q2" stroke="{encre}" stroke-opacity=".7" stroke-width=".9"/>',
    }[rang]
    pas = 'width="7" height="7" patternUnits="userSpaceOnUse"'
    return f'<pattern id="{ident}-{rang}" {pas}>{traits}</pattern>'


def _remplissages(ident: str, forme: Forme) -> tuple[str, ...]:
    """Attributes of each layer of a shape: its colour, then its pattern if it has one."""
    if forme.role == "quartier":
        return (f'class="qp" fill="{ALERTE}" fill-opacity=".75" stroke="{ENCRE}" stroke-width="1"',)
    if forme.role == "voisin":
        return (f'class="v" fill="{GRIS}" fill-opacity=".45" stroke="{FOND}" stroke-width=".8"',)
    if forme.classe is not None and forme.classe < 0:
        return (f'class="c" fill="url(#{ident}-h)" stroke="{FOND}" stroke-width=".6"',)
    rang = 1 if forme.classe is None else forme.classe
    fond = f'class="k{rang} c" fill="{GAMME[rang]}" stroke="{FOND}" stroke-width=".8"'
    return (fond, f'fill="url(#{ident}-{rang})"') if forme.classe in MOTIFS else (fond,)


def _echelle(cadre: Cadre) -> list[str]:
    """A bar of a round number of kilometres, about a fifth of the width."""
    cible = cadre.km_par_unite() * LARGEUR / 5
    candidats = [base * 10.0**puissance for puissance in range(-1, 4) for base in (1, 2, 5)]
    km = max((c for c in candidats if c <= cible), default=candidats[0])
    longueur = km / cadre.km_par_unite()
    y = HAUTEUR - 7
    return [
        ligne(8, y, 8 + longueur, y, classe="n", epaisseur=2),
        texte(8, y - 5, f"{nombre(km, 0 if km >= 1 else 1)} km", taille=10),
    ]


def _etiquettes(cadre: Cadre, formes: Sequence[Forme], baisse: float) -> list[str]:
    """Names in the order given, each dropped when it would cover one already written.

    Args:
        baisse: how far under the middle of its outline a name is written.
    """
    corps: list[str] = []
    prises: list[tuple[float, float, float]] = []
    for forme in formes:
        if not forme.etiquette or len(prises) >= ETIQUETTES_MAX:
            continue
        grand = max(forme.anneaux, key=len)
        x, y = cadre.placer(
            (min(p[0] for p in grand) + max(p[0] for p in grand)) / 2,
            (min(p[1] for p in grand) + max(p[1] for p in grand)) / 2,
        )
        demi = len(forme.etiquette) * 11 * 0.29
        x = min(max(x, demi + 4), LARGEUR - demi - 4)
        if any(abs(x - px) < demi + pd and abs(y - py) < INTERLIGNE for px, py, pd in prises):
            continue
        prises.append((x, y, demi))
        encre = texte(x, y + baisse, forme.etiquette, taille=11, ancre="middle", gras=True)
        halo = encre.replace(f'class="e" {CLASSES["e"]}', f'class="halo" fill="none" stroke="{FOND}"')
        corps += [halo.replace("<text ", '<text stroke-width="3" aria-hidden="true" ', 1), encre]
    return corps


def _legende(ident: str, legende: Sequence[tuple[int | None, str, Role]]) -> tuple[list[str], float]:
    corps: list[str] = []
    x, y = 8.0, HAUTEUR + 8
    for classe, libelle, role in legende:
        largeur = 24 + len(libelle) * 10.5 * 0.55
        if x + largeur > LARGEUR - 4 and x > 8:
            x, y = 8.0, y + 17
        echantillon = Forme(anneaux=(), role=role, classe=classe)
        carre = f"M{coord(x)} {coord(y)}h16v11h-16z"
        corps += [f'<path d="{carre}" {r}/>' for r in _remplissages(ident, echantillon)]
        corps.append(texte(x + 21, y + 9.5, libelle, taille=10.5))
        x += largeur + 8
    return corps, y + 20


def cadrer_carte(siennes: Sequence[Anneau], *, entouree: bool) -> Cadre:
    """The frame of a map: the territory, with room around it when its neighbours are drawn."""
    retrait = HAUTEUR * MARGE_VOISINS / 2 if entouree else 8.0
    return cadrer(siennes, retrait, retrait, LARGEUR - 2 * retrait, HAUTEUR - 2 * retrait)


def dessiner_carte(
    ident: str,
    titre: str,
    description: str,
    formes: Sequence[Forme],
    legende: Sequence[tuple[int | None, str, Role]],
    *,
    reperes: Sequence[Repere] = (),
) -> Figure:
    """Draw the map.

    Args:
        ident: identifier of the figure, unique in its page.
        titre: what the map shows.
        description: its text alternative (classes and counts).
        formes: outlines; the frame fits those of the territory, neighbours fill the rest and are cut.
        legende: (class, words, role), in the order of the classes.
        reperes: points drawn over the outlines; those outside the frame are left out.

    Raises:
        ValueError: no outline belongs to the territory.
    """
    siennes = [a for f in formes if f.role != "voisin" for a in f.anneaux]
    boite = (0.0, 0.0, LARGEUR, HAUTEUR)
    cadre = cadrer_carte(siennes, entouree=any(f.role == "voisin" for f in formes))
    ordre: dict[Role, int] = {"voisin": 0, "territoire": 1, "quartier": 2}
    corps = []
    for forme in sorted(formes, key=lambda f: ordre[f.role]):
        chemin = tracer(cadre, forme.anneaux, boite)
        for rang, remplissage in enumerate(_remplissages(ident, forme) if chemin else ()):
            bulle = f"<title>{_echapper(forme.bulle)}</title>" if forme.bulle and not rang else ""
            corps.append(f'<path d="{chemin}" fill-rule="evenodd" {remplissage}>{bulle}</path>')
    contour = "".join(tracer(cadre, f.anneaux, boite) for f in formes if f.role == "territoire")
    if sum(f.role == "territoire" for f in formes) == 1:
        corps.append(f'<path d="{contour}" fill="none" class="ca" stroke="{ACCENT}" stroke-width="1.6"/>')
    # Most points and discs stand around the middle of a commune: its name goes under them.
    baisse = 22 if any(r.nombre for r in reperes) else 16 if reperes else 4
    corps += _etiquettes(cadre, formes, baisse) + _echelle(cadre)
    corps += [r for repere in reperes if (r := _repere(cadre, repere))]
    morceaux, hauteur = _legende(ident, legende)
    definitions = [hachures(f"{ident}-h"), *(_motif(ident, rang) for rang in MOTIFS)]
    return assembler(
        ident, titre, description, hauteur=hauteur, corps=corps + morceaux, definitions=definitions
    )


def _repere(cadre: Cadre, repere: Repere) -> str:
    x, y = cadre.placer(repere.lon, repere.lat)
    if not (0 <= x <= LARGEUR and 0 <= y <= HAUTEUR):
        return ""
    if repere.nombre:
        return dessiner_nombre(x, y, nombre(repere.nombre), repere.bulle, repere.rayon)
    return dessiner_signe(repere.signe, x, y, repere.bulle)


def _echapper(contenu: str) -> str:
    return contenu.replace("&", "&amp;").replace("<", "&lt;")
