"""An extract of the legal units of Sirene; the state of the units is not in it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.gabarits_entreprises import rempli, unite_legale
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `unite_legale`."""
    return {
        "unite_legale": brut.select(
            **unite_legale(
                brut.siren,
                nom=rempli(brut.denominationUniteLegale),
                forme=brut.categorieJuridiqueUniteLegale,
                mention=brut.economieSocialeSolidaireUniteLegale,
                naf=brut.activitePrincipaleUniteLegale,
                effectif=brut.trancheEffectifsUniteLegale,
                diffusible=ibis.literal(True),
            )
        )
    }
