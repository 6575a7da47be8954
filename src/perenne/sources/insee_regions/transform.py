"""Names of the régions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `nom_territoire`."""
    return {
        "nom_territoire": brut.select(type=ibis.literal("region"), code=brut.REG, nom=brut.LIBELLE.strip())
    }
