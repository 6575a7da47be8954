"""Outlines of communes and of municipal districts."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `contour`."""
    return {"contour": brut.select(code=brut.code, geometrie=brut.geometrie)}
