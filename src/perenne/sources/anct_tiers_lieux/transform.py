"""Third places counted in 2023."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits_entreprises import registre
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `registre`."""
    return {
        "registre": brut.select(
            **registre(
                "tiers-lieux",
                notice,
                reference=brut.ID_UNIQUE,
                nom=brut.NOM,
                nom_usage=brut.NOM_STRC_PORT,
                code_commune=brut.Insee,
            )
        )
    }
