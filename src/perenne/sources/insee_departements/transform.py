"""Names of the départements."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `nom_territoire`."""
    return {
        "nom_territoire": brut.select(
            type=ibis.literal("departement"), code=brut.DEP, nom=brut.LIBELLE.strip()
        )
    }
