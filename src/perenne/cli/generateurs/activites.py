"""One page per activity of social utility."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perenne.services.classement.montrer import pages_activites


def generer_activites(racine: Path) -> Mapping[str, str]:
    """`docs/reference/activites/<id>.md` and their list."""
    pages = pages_activites(racine / "knowledge")
    return {f"docs/reference/activites/{nom}": texte for nom, texte in pages.items()}
