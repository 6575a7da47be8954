"""The list of ESS enterprises kept by ESS France (article 6 of the law of 2014)."""

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
                "ess-france",
                notice,
                siren=brut.SIREN.strip(),
            )
        )
    }
