"""Communes where an espace France services stands, and how many."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits import extraire_codes, mesure, programme
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Tables `zonage` and `denombrement` (number of places); the assembly adds the population."""
    lieux = extraire_codes(brut).group_by("codes").agg(nombre=lambda t: t.count())
    return {
        "zonage": programme(brut, "france-services"),
        "denombrement": lieux.select(
            **mesure(
                lieux.codes,
                "france-services",
                notice.millesime,
                lieux.nombre,
                numerateur=lieux.nombre,
            )
        ),
    }
