"""Quartiers prioritaires and the communes in which they stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `quartier`, one row a quartier and a commune."""
    lignes = brut.mutate(commune=brut.communes_insee.strip().re_replace(r"\s+", " ").split(" ")).unnest(
        "commune"
    )
    return {"quartier": lignes.select(code=lignes.code_qp, nom=lignes.lib_qp.strip(), commune=lignes.commune)}
