"""EPCI (and a few communes, by their SIREN) of the programme Territoires d'industrie, and their outlines."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits import extraire_codes, programme, propre, zonage
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Tables `zonage` and `emprise`, the outline of the territory that each code is part of."""
    codes = extraire_codes(brut)
    emprise = codes.select(
        **zonage(codes.codes, "ti", libelle=propre(codes.lib_territoire)), geometrie=codes.geometrie
    )
    return {"zonage": programme(brut, "ti"), "emprise": emprise}
