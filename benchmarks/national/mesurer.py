"""Measures Pérenne on national files: time, memory, and the ratio to what a plain tool takes, in one run.

    python benchmarks/national/mesurer.py [--fraction 1] [--croissance] [--seulement construction,textes]

The files are made if they are not there (see generer.py). Each measure is a fresh process, held to two
processors. On a machine that does something else, only the processor times mean anything: the load is told.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import os
import platform
import shutil
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.national.fichiers import preparer
from benchmarks.national.processus import lancer, oublier

CROISSANCE = (0.01, 0.1, 1.0)
REPOS = 0.5
"""Load above which the elapsed times are those of a busy machine."""


@dataclass(frozen=True, kw_only=True)
class Ligne:
    """One figure.

    Attributes:
        quoi: what is measured, with its unit.
        valeur, temoin, rapport: the figure, the baseline and their ratio; None where there is none.
        limite: what the ratio or the figure must keep, in words.
        tenue: whether it does; None when nothing is promised.
    """

    quoi: str
    valeur: float
    temoin: float | None = None
    rapport: float | None = None
    limite: str = ""
    tenue: bool | None = None


def mesurer_construction(sources: Path, atlas: Path, fraction: float) -> list[Ligne]:
    """The whole build, against the mere scan of the columns it uses.

    Both read files that the system holds in memory, where it has room for them: the scan comes twice.
    """
    for fichier in (sources / "entreprises").iterdir():
        oublier(fichier)
    froid, balayage = (lancer("balayage", str(sources)) for _ in range(2))
    shutil.rmtree(atlas, ignore_errors=True)
    atlas.mkdir(parents=True)
    print("  Étapes (temps, processeur) :", file=sys.stderr)
    construction = lancer("construction", str(sources), str(atlas))
    tables = construction.reponse["tables"]
    print(f"  {tables['entreprise']} entreprises, {tables['etablissement']} établissements", file=sys.stderr)
    pays = fraction >= 1
    octets = sum(f.stat().st_size for f in atlas.rglob("*.sqlite"))
    return [
        Ligne(
            quoi="construction : temps (s)", valeur=construction.secondes, temoin=balayage.secondes,
            rapport=construction.secondes / balayage.secondes, limite="≤ 600 s et ≤ 5 × le balayage",
            tenue=construction.secondes <= 600 and construction.secondes <= 5 * balayage.secondes
            if pays else None,
        ),
        Ligne(
            quoi="construction : processeur (s)", valeur=construction.processeur, temoin=balayage.processeur,
            rapport=construction.processeur / balayage.processeur,
        ),
        Ligne(
            quoi="construction : mémoire de pointe (Mio)", valeur=construction.memoire,
            temoin=balayage.memoire, rapport=construction.memoire / balayage.memoire, limite="≤ 8 192 Mio",
            tenue=construction.memoire <= 8192,
        ),
        Ligne(quoi="balayage, fichiers hors de la mémoire du système (s)", valeur=froid.secondes),
        Ligne(quoi="atlas.sqlite (Mio)", valeur=octets / 2**20),
    ]  # fmt: skip


def mesurer_textes(sources: Path, atlas: Path, fraction: float) -> list[Ligne]:
    """The classification, on one processor."""
    r = lancer("textes", str(sources), coeurs=1).reponse
    if not r["memes_motifs"]:
        raise RuntimeError("l'automate et la boucle ne trouvent pas les mêmes motifs")
    return [
        Ligne(
            quoi="classement : automate à froid (textes/s)", valeur=r["automate"], temoin=r["boucle"],
            rapport=r["automate"] / r["boucle"], limite="≥ 15 000 et ≥ 30 × la boucle pandas",
            tenue=r["automate"] >= 15_000 and r["automate"] >= 30 * r["boucle"],
        ),
        Ligne(
            quoi="classement : le même, contre pandas sur Arrow (textes/s)", valeur=r["automate"],
            temoin=r["boucle_arrow"], rapport=r["automate"] / r["boucle_arrow"],
        ),
        Ligne(quoi="classement complet, indices compris (textes/s)", valeur=r["complet"]),
    ]  # fmt: skip


def mesurer_points(sources: Path, atlas: Path, fraction: float) -> list[Ligne]:
    """Point in polygon."""
    r = lancer("points", str(sources), coeurs=1).reponse
    if not r["memes_points"]:
        raise RuntimeError("le noyau et le témoin ne trouvent pas les mêmes points")
    return [
        Ligne(
            quoi=f"{r['points']} points dans {r['polygones']} quartiers (s ; témoin : {r['temoin']})",
            valeur=r["noyau"], temoin=r["temoin_s"], rapport=r["noyau"] / r["temoin_s"],
            limite="≤ 1 × geopandas.sjoin",
            tenue=r["noyau"] <= r["temoin_s"] if r["temoin"] == "geopandas.sjoin" else None,
        )
    ]  # fmt: skip


def mesurer_consultations(sources: Path, atlas: Path, fraction: float) -> list[Ligne]:
    """Look-ups on the atlas that was built."""
    r = lancer("consultations", str(atlas), coeurs=1).reponse
    limites = {"recherche": 15, "offre": 60}
    return [
        Ligne(
            quoi=f"{nom} : 95e centile (ms)", valeur=lu["p95"], temoin=lu["temoin_p95"],
            rapport=lu["p95"] / lu["temoin_p95"], limite=f"≤ {limites[nom]} ms",
            tenue=lu["p95"] <= limites[nom],
        )
        for nom, lu in r.items()
    ]  # fmt: skip


MESURES: dict[str, Callable[[Path, Path, float], list[Ligne]]] = {
    "construction": mesurer_construction,
    "textes": mesurer_textes,
    "points": mesurer_points,
    "consultations": mesurer_consultations,
}


def montrer(titre: str, lignes: Sequence[Ligne]) -> None:
    """Print them as a table."""
    print(f"\n{titre}\n{'mesure':<66}{'valeur':>12}{'témoin':>12}{'rapport':>10}  limite")
    for ligne in lignes:
        tenue = {True: "tenue", False: "NON TENUE", None: ""}[ligne.tenue]
        print(
            f"{ligne.quoi:<66}{_nombre(ligne.valeur):>12}{_nombre(ligne.temoin):>12}"
            f"{_nombre(ligne.rapport):>10}  {ligne.limite} {tenue}".rstrip()
        )


def _nombre(valeur: float | None) -> str:
    if valeur is None:
        return ""
    texte = f"{valeur:,.0f}" if abs(valeur) >= 100 else f"{valeur:,.2f}"
    return texte.replace(",", " ").replace(".", ",")


def montrer_croissance(releves: dict[float, list[Ligne]]) -> None:
    """Time and memory of the build, from one fraction to the next."""
    print(f"\nCroissance\n{'part du pays':<14}{'temps (s)':>12}{'processeur (s)':>16}{'mémoire (Mio)':>16}")
    for fraction, lignes in releves.items():
        chiffres = {x.quoi: x.valeur for x in lignes}
        temps, processeur, memoire = (
            chiffres[f"construction : {n}"]
            for n in ("temps (s)", "processeur (s)", "mémoire de pointe (Mio)")
        )
        part = f"{100 * fraction:g} %".replace(".", ",")
        print(f"{part:<14}{_nombre(temps):>12}{_nombre(processeur):>16}{_nombre(memoire):>16}")


def main() -> int:
    """Measure and print; 1 when a limit is passed."""
    arguments = argparse.ArgumentParser(description="Mesure Pérenne à l'échelle du pays.")
    arguments.add_argument("--fraction", type=float, default=0.01, help="part du pays, dans ]0, 1]")
    arguments.add_argument("--communes", type=int, help="communes à inventer (les vraies, si possible)")
    arguments.add_argument("--seulement", default=",".join(MESURES), help="séparées par des virgules")
    arguments.add_argument("--croissance", action="store_true", help="construit aussi des parts plus petites")
    a = arguments.parse_args()
    inconnues = set(a.seulement.split(",")) - set(MESURES)
    if inconnues:
        arguments.error(
            f"mesures inconnues : {', '.join(sorted(inconnues))} (connues : {', '.join(MESURES)})"
        )
    charge = os.getloadavg()[0]
    print(
        f"{dt.datetime.now(dt.UTC):%Y-%m-%d %H:%M} UTC, {platform.machine()}, "
        f"Python {platform.python_version()}, {len(os.sched_getaffinity(0))} processeurs, "
        f"charge au départ {_nombre(charge)}"
    )
    if charge > REPOS:
        print("La machine est occupée : seuls les temps de processeur se comparent.")
    parts = [*(f for f in CROISSANCE if a.croissance and f < a.fraction), a.fraction]
    releves: dict[float, list[Ligne]] = {}
    for fraction in parts:
        print(f"  Fichiers ({fraction:g})…", file=sys.stderr)
        sources = preparer(fraction, communes=a.communes, dire=lambda m: print(f"    {m}", file=sys.stderr))
        atlas = sources.parent / "atlas"
        voulues = a.seulement.split(",") if fraction == a.fraction else ["construction"]
        releves[fraction] = [x for nom in voulues for x in MESURES[nom](sources, atlas, fraction)]
        montrer(f"Part du pays : {100 * fraction:g} %".replace(".", ","), releves[fraction])
        ecrites = [asdict(x) for x in releves[fraction]]
        (sources.parent / "mesures.json").write_text(
            json.dumps(ecrites, ensure_ascii=False, indent=2) + "\n", "utf-8"
        )
    if a.croissance:
        montrer_croissance(releves)
    return 1 if any(x.tenue is False for lignes in releves.values() for x in lignes) else 0


if __name__ == "__main__":
    sys.exit(main())
