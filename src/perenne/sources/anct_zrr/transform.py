"""Communes classed, wholly or partly, in zone de revitalisation rurale."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits import classements
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `zonage`."""
    return {"zonage": classements(brut, brut.insee_code, brut.status, notice.tables)}
