"""Associations of the national register (since 2009)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits_entreprises import association
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `association`."""
    return {"association": brut.select(**association(brut, notice))}
