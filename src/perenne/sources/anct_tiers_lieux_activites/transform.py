"""What third places say they offer, 2023."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.gabarits_entreprises import service
from perenne.pipeline.notice import Notice

OUI = ("1", "1.0", "oui", "vrai", "true", "x")


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `service`: one row a place that offers something known."""
    vide = ibis.literal("")
    dits = [
        ibis.ifelse(brut[colonne].strip().lower().isin(OUI), ibis.literal(f"{theme} "), vide)
        for colonne, theme in notice.tables["themes"].items()
    ]
    themes = dits[0] + dits[1] + dits[2]
    lignes = brut.select(**service("tiers-lieux", reference=brut.ID_UNIQUE, themes=themes))
    return {"service": lignes.filter(lignes.themes.notnull())}
