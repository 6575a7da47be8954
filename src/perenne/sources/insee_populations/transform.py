"""Municipal population of communes and of municipal districts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits import mesures_de_colonnes
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `mesure`."""
    return {"mesure": mesures_de_colonnes(brut, notice, brut.COM)}
