"""What a check reports about a valid item."""

from __future__ import annotations

from dataclasses import dataclass

from perenne.kb.chemin import Chemin


@dataclass(frozen=True, kw_only=True)
class ConstatDeControle:
    """One thing wrong in a valid item; the loader turns it into a file and a line."""

    genre: str
    id: str
    chemin: Chemin
    message: str
    conseil: str = ""
