"""What a report is made of, whatever it is written to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from perenne.reports.note.elements import Illustration, Point, Tableau


@dataclass(frozen=True, kw_only=True)
class Section:
    """A section; `dessin` replaces its figures in plain text."""

    ident: str
    titre: str
    phrases: tuple[str, ...] = ()
    points: tuple[Point, ...] = ()
    illustrations: tuple[Illustration, ...] = ()
    tableaux: tuple[Tableau, ...] = ()
    dessin: str = ""


@dataclass(frozen=True, kw_only=True)
class Rapport:
    """A report, the answer first.

    Attributes:
        chapeau: what it is about, in one or two sentences.
        avertissement: what must be said before anything else; empty for nothing.
        jour: date written in the file; the same report gives the same bytes.
        limites: what the reader must know about the method.
    """

    titre: str
    chapeau: str
    avertissement: str
    jour: dt.date
    essentiel: tuple[Point, ...]
    sections: tuple[Section, ...]
    limites: tuple[str, ...]

    def tableaux(self) -> Iterator[Tableau]:
        """All tables, in order."""
        for section in self.sections:
            yield from section.tableaux
