"""The build itself, whole: from the files to a published atlas.

python -m benchmarks.national.construction SOURCES DESTINATION
"""

from __future__ import annotations

import datetime as dt
import json
import sys
import time
from pathlib import Path
from typing import Any

from perenne.services.construction_atlas import construire_atlas
from perenne.services.reglages import lire_reglages

SEUIL_S = 0.5
"""Shorter steps are not told."""


def construire(sources: Path, vers: Path) -> dict[str, Any]:
    """Build; the time of each step and the tables."""
    etapes: list[tuple[str, float, float]] = []
    en_cours = ["Préparation", time.perf_counter(), time.process_time()]

    def dire(message: str) -> None:
        horloge, processeur = time.perf_counter(), time.process_time()
        duree, travail = horloge - float(en_cours[1]), processeur - float(en_cours[2])
        if duree >= SEUIL_S:
            etapes.append((str(en_cours[0]), round(duree, 2), round(travail, 2)))
            print(f"    {duree:7.1f} s {travail:7.1f} s  {en_cours[0]}", file=sys.stderr, flush=True)
        en_cours[:] = [message, horloge, processeur]

    manifeste = construire_atlas(
        lire_reglages(), sources=sources, vers=vers, maintenant=dt.datetime.now(dt.UTC), progres=dire
    )
    dire("")
    return {"etapes": etapes, "tables": dict(manifeste["tables"]), "version": manifeste["version"]}


if __name__ == "__main__":
    print(json.dumps(construire(Path(sys.argv[1]), Path(sys.argv[2]))))
