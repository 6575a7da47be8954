"""Communes, delegated and associated ones, municipal districts; names of départements and régions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.notice import Notice

TYPES = {"COM": "commune", "ARM": "arrondissement-municipal", "COMD": "deleguee", "COMA": "associee"}
OUTRE_MER = ("971", "972", "973", "974", "976")


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Tables `commune`, `nom_territoire` and the members of the zoning `drom`."""
    communes = brut.select(
        type=brut.TYPECOM.cases(*TYPES.items()),
        code=brut.COM,
        nom=brut.LIBELLE.strip(),
        departement=brut.DEP,
        region=brut.REG,
        parent=brut.COMPARENT,
    )
    entieres = communes.filter(communes.type == "commune")
    noms = ibis.union(
        *[
            entieres.select(
                type=ibis.literal(type_),
                code=entieres[type_],
                nom=entieres[type_].cases(*notice.tables[table].items()),
            ).distinct()
            for type_, table in (("region", "regions"), ("departement", "departements"))
        ]
    )
    outre_mer = entieres.filter(entieres.departement.isin(OUTRE_MER))
    return {
        "commune": communes,
        "nom_territoire": noms,
        "zonage": outre_mer.select(
            code=outre_mer.code,
            zonage=ibis.literal("drom"),
            classement=ibis.null().cast("string"),
            libelle=ibis.null().cast("string"),
            du=ibis.null().cast("string"),
        ),
    }
