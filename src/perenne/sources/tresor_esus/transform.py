"""ESUS agreements: a unit whose agreement is over is kept in the register, not in the reasons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits_entreprises import date, registre
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `registre`."""
    return {
        "registre": brut.select(
            **registre(
                "esus",
                notice,
                siren=brut.SIREN.strip(),
                nom=brut.DENOMINATION,
                date=date(brut.DATE_AGREMENT),
                fin=date(brut.DATE_FIN),
            )
        )
    }
