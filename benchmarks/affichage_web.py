"""Weight and Largest Contentful Paint of the main pages, in Chromium, on an imitated 4G.

    python benchmarks/affichage_web.py [--fraction 0.1] [--fois 5]

The weights are also held by the tests; the times, which depend on the machine, only here.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import statistics
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from playwright.sync_api import sync_playwright

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.charge.affichage import CHROMIUM, LIGHTHOUSE, OPTIONS, RAPIDE, afficher
from benchmarks.charge.atlas import lire_base, obtenir_atlas
from benchmarks.charge.demandes import lire_fond
from benchmarks.charge.serveurs import servir_perenne

LCP_MAX_MS, OCTETS_MAX, CARTE_MAX = 1500, 300_000, 500_000
CARTES = ("accueil", "carte des cas", "territoire", "liste")


def mesurer(fraction: float, fois: int) -> bool:
    """Print a line by page; whether every limit is kept."""
    atlas = obtenir_atlas(fraction, lambda m: print(f"  {m}", file=sys.stderr))
    fond = lire_fond(lire_base(atlas), [])
    epci, fiche = fond.territoires["epci"][600], fond.entreprises[1000][0]
    pages = {
        "accueil": "/",
        "territoire": f"/territoires/{epci}/",
        "liste": f"/entreprises/?dans={epci}",
        "fiche": f"/entreprises/{fiche}/",
        "levier": "/leviers/avancer-les-fonds/",
        "carte des cas": "/cas/",
    }
    tenues = True
    with (
        tempfile.TemporaryDirectory() as dossier,
        servir_perenne(atlas, Path(dossier)) as serveur,
        sync_playwright() as outil,
    ):
        navigateur = outil.chromium.launch(executable_path=CHROMIUM, args=OPTIONS)
        print(
            f"{'page':<16}{'octets':>10}{'LCP (ms), médiane':>20}{'pire':>8}{'réseau seul':>13}{'rapide':>9}"
        )
        for nom, chemin in pages.items():
            adresse = f"http://127.0.0.1:{serveur.port}{chemin}"
            vues = [afficher(navigateur, adresse, LIGHTHOUSE) for _ in range(fois)]
            reseau = statistics.median(
                afficher(navigateur, adresse, replace(LIGHTHOUSE, ralenti=1)).lcp_ms for _ in range(fois)
            )
            rapide = afficher(navigateur, adresse, RAPIDE)
            lcp = statistics.median(v.lcp_ms for v in vues)
            octets = max(v.octets for v in vues)
            tenue = lcp <= LCP_MAX_MS and octets <= (CARTE_MAX if nom in CARTES else OCTETS_MAX)
            tenues &= tenue
            pire = max(v.lcp_ms for v in vues)
            print(
                f"{nom:<16}{octets:>10}{lcp:>20.0f}{pire:>8.0f}{reseau:>13.0f}{rapide.lcp_ms:>9.0f}"
                f"  {'tenue' if tenue else 'NON TENUE'}"
            )
        navigateur.close()
    print(
        f"LCP : {LIGHTHOUSE.nom}, {LCP_MAX_MS} ms au plus ; "
        "réseau seul : le même sans ralentir le processeur ; "
        f"rapide : {RAPIDE.nom}"
    )
    return tenues


def main() -> int:
    """Measure and print; 1 when a limit is passed."""
    analyse = argparse.ArgumentParser(description="Poids et affichage des pages principales.")
    analyse.add_argument("--fraction", type=float, default=0.1, help="part du pays, dans ]0, 1]")
    analyse.add_argument("--fois", type=int, default=5, help="premières vues de chaque page")
    arguments = analyse.parse_args()
    print(f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, charge au départ {os.getloadavg()[0]:.2f}")
    return 0 if mesurer(arguments.fraction, arguments.fois) else 1


if __name__ == "__main__":
    sys.exit(main())
