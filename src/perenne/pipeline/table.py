"""What a table of the atlas is."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Champ:
    """A column: its SQLite type and what it holds, in French."""

    nom: str
    type: str
    libelle: str


@dataclass(frozen=True, kw_only=True)
class Table:
    """A table of the atlas.

    Attributes:
        requete: what to select from the assembled tables.
        cle: columns of the primary key; empty for none.
        index: other indexes, each the columns it covers.
    """

    nom: str
    libelle: str
    champs: tuple[Champ, ...]
    cle: tuple[str, ...] = ()
    index: tuple[tuple[str, ...], ...] = ()


def lire_champs(texte: str) -> tuple[Champ, ...]:
    """Columns written « name | type | what it holds », one a line."""
    lignes = [ligne.strip().split(" | ") for ligne in texte.strip().splitlines()]
    return tuple(Champ(nom=n, type=t, libelle=lib) for n, t, lib in lignes)
