"""Loads a knowledge base of 1,500 files with every check, beside PyYAML reading the same files without any.

The base of the repository is completed with copies of its own files under new names.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from itertools import cycle
from pathlib import Path

import yaml

from perenne.kb.chargement import lire_base
from perenne.kb.collecte import Collecte
from perenne.kb.genres import GENRES

FICHIERS = 1_500
RACINE = Path(__file__).resolve().parents[1]


def _meilleur(action: Callable[[], object], fois: int = 3) -> float:
    """Best processor time of several runs, in seconds: another program on the machine does not count."""
    temps = []
    for _ in range(fois):
        debut = time.process_time()
        action()
        temps.append(time.process_time() - debut)
    return min(temps)


def _remplir(dossier: Path) -> list[Path]:
    origine = RACINE / "knowledge"
    for fichier in origine.rglob("*.yaml"):
        copie = dossier / fichier.relative_to(origine)
        copie.parent.mkdir(parents=True, exist_ok=True)
        copie.write_bytes(fichier.read_bytes())
    copiables = sorted(
        f for d in ("besoins", "activites", "ressources") for f in (dossier / d).glob("*.yaml")
    )
    manque = FICHIERS - len(list(dossier.rglob("*.yaml")))
    for n, fichier in zip(range(manque), cycle(copiables), strict=False):
        fichier.with_name(f"{fichier.stem}-copie-{n}.yaml").write_bytes(fichier.read_bytes())
    return sorted(dossier.rglob("*.yaml"))


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as temporaire:
        dossier = Path(temporaire) / "knowledge"
        fichiers = _remplir(dossier)
        anomalies = lire_base(dossier)[1]  # also builds the validators, once per process
        perenne = _meilleur(lambda: lire_base(dossier))
        lecture = _meilleur(lambda: Collecte(dossier=dossier, genres=GENRES).tout_lire())
        c_seul = _meilleur(lambda: [yaml.load(f.read_bytes(), Loader=yaml.CSafeLoader) for f in fichiers])
        python = _meilleur(lambda: [yaml.safe_load(f.read_bytes()) for f in fichiers], fois=1)
    print(f"{len(fichiers)} fichiers, {len(anomalies)} anomalies")
    print(f"perenne.kb, tous contrôles        {perenne:6.2f} s")
    print(f"perenne.kb, lecture et types      {lecture:6.2f} s   rapport {lecture / c_seul:.2f}")
    print(f"PyYAML en C, sans contrôle        {c_seul:6.2f} s")
    print(f"PyYAML en Python, sans contrôle   {python:6.2f} s   rapport {lecture / python:.2f}")


if __name__ == "__main__":
    main()
