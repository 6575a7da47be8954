"""Time and peak memory of the national atlas, and the ratio to merely reading the same files.

    python benchmarks/bench_atlas.py [DOSSIER DE SOURCES]

The baseline reads every file with the plainest tool (DuckDB for tables, `json` for the rest, openpyxl for the
workbook) and does nothing with it. Each run is a fresh process, so that the peaks do not add up. The limit of
time is held against the processor time, which does not depend on what else the machine is doing.
"""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

DEFAUT = Path(__file__).resolve().parents[2] / "shared" / "data"
TEMPS_MAX_S = 60.0
MEMOIRE_MAX_MIO = 2048.0


def lire_seulement(sources: Path) -> None:
    """Read each recognised file and forget it."""
    import duckdb  # noqa: PLC0415
    import openpyxl  # noqa: PLC0415

    from perenne.pipeline.reconnaissance import candidats, parcourir  # noqa: PLC0415
    from perenne.sources.registre import charger_notices  # noqa: PLC0415

    fichiers = parcourir(sources)
    for notice in charger_notices():
        for fichier in candidats(notice, fichiers)[:1]:
            if fichier.format == "csv":
                duckdb.sql(f"SELECT * FROM read_csv('{fichier.chemin}', all_varchar = true)").to_arrow_table()
            elif fichier.format == "xlsx":
                classeur = openpyxl.load_workbook(fichier.chemin, read_only=True)
                list(classeur.worksheets[0].iter_rows(values_only=True))
            else:
                json.loads(fichier.chemin.read_text(encoding="utf-8"))


def construire(sources: Path) -> None:
    """Build the atlas in a temporary folder."""
    import datetime as dt  # noqa: PLC0415

    from perenne.services.construction_atlas import construire_atlas  # noqa: PLC0415
    from perenne.services.reglages import lire_reglages  # noqa: PLC0415

    with tempfile.TemporaryDirectory() as dossier:
        construire_atlas(
            lire_reglages(), sources=sources, vers=Path(dossier), maintenant=dt.datetime.now(dt.UTC)
        )


def mesurer(quoi: str, sources: Path) -> tuple[float, float, float]:
    """Seconds, seconds of processor and peak MiB of one run in its own process."""
    sortie = subprocess.run(
        [sys.executable, __file__, str(sources), quoi], capture_output=True, text=True, check=True
    )
    temps, processeur, memoire = sortie.stdout.split()[-3:]
    return float(temps), float(processeur), float(memoire)


def main() -> int:
    """Print the figures; 1 when a limit is passed."""
    sources = Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAUT
    if not sources.is_dir():
        print(f"Données réelles absentes ({sources.name}) : mesure sautée.")
        return 0
    if len(sys.argv) > 2:
        depart = time.perf_counter()
        {"lire": lire_seulement, "construire": construire}[sys.argv[2]](sources)
        usage = resource.getrusage(resource.RUSAGE_SELF)
        print(time.perf_counter() - depart, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
        return 0
    temoin = mesurer("lire", sources)
    atlas = mesurer("construire", sources)
    rapport = tuple(a / t for a, t in zip(atlas, temoin, strict=True))
    print(f"{'':<24}{'temps (s)':>12}{'processeur (s)':>16}{'mémoire (Mio)':>16}")
    for nom, chiffres in (
        ("lecture seule (témoin)", temoin), ("atlas national", atlas), ("rapport", rapport),
    ):  # fmt: skip
        print(f"{nom:<24}{chiffres[0]:>12.1f}{chiffres[1]:>16.1f}{chiffres[2]:>16.1f}")
    print(f"{'limite':<24}{TEMPS_MAX_S:>12.0f}{'':>16}{MEMOIRE_MAX_MIO:>16.0f}")
    return 0 if atlas[1] < TEMPS_MAX_S and atlas[2] < MEMOIRE_MAX_MIO else 1


if __name__ == "__main__":
    sys.exit(main())
