"""Outlines of the quartiers prioritaires; the assembly refuses a file that draws communes instead."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `contour_quartier`."""
    return {
        "contour_quartier": brut.select(code=brut.code_qp, commune=brut.insee_com, geometrie=brut.geometrie)
    }
