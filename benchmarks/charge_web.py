"""Twenty requests a second for a minute on the real server, over a part of the country; Datasette beside it.

    python benchmarks/charge_web.py [--fraction 0.1] [--secondes 60] [--debit 20] [--datasette CHEMIN]

The requests are those of visitors: territories (half of them never seen before), what is suggested as names
are typed, sheets of enterprises, lists, levers, the API. They leave at fixed times; latencies are counted
from those times. Datasette, where it is installed, gets those that show the same rows: one at a time, as
Pérenne then does; then at the rate of the load, for a few seconds.

    uv venv ~/.cache/perenne-bench/datasette
    uv pip install --python ~/.cache/perenne-bench/datasette/bin/python datasette
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import platform
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.charge.atlas import lire_base, obtenir_atlas
from benchmarks.charge.client import Reponse, envoyer, envoyer_une_a_une
from benchmarks.charge.demandes import Demande, Fond, lire_fond, tirer_demandes
from benchmarks.charge.serveurs import servir_datasette, servir_perenne
from benchmarks.national.fichiers import cache_par_defaut

from perenne.services.savoir import obtenir_base

LIMITES = {"territoire": 150.0, "suggestion": 30.0, "fiche": 60.0}
"""95th centile not to pass, milliseconds."""

GENRES = (
    "territoire",
    "territoire, jamais vu",
    "territoire, déjà vu",
    "suggestion",
    "fiche",
    "liste",
    "levier",
    "api",
)
CHAUFFE = 40
"""Requests sent before, of other visitors: what a process loads at its first page is not what is measured."""

REDIRIGE = 300
UNE_A_UNE, SATURATION_S = 400, 5
"""Requests sent one at a time to both servers; seconds during which Datasette gets the rate of the load."""


def choisir(demandes: Sequence[Demande], reponses: Sequence[Reponse], genre: str) -> list[Reponse]:
    """The answers of a kind; `territoire` holds both of its kinds."""
    return [r for d, r in zip(demandes, reponses, strict=True) if d.genre.startswith(genre)]


def centile(reponses: Sequence[Reponse], rang: float) -> float:
    """That centile of the latencies, milliseconds."""
    return float(np.percentile([r.ms for r in reponses], rang)) if reponses else float("nan")


def montrer(demandes: Sequence[Demande], reponses: Sequence[Reponse]) -> bool:
    """Print a line by kind; whether every limit is kept."""
    print(f"{'demandes':<24}{'nombre':>8}{'médiane':>9}{'95e':>9}{'99e':>9}{'max':>9}")
    tenues = True
    for genre in GENRES:
        lues = choisir(demandes, reponses, genre)
        rangs = "".join(_nombre(centile(lues, r)) for r in (50, 95, 99, 100))
        suite = ""
        if limite := LIMITES.get(genre):
            tenue = centile(lues, 95) <= limite
            tenues &= tenue
            suite = f"  ≤ {limite:.0f} ms : {'tenue' if tenue else 'NON TENUE'}"
        print(f"{genre:<24}{len(lues):>8}{rangs}{suite}")
    return tenues


def comparer(demandes: Sequence[Demande], reponses: Sequence[Reponse], temoins: Sequence[Reponse]) -> None:
    """Print the 95th centiles of both servers and their ratio."""
    print(f"{'demandes':<24}{'nombre':>8}{'Pérenne':>9}{'Datasette':>11}{'rapport':>9}")
    for genre in GENRES:
        un, autre = (centile(choisir(demandes, r, genre), 95) for r in (reponses, temoins))
        nombre = len(choisir(demandes, reponses, genre))
        if nombre:
            print(f"{genre:<24}{nombre:>8}{_nombre(un)}{_nombre(autre, 11)}{_nombre(un / autre, 9, 2)}")


def _nombre(valeur: float, largeur: int = 9, decimales: int = 1) -> str:
    return f"{valeur:>{largeur}.{decimales}f}".replace(".", ",")


def dire_erreurs(demandes: Sequence[Demande], reponses: Sequence[Reponse]) -> int:
    """Print what failed (redirections are answers); how many."""
    ratees = [(d, r) for d, r in zip(demandes, reponses, strict=True) if not 200 <= r.statut <= REDIRIGE + 8]
    for demande, reponse in ratees[:10]:
        print(f"ERREUR {reponse.statut} : {demande.chemin}")
    return len(ratees)


def mesurer(arguments: argparse.Namespace) -> bool:
    """The whole run; whether everything is kept."""
    atlas = obtenir_atlas(arguments.fraction, lambda m: print(f"  {m}", file=sys.stderr))
    fond = lire_fond(lire_base(atlas), [f"/leviers/{a}/" for a in sorted(obtenir_base().actions)])
    nombre = round(arguments.secondes * arguments.debit)
    demandes = tirer_demandes(fond, nombre)
    chauffe = [d.chemin for d in tirer_demandes(fond, CHAUFFE, graine=1)]
    with tempfile.TemporaryDirectory() as dossier, servir_perenne(atlas, Path(dossier)) as serveur:
        envoyer(serveur.port, chauffe, arguments.debit)
        avant = serveur.processeur()
        reponses = envoyer(serveur.port, [d.chemin for d in demandes], arguments.debit)
        travail = serveur.processeur() - avant
    print(f"\nPérenne : {nombre} demandes, {arguments.debit:g} par seconde, deux processus")
    print("(millisecondes, du moment prévu pour le départ au dernier octet reçu)")
    tenues = montrer(demandes, reponses)
    erreurs = dire_erreurs(demandes, reponses)
    print(
        f"processeur du serveur : {_nombre(1000 * travail / nombre, 0)} ms par demande, "
        f"{_nombre(100 * travail / arguments.secondes, 0, 0)} % d’un cœur"
    )
    print(
        f"erreurs : {erreurs} ; départ le plus tardif : {_nombre(max(r.attente_ms for r in reponses), 0)} ms"
    )
    if Path(arguments.datasette).is_file():
        mesurer_ensemble(arguments, atlas, fond)
    else:
        print("Datasette n’est pas installé : pas de rapport (voyez l’aide de ce programme).")
    return tenues and not erreurs


def mesurer_ensemble(arguments: argparse.Namespace, atlas: Path, fond: Fond) -> None:
    """Both servers, freshly started, one request at a time; then Datasette alone at the rate of the load."""
    demandes = [d for d in tirer_demandes(fond, 2 * UNE_A_UNE, graine=2) if d.temoin][:UNE_A_UNE]
    chauffe = [d for d in tirer_demandes(fond, CHAUFFE, graine=1) if d.temoin]
    base = lire_base(atlas)
    with tempfile.TemporaryDirectory() as provisoire:
        dossier = Path(provisoire)
        with servir_perenne(atlas, dossier) as serveur:
            envoyer_une_a_une(serveur.port, [d.chemin for d in chauffe])
            avant = serveur.processeur()
            reponses = envoyer_une_a_une(serveur.port, [d.chemin for d in demandes])
            travail = serveur.processeur() - avant
        with servir_datasette(Path(arguments.datasette), base, dossier) as serveur:
            envoyer_une_a_une(serveur.port, [d.temoin for d in chauffe])
            avant = serveur.processeur()
            temoins = envoyer_une_a_une(serveur.port, [d.temoin for d in demandes])
            travail_temoin = serveur.processeur() - avant
            chemins = [d.temoin for d in demandes[: round(SATURATION_S * arguments.debit)]]
            charges = envoyer(serveur.port, chemins, arguments.debit)
    print("\nUne demande à la fois, 95e centile (ms), et Datasette sur les mêmes lignes")
    comparer(demandes, reponses, temoins)
    dire_erreurs(demandes, temoins)
    print(
        f"processeur par demande : {_nombre(1000 * travail / len(demandes), 0)} ms, "
        f"Datasette {_nombre(1000 * travail_temoin / len(demandes), 0)} ms, "
        f"rapport {_nombre(travail / travail_temoin, 0, 2)}"
    )
    print(
        f"Datasette, seul, à {arguments.debit:g} demandes par seconde pendant {SATURATION_S} s : 95e centile "
        f"{_nombre(centile(charges, 95), 0, 0)} ms, dernière réponse {_nombre(charges[-1].ms, 0, 0)} ms "
        "après son heure"
    )


def main() -> int:
    """Measure and print; 1 when a limit is passed or a request fails."""
    analyse = argparse.ArgumentParser(description="Vingt demandes par seconde sur le vrai serveur.")
    analyse.add_argument("--fraction", type=float, default=0.1, help="part du pays, dans ]0, 1]")
    analyse.add_argument("--secondes", type=float, default=60)
    analyse.add_argument("--debit", type=float, default=20, help="demandes par seconde")
    analyse.add_argument("--datasette", default=str(cache_par_defaut() / "datasette" / "bin" / "datasette"))
    arguments = analyse.parse_args()
    print(
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, "
        f"Python {platform.python_version()}, {len(os.sched_getaffinity(0))} processeurs, "
        f"charge au départ {os.getloadavg()[0]:.2f}"
    )
    return 0 if mesurer(arguments) else 1


if __name__ == "__main__":
    sys.exit(main())
