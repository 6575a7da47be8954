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
from benchmarks.bench_chercher import frappes

from perenne.atlas.annuaire.index import ouvrir_annuaire
from perenne.atlas.annuaire.recherche import chercher
from perenne.atlas.lecteur import Atlas
from perenne.atlas.strates import compter
from perenne.domain.annuaire.demande import Criteres, lire_demande
from perenne.domain.territoire.identite import Cle
from perenne.domain.territoire.strates import choisir_strate
from perenne.services.offre import lire_offre
from perenne.services.savoir import obtenir_base

GRAINE, NOMS = 20261123, 60
TERRITOIRES = {"commune": 120, "epci": 60, "departement": 20}
ESSAIS_DE_CHAUFFE = 5


def centiles(faire: Callable[[Any], object], cas: Sequence[Any]) -> dict[str, float]:
    """Median, 95th centile and maximum of the time of each case, in milliseconds of processor."""
    for un in cas[:ESSAIS_DE_CHAUFFE]:
        faire(un)
    temps = []
    for un in cas:
        depart = time.process_time()
        faire(un)
        temps.append(1000 * (time.process_time() - depart))
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


def mesurer_recherche(atlas: Atlas) -> dict[str, Any]:
    """What is suggested as one types the names of enterprises drawn at random; the baseline is `LIKE`."""
    annuaire = ouvrir_annuaire(atlas)
    assert annuaire is not None
    hasard = np.random.default_rng(GRAINE)
    ids = [i for (i,) in atlas.lire("SELECT id FROM entreprise WHERE nom IS NOT NULL AND etat = 'active'")]
    tires = [ids[i] for i in hasard.integers(0, len(ids), NOMS)]
    noms = [atlas.lire("SELECT nom FROM entreprise WHERE id = ?", (i,))[0][0] for i in tires]
    tapes = frappes(noms)
    actives = Criteres(etats=("active", "inconnu"), verdicts=("oui", "probable", "inconnu"))

    def suggerer(texte: str) -> object:
        demande = lire_demande(texte)
        return chercher(atlas, annuaire, demande, actives, developpements={}, proches=False).premieres(8)

    def par_like(texte: str) -> object:
        return atlas.lire(
            "SELECT id, nom FROM entreprise WHERE nom LIKE ? ORDER BY nom LIMIT 8", (f"%{texte}%",)
        )

    return {**centiles(suggerer, tapes), "temoin_p95": centiles(par_like, tapes[:: len(tapes) // 20])["p95"]}


def main(dossier: Path) -> dict[str, Any]:
    """Every look-up."""
    with Atlas(dossier) as atlas:
        return {"recherche": mesurer_recherche(atlas), "offre": mesurer_offre(atlas)}


if __name__ == "__main__":
    print(json.dumps(main(Path(sys.argv[1]))))
