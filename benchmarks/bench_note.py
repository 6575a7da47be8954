"""Time to write the note of the demonstration's EPCI in each format, once the diagnosis is made.

The baseline is the page, which only fills a template: the ratio says what each format costs over it.
"""

from __future__ import annotations

import datetime as dt
import sys
import tempfile
import time
from pathlib import Path

from perenne.reports.note.rendu import FORMATS, rendre
from perenne.services.construction_atlas import construire_atlas
from perenne.services.demonstration import TERRITOIRES, trouver_sources
from perenne.services.reglages import lire_reglages
from perenne.services.savoir import obtenir_base
from perenne.services.territoire import diagnostiquer

INSTANT = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)
REPETITIONS = 5
SECONDES_MAX = {"html": 1.0, "pdf": 2.0, "docx": 1.0, "xlsx": 1.0}


def main() -> int:
    """Print one line per format; 1 when a format is over its limit."""
    reglages = lire_reglages()
    with tempfile.TemporaryDirectory() as dossier:
        construire_atlas(reglages, sources=trouver_sources(), vers=Path(dossier), maintenant=INSTANT)
        diagnostic = diagnostiquer(
            TERRITOIRES[0][0],
            au=INSTANT.date(),
            dossier_atlas=Path(dossier),
            savoir=obtenir_base(reglages.savoir),
        )
    mesures: dict[str, tuple[float, float, int]] = {}
    for format_ in FORMATS:
        durees = []
        for _ in range(REPETITIONS):
            debut = time.perf_counter()
            taille = len(rendre(diagnostic, format_))
            durees.append(time.perf_counter() - debut)
        mesures[format_] = (durees[0], min(durees), taille)
    reference = mesures["html"][1]
    for format_, (premiere, meilleure, taille) in mesures.items():
        print(
            f"{format_:5} première {1000 * premiere:6.0f} ms   meilleure {1000 * meilleure:6.1f} ms   "
            f"× {meilleure / reference:5.1f} la page   {taille // 1024} Kio"
        )
    trop = [f for f, (premiere, _, _) in mesures.items() if premiere > SECONDES_MAX[f]]
    print("limites tenues" if not trop else f"limites dépassées : {', '.join(trop)}")
    return 1 if trop else 0


if __name__ == "__main__":
    sys.exit(main())
