"""Massif of each commune that has one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.gabarits import zonage
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Tables `attribut` and `zonage`; the class is `massif`: the file does not say the zone de montagne."""
    massif = brut.niveau_montagne.strip().re_replace(r"^\d+ - ", "")
    return {
        "attribut": brut.select(code=brut.insee_com, attribut=ibis.literal("massif"), valeur=massif),
        "zonage": brut.select(
            **zonage(brut.insee_com, "montagne", classement=ibis.literal("massif"), libelle=massif)
        ),
    }
