"""EPCI (and a few communes, by their SIREN) of the programme Territoires d'industrie."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits import programme
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `zonage`."""
    return {"zonage": programme(brut, "ti")}
