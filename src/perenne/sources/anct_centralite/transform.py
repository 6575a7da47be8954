"""Level of centrality of each commune; the ones that are not classed are left empty."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `attribut`."""
    niveau = brut.niveau_centralite.strip()
    return {
        "attribut": brut.filter(~niveau.isin(list(notice.tables["sans_objet"]))).select(
            code=brut.insee_com, attribut=ibis.literal("centralite"), valeur=niveau
        )
    }
