"""Communes of the programme Action cœur de ville."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits import programme
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `zonage`."""
    return {"zonage": programme(brut, "acv", date="date_signature")}
