"""How long the supply of a territory takes to look up, comparison included, against counting it on demand.

On demand: the operators of the territory and of every comparable one are counted from `offre_operateur`,
and their quartiles worked out with numpy, in the same run. Needs an atlas with enterprises (PERENNE_ATLAS);
without one, says so and stops there.

    python benchmarks/bench_offre.py [N]
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence

import numpy as np

from perenne.atlas.lecteur import Atlas
from perenne.atlas.offre import tient_offre
from perenne.atlas.strates import compter, lire_groupe, rangs_de_strate
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.territoire import poisson
from perenne.domain.territoire.identite import Cle, Territoire
from perenne.domain.territoire.strates import choisir_strate
from perenne.services.designation import designer, unir_designes
from perenne.services.offre import comparer_a, lire_offre, lister
from perenne.services.reglages import lire_reglages
from perenne.services.savoir import obtenir_base

GRAINE = 20261123
TYPES = {"commune": 120, "epci": 60, "departement": 20, "region": 13, "qpv": 20}
A_LA_DEMANDE = 3
"""Territories of each type counted on demand: each goes through all those of its stratum."""

REUNION = "departement:23+departement:87"


def chronometrer(faire: Callable[[Territoire], object], cas: Sequence[Territoire]) -> list[float]:
    """Time of each case, in milliseconds."""
    temps = []
    for un in cas:
        debut = time.perf_counter()
        faire(un)
        temps.append(1000 * (time.perf_counter() - debut))
    return temps


def compter_a_la_demande(atlas: Atlas, territoire: Territoire) -> object:
    """The plain way: what `offre_groupe` and `offre` spare."""
    strate = choisir_strate(territoire, lambda s: compter(atlas, s))
    groupe = lire_groupe(atlas, strate.type)
    rangs = rangs_de_strate(atlas, strate)
    membres = {groupe.codes[r]: groupe.population[r] for r in rangs if groupe.population[r] > 0}
    if strate.type == "commune":
        depuis, code = "offre_operateur o", "o.commune"
    else:
        depuis = "offre_operateur o JOIN composition c ON c.commune = o.commune AND c.type = :type"
        code = "c.code"
    comptes: dict[tuple[str, int], dict[str, int]] = {}
    for ou, activite, couche, n in atlas.base.execute(
        f"SELECT {code}, o.activite, o.couche, count(DISTINCT o.operateur) FROM {depuis} "
        f"WHERE o.couche > 0 AND o.confiance <> 'faible' GROUP BY {code}, o.activite, o.couche",
        {"type": strate.type},
    ):
        comptes.setdefault((activite, couche), {})[ou] = n
    habitants = np.array(list(membres.values()), dtype=np.float64)
    return {
        sujet: np.percentile(np.array([n.get(c, 0) for c in membres]) / habitants * 10_000, [25, 50, 75])
        for sujet, n in comptes.items()
    }


def tirer(atlas: Atlas, type_: str, nombre: int) -> list[Territoire]:
    """Territories drawn at random, always the same."""
    hasard = np.random.default_rng(GRAINE)
    codes = [c for (c,) in atlas.lire("SELECT code FROM territoire WHERE type = ? ORDER BY code", (type_,))]
    rangs = hasard.choice(len(codes), min(nombre, len(codes)), replace=False)
    trouves = [atlas.territoire(Cle(type=type_, code=codes[i])) for i in rangs]
    return [t for t in trouves if t is not None]


def main() -> int:
    """Print the figures."""
    reglages = lire_reglages()
    try:
        atlas = Atlas(reglages.atlas)
    except ErreurUtilisateur as erreur:
        print(f"Non mesuré : {erreur.message}")
        return 0
    if not tient_offre(atlas) or not atlas.lire("SELECT 1 FROM offre LIMIT 1"):
        print("Non mesuré : l'atlas ne contient aucun opérateur.")
        return 0
    savoir = obtenir_base()
    facteur = float(sys.argv[1]) if len(sys.argv) > 1 else 1.0
    ((operateurs,),) = atlas.lire("SELECT count(DISTINCT operateur) FROM offre_operateur")
    print(f"atlas {atlas.version} : {operateurs} opérateurs")

    def lire(t: Territoire) -> object:
        return lire_offre(atlas, t, savoir, strate=comparer_a(atlas, t))

    tous: list[float] = []
    for type_, nombre in TYPES.items():
        cas = tirer(atlas, type_, max(1, round(nombre * facteur)))
        poisson.borner.cache_clear()
        temps = chronometrer(lire, cas)
        tous += temps
        plat = ""
        if type_ != "qpv":
            lents = chronometrer(lambda t: compter_a_la_demande(atlas, t), cas[:A_LA_DEMANDE])
            rapport = statistics.median(lents) / statistics.median(temps)
            plat = f" ; compté à la demande : {statistics.median(lents):8.1f} ms, rapport {rapport:.0f}"
        print(
            f"{type_:>12} ({len(cas):3d}) : médiane {statistics.median(temps):6.1f} ms, "
            f"p95 {np.percentile(temps, 95):6.1f} ms, max {max(temps):6.1f} ms{plat}"
        )
    print(f"{'tous':>12} ({len(tous):3d}) : p95 {np.percentile(tous, 95):6.1f} ms (borne : 60 ms)")
    union, _ = unir_designes(atlas, designer(atlas, REUNION))
    [reunion] = chronometrer(lire, [union])
    print(f"réunion {REUNION} : {reunion:.1f} ms")
    [departement] = tirer(atlas, "departement", 1)
    [liste] = chronometrer(lambda t: lister(atlas, t, "B14", nombre=50), [departement])
    print(f"liste derrière un chiffre ({departement.nom}, B14, 50 lignes) : {liste:.1f} ms")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
