"""How long a note takes once the atlas is built, against the plain way, in the same run.

Plain: the knowledge base is read and checked from its files, and each indicator is compared by going through
its whole column. Current: the checked copy of the base is reused, and only the territories of the stratum are
looked up.
Needs an atlas (PERENNE_ATLAS); without one, says so and stops there.
"""

from __future__ import annotations

import datetime as dt
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from perenne.atlas.lecteur import Atlas
from perenne.atlas.strates import _lire_colonne, lire_colonne, rangs_de_strate
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.territoire.mesures import Strate
from perenne.domain.territoire.resultat import Diagnostic
from perenne.kb.chargement import charger_base
from perenne.services.cache_savoir import charger_avec_cache
from perenne.services.note_territoire import rendre
from perenne.services.reglages import lire_reglages
from perenne.services.territoire import diagnostiquer

TERRITOIRES = ("23096", "23077", "200044014", "31555", "97411", "23")
AU = dt.date(2026, 11, 23)
REPETITIONS = 5


def mesurer(faire: Callable[[], object]) -> float:
    """Median time of several runs, in milliseconds."""
    temps = []
    for _ in range(REPETITIONS):
        debut = time.perf_counter()
        faire()
        temps.append(1000 * (time.perf_counter() - debut))
    return statistics.median(temps)


def par_colonne_entiere(atlas: Atlas, strate: Strate) -> np.ndarray:
    """The plain way: the whole column of an indicator, filtered by a join."""
    lignes = atlas.lire(
        "SELECT v.valeur FROM valeur v JOIN territoire t ON t.type = v.type AND t.code = v.code "
        "WHERE v.indicateur = 'taux-chomage' AND v.type = 'commune' AND v.millesime = '2021' "
        "AND v.statut = 'observe' AND t.densite = ? AND t.drom = 0",
        (strate.densites[0],),
    )
    return np.array([v for (v,) in lignes])


def comparer_colonnes(atlas: Atlas) -> None:
    """One column of a small stratum and of the largest one: as it is kept, and read for each page."""
    premiere = mesurer(lambda: _lire_colonne(atlas, "taux-chomage", "2021", "commune"))
    print(f"une colonne de toutes les communes, lue une fois par atlas : {premiere:.1f} ms")
    for densite, nom in ((2, "617 communes"), (6, "18 267 communes")):
        strate = Strate(type="commune", densites=(densite,))
        entiere = mesurer(lambda s=strate: par_colonne_entiere(atlas, s))
        visee = mesurer(
            lambda s=strate: lire_colonne(atlas, "taux-chomage", "2021", "commune")[rangs_de_strate(atlas, s)]
        )
        print(
            f"une colonne, {nom:>16} : {visee:6.2f} ms "
            f"(colonne entière : {entiere:6.1f} ms, rapport {entiere / visee:.1f})"
        )


def main() -> int:
    """Print the figures."""
    reglages = lire_reglages()
    try:
        atlas = Atlas(reglages.atlas)
    except ErreurUtilisateur as erreur:
        print(f"Non mesuré : {erreur.message}")
        return 0
    with tempfile.TemporaryDirectory() as dossier:
        cache = Path(dossier)
        savoir = charger_avec_cache(reglages.savoir, cache, charger_base)
        fichiers = mesurer(lambda: charger_base(reglages.savoir))
        copie = mesurer(lambda: charger_avec_cache(reglages.savoir, cache, charger_base))
        print(
            f"base de savoir : {copie:.0f} ms "
            f"(depuis les fichiers : {fichiers:.0f} ms, rapport {fichiers / copie:.0f})"
        )
        comparer_colonnes(atlas)
        for code in TERRITOIRES:
            faits: list[Diagnostic] = []
            temps = mesurer(
                lambda c=code, f=faits: f.append(
                    diagnostiquer(c, au=AU, dossier_atlas=reglages.atlas, savoir=savoir)
                )
            )
            texte, pdf = (mesurer(lambda x=x, d=faits[0]: rendre(d, x)) for x in ("texte", "pdf"))
            print(
                f"{faits[0].territoire.nom:<24} diagnostic {temps:5.0f} ms, "
                f"texte {texte:4.0f} ms, PDF {pdf:5.0f} ms"
            )
        env = os.environ | {"PERENNE_CACHE": dossier}
        for suite in (["23096"], ["23096", "-o", str(cache / "note.pdf")]):
            commande = [sys.executable, "-m", "perenne.cli.main", "territoire", *suite]
            total = mesurer(lambda c=commande: subprocess.run(c, env=env, check=True, capture_output=True))
            print(f"perenne territoire {' '.join(suite[:2])} : {total:.0f} ms, démarrage compris")
    atlas.fermer()
    return 0


if __name__ == "__main__":
    sys.exit(main())
