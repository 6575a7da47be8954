"""One advice with all its explanations, then many enterprises on columns, beside the one-by-one loop.

    python benchmarks/bench_leviers.py [200000]

Rows drawn at random over every fact that the points read, 60 % of them known. The loop is timed on a sample
and scaled: both give the same points on that sample, which is checked.
"""

from __future__ import annotations

import datetime as dt
import random
import resource
import statistics
import sys
import time

import numpy as np

from perenne.domain.leviers.contributions import contributions
from perenne.domain.leviers.entree import ActeurPublic, Demande, Entreprise
from perenne.domain.leviers.evaluation.masque import faits_du_cas
from perenne.domain.leviers.lot import Colonnes, en_colonnes, points_par_lot, premieres
from perenne.domain.leviers.modele import Modele, construire_modele
from perenne.domain.leviers.recommandation import recommander
from perenne.domain.regles.evaluation import Valeur
from perenne.services.savoir import obtenir_base

AU = dt.date(2026, 11, 23)
ECHANTILLON = 2_000


def _une(modele: Modele) -> None:
    types = ("commune", "epci", "departement", "region")
    demandes = [
        Demande(
            entreprise=Entreprise(
                nom=c.nom, faits=faits_du_cas(c), activite=c.activite, besoins=c.besoins, cas=c.id
            ),
            acteur=ActeurPublic(type=t, lignee=modele.lignees[t]),
            au=AU,
        )
        for c in modele.savoir.cas.values()
        for t in types
    ]
    for nom, tours in (("premier avis pour chacun", 1), ("avis suivants", 5)):
        durees = []
        for _ in range(tours):
            for demande in demandes:
                debut = time.process_time()
                recommander(modele, demande)
                durees.append(1000 * (time.process_time() - debut))
        instruments = sum(len(i) for i in modele.instruments.values())
        print(
            f"une entreprise, {len(modele.actions)} actions, {instruments} couples "
            f"action-instrument, {nom} : "
            f"médiane {statistics.median(durees):.1f} ms, 95e centile "
            f"{np.percentile(durees, 95):.1f} ms (cible 10 ms)"
        )


def _tirer(modele: Modele, n: int) -> list[dict[str, Valeur]]:
    hasard = random.Random(2026)
    champs = [(f, v) for f, v in modele.variantes.items() if v]
    return [{f: hasard.choice(v) for f, v in champs if hasard.random() < 0.6} for _ in range(n)]


def _repeter(colonnes: Colonnes, n: int) -> Colonnes:
    """Many rows drawn among those of the sample, without building as many dictionaries."""
    rangs = np.random.default_rng(1).integers(0, colonnes.n, n)
    return Colonnes(
        n,
        {k: v[rangs] for k, v in colonnes.nombres.items()},
        {k: v[rangs] for k, v in colonnes.codes.items()},
        colonnes.dictionnaires,
    )


def _lot(modele: Modele, n: int) -> None:
    faits = _tirer(modele, ECHANTILLON)
    debut = time.process_time()
    un_par_un = np.array(
        [[sum(t.points for t in contributions(g, f, {})) for g in modele.grilles] for f in faits]
    )
    boucle = (time.process_time() - debut) * n / ECHANTILLON
    colonnes = en_colonnes(faits, sorted(modele.lecteurs))
    egaux = np.array_equal(np.concatenate(list(points_par_lot(modele, colonnes))), un_par_un)
    grandes = _repeter(colonnes, n)
    avant = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    debut = time.process_time()
    lignes = sum(len(premieres(modele, lot)) for lot in points_par_lot(modele, grandes))
    duree = time.process_time() - debut
    memoire = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - avant) / 1024
    print(
        f"{lignes} entreprises × {len(modele.actions)} actions, en colonnes : {duree:.2f} s (cible 60 s), "
        f"{memoire:.0f} Mo de plus ; une par une : {boucle:.0f} s (mesuré sur {ECHANTILLON}) ; "
        f"rapport {boucle / duree:.0f} ; mêmes points : {'oui' if egaux else 'NON'}"
    )
    if not egaux:
        sys.exit(1)


def main() -> None:
    """Print both measures."""
    modele = construire_modele(obtenir_base())
    _une(modele)
    _lot(modele, int(sys.argv[1]) if len(sys.argv) > 1 else 200_000)


if __name__ == "__main__":
    main()
