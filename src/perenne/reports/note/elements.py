"""What a note is made of, whatever the file it is written to: sentences, tables, figures, sources."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Literal

from perenne.reports.svg.base import Figure

Genre = Literal["texte", "nombre", "absent", "alerte"]
"""texte; nombre: aligned right; absent: words for what was not observed; alerte: marked by a sign too."""


@dataclass(frozen=True, kw_only=True)
class Cellule:
    """A cell: what is read, and the value a spreadsheet keeps.

    Attributes:
        texte: as written in a page.
        brut: the number or the date itself, None for words.
        format: the spreadsheet's number format of `brut`.
        court: what is read where room is short (PDF, Word); empty when `texte` is short enough.
    """

    texte: str
    brut: float | int | dt.date | None = None
    format: str = ""
    court: str = ""
    genre: Genre = "texte"


@dataclass(frozen=True, kw_only=True)
class Colonne:
    """A column; `nombre` aligns it right; `part` is its share of the width."""

    titre: str
    nombre: bool = False
    part: float = 1.0


@dataclass(frozen=True, kw_only=True)
class Tableau:
    """A table whose first column names its rows.

    Attributes:
        ident: identifier in the page and name of the sheet.
        legende: the caption, which says what is compared.
        note: what is said under it, empty for nothing.
    """

    ident: str
    legende: str
    colonnes: tuple[Colonne, ...]
    lignes: tuple[tuple[Cellule, ...], ...]
    note: str = ""

    def borner(self, maximum: int, suite: str) -> Tableau:
        """Keep at most `maximum` rows, short texts, and say in the note how many were left for `suite`."""
        lignes = tuple(tuple(_abreger(c) for c in ligne) for ligne in self.lignes[:maximum])
        reste = len(self.lignes) - maximum
        if reste <= 0:
            return replace(self, lignes=lignes)
        mots = "ligne n’est pas reprise" if reste == 1 else "lignes ne sont pas reprises"
        dit = f"{reste} {mots} ici : voir {suite}."
        return replace(self, lignes=lignes, note=f"{self.note} {dit}".strip())


def _abreger(cellule: Cellule) -> Cellule:
    return replace(cellule, texte=cellule.court) if cellule.court else cellule


@dataclass(frozen=True, kw_only=True)
class Point:
    """An item of a list: a few bold words, then its sentence; `details` are said under it."""

    titre: str
    texte: str = ""
    details: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Illustration:
    """A figure in its section, with the caption that stands under it."""

    figure: Figure
    legende: str


@dataclass(frozen=True, kw_only=True)
class Note:
    """A note de territoire, ready to be written.

    Attributes:
        titre: "Note de territoire : Guéret".
        chapeau: what the territory is, in one line.
        au: the date it is read at, written in full; `version_atlas` the data it was read from.
        avertissement: what must be said before anything else (fictional data, former commune); empty: none.
        comparaison: what it is compared with; constat: said instead of figures when nothing is observed.
        essentiel: the answer, in the order of the product's promise.
        sources_citees: the same sources in lines, for a paper page.
        donnees: every value as it is in the atlas, for the spreadsheet only; offre_donnees, operateurs too.
        offre_resume: who answers each need, for a paper page; the two others say it layer by layer.
    """

    titre: str
    nom: str
    code: str
    chapeau: str
    au: str
    au_iso: str
    version_atlas: str
    avertissement: str
    essentiel: tuple[Point, ...]
    illustrations: tuple[Illustration, ...]
    comparaison: str
    constat: str
    indicateurs: Tableau
    cget: Tableau
    carte: Tableau
    zonages: Tableau
    besoins: Tableau
    besoins_suite: str
    acteurs: tuple[Point, ...]
    offre: str
    offre_resume: Tableau
    offre_besoins: Tableau
    offre_activites: Tableau
    offre_donnees: Tableau
    operateurs: Tableau
    precedents: tuple[Point, ...]
    suites: tuple[Point, ...]
    pairs: Tableau
    tendances: Tableau
    donnees: Tableau
    sources: Tableau
    sources_citees: tuple[str, ...]
    limites: tuple[str, ...]

    def tableaux(self) -> tuple[Tableau, ...]:
        """Every table that is read, when it is not empty, in the order of the note, sources last."""
        tous = (
            self.indicateurs,
            self.cget,
            self.tendances,
            self.carte,
            self.zonages,
            self.besoins,
            self.offre_besoins,
            self.offre_activites,
            self.pairs,
            self.sources,
        )
        return tuple(t for t in tous if t.lignes)
