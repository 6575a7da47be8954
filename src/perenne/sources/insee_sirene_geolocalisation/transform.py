"""Where INSEE puts each establishment of Sirene, how surely, and in which quarter."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.gabarits import nombre
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `geolocalisation`."""
    vide = ibis.null().cast("string")

    def traduire(colonne: Any, table: str) -> Any:
        return colonne.strip().cases(*notice.tables[table].items(), else_=vide)

    quartier = brut.plg_qp24.strip()
    return {
        "geolocalisation": brut.select(
            siret=brut.siret,
            lon_insee=nombre(brut.x_longitude),
            lat_insee=nombre(brut.y_latitude),
            precision_insee=traduire(brut.qualite_xy, "precisions"),
            qpv_insee=ibis.ifelse(quartier.startswith("QN"), quartier, traduire(brut.plg_qp24, "hors")),
            qpv_insee_qualite=traduire(brut.qualite_qp24, "qualites"),
        )
    }
