"""Look-ups on the built national atlas: what a page, or a field in which one types, has to wait for.

python -m benchmarks.national.consultations DOSSIER_DE_L_ATLAS
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from perenne.atlas.lecteur import Atlas
from perenne.atlas.valeurs import compter
from perenne.domain.territoire.identite import Cle
from perenne.domain.territoire.strates import choisir_strate
from perenne.services.offre import lire_offre
from perenne.services.savoir import obtenir_base

GRAINE, TERRITOIRES = 20261123, {"commune": 120, "epci": 60, "departement": 20}
ESSAIS_DE_CHAUFFE = 5


def centiles(faire: Callable[[Any], object], cas: Sequence[Any]) -> dict[str, float]:
    """Median, 95th centile and maximum of the time of each case, in milliseconds."""
    for un in cas[:ESSAIS_DE_CHAUFFE]:
        faire(un)
    temps = []
    for un in cas:
        depart = time.perf_counter()
        faire(un)
        temps.append(1000 * (time.perf_counter() - depart))
    return {
        "cas": len(cas),
        "mediane": float(np.median(temps)),
        "p95": float(np.percentile(temps, 95)),
        "max": max(temps),
    }


def mesurer_offre(atlas: Atlas) -> dict[str, Any]:
    """Supply and need of territories drawn at random; the baseline counts their operators one by one."""
    hasard = np.random.default_rng(GRAINE)
    savoir = obtenir_base()
    territoires = []
    for type_, nombre in TERRITOIRES.items():
        codes = [
            c for (c,) in atlas.lire("SELECT code FROM territoire WHERE type = ? ORDER BY code", (type_,))
        ]
        tires = hasard.choice(len(codes), min(nombre, len(codes)), replace=False)
        territoires += [atlas.territoire(Cle(type=type_, code=codes[i])) for i in tires]
    hasard.shuffle(territoires)

    def lire(territoire: Any) -> object:
        strate = choisir_strate(territoire, lambda s: compter(atlas, s))
        return lire_offre(atlas, territoire, savoir, strate=strate)

    def recompter(territoire: Any) -> object:
        return atlas.lire(
            "SELECT o.activite, o.couche, count(DISTINCT o.operateur) FROM composition c "
            "JOIN offre_operateur o ON o.commune = c.commune WHERE c.type = ? AND c.code = ? "
            "GROUP BY o.activite, o.couche"
            if territoire.type != "commune"
            else "SELECT activite, couche, count(DISTINCT operateur) FROM offre_operateur "
            "WHERE 'commune' = ? AND commune = ? GROUP BY activite, couche",
            (territoire.type, territoire.code),
        )

    return {**centiles(lire, territoires), "temoin_p95": centiles(recompter, territoires)["p95"]}


def main(dossier: Path) -> dict[str, Any]:
    """Every look-up."""
    atlas = Atlas(dossier)
    return {"offre": mesurer_offre(atlas)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
