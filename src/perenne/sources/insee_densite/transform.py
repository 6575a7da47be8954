"""Level of each commune in the seven-level density grid, 1 the densest."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `attribut`."""
    return {
        "attribut": brut.select(
            code=brut.insee_com,
            attribut=ibis.literal("densite"),
            valeur=brut.niveau_densite.strip().cases(*notice.tables["densite"].items()),
        )
    }
