"""A report in plain text for a terminal: the answer first, tables aligned, no colour."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from perenne.reports.note.elements import Point, Tableau
from perenne.reports.rapport.elements import Rapport

LARGEUR = 100
COLONNE_MAX, COLONNE_MIN = 38, 13


def ecrire_texte(rapport: Rapport) -> str:
    """Write a report as text of at most 100 columns where its tables allow."""
    lignes = [rapport.titre, "=" * len(rapport.titre), *_couper(rapport.chapeau)]
    if rapport.avertissement:
        lignes += ["", *_couper(f"/!\\ {rapport.avertissement}")]
    for point in rapport.essentiel:
        lignes += ["", *_point(point)]
    for section in rapport.sections:
        lignes += ["", "", section.titre, "-" * len(section.titre)]
        for phrase in section.phrases:
            lignes += _couper(phrase)
        if section.dessin:
            lignes += ["", *section.dessin.split("\n")]
        for point in section.points:
            lignes += _point(point, "  - ")
        for tableau in section.tableaux:
            lignes += ["", *_tableau(tableau)]
    lignes += ["", "", "Limites", "-------"]
    for limite in rapport.limites:
        lignes += textwrap.wrap(limite, LARGEUR, initial_indent="  - ", subsequent_indent="    ")
    return "\n".join(ligne.rstrip() for ligne in lignes) + "\n"


def _couper(phrase: str) -> list[str]:
    return textwrap.wrap(phrase, LARGEUR, break_on_hyphens=False)


def _point(point: Point, debut: str = "") -> list[str]:
    retrait = " " * len(debut)
    # "Titre. Une phrase." but "Titre : une suite", as in the other formats.
    lien = ". " if point.texte[:1].isupper() or not point.texte[:1].isalpha() else "\u00a0: "
    dit = f"{point.titre}{lien}{point.texte}" if point.titre else point.texte
    lignes = textwrap.wrap(
        dit, LARGEUR, initial_indent=debut, subsequent_indent=retrait, break_on_hyphens=False
    )
    for detail in point.details:
        lignes += textwrap.wrap(
            detail,
            LARGEUR,
            initial_indent=f"{retrait}  - ",
            subsequent_indent=f"{retrait}    ",
            break_on_hyphens=False,
        )
    return lignes


def _tableau(tableau: Tableau) -> Iterator[str]:
    if not tableau.lignes:
        return
    if tableau.legende:
        yield from _couper(tableau.legende)
    for maximum in range(COLONNE_MAX, COLONNE_MIN, -2):
        titres = [textwrap.wrap(c.titre, 10 if c.nombre else maximum) for c in tableau.colonnes]
        corps = [
            [
                textwrap.wrap(c.texte or "—", maximum, break_on_hyphens=False, break_long_words=False)
                or ["—"]
                for c in ligne
            ]
            for ligne in tableau.lignes
        ]
        largeurs = [
            max(len(m) for ligne in (titres, *corps) for m in ligne[j]) for j in range(len(tableau.colonnes))
        ]
        if sum(largeurs) + 2 * len(largeurs) <= LARGEUR:
            break
    droite = [c.nombre for c in tableau.colonnes]

    def rang(cellules: list[list[str]]) -> Iterator[str]:
        for n in range(max(len(c) for c in cellules)):
            morceaux = [c[n] if n < len(c) else "" for c in cellules]
            yield "  ".join(
                m.rjust(w) if d else m.ljust(w) for m, w, d in zip(morceaux, largeurs, droite, strict=True)
            )

    yield from rang(titres)
    yield "  ".join("-" * w for w in largeurs)
    for ligne in corps:
        yield from rang(ligne)
    if tableau.note:
        yield from _couper(tableau.note)
