"""Communes classed France ruralités revitalisation, FRR+, and former ZRR that keep the benefit."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits import classements
from perenne.pipeline.notice import Notice

COLONNE = "Classement FRR et FRR+ au 10 juillet 2025"


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `zonage`: a commune in FRR+ is in `frr` (class `plus`) and in `frr-plus`."""
    return {"zonage": classements(brut, brut.Code_insee, brut[COLONNE], notice.tables)}
