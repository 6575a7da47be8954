"""Members of the EPCI à fiscalité propre."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `epci`."""
    return {
        "epci": brut.select(
            code=brut.insee,
            epci=brut.siren,
            nom=brut.raison_sociale.strip(),
            nature=brut.nature_juridique,
            siren_membre=brut.siren_membre,
        )
    }
