"""The reference page of rules and facts."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from perenne.services.regles import decrire_regles


def generer_reference_regles(racine: Path) -> Mapping[str, str]:
    """`docs/reference/regles.md`."""
    return {"docs/reference/regles.md": decrire_regles(racine / "knowledge")}
