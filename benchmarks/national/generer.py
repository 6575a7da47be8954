"""Writes the national files, and says where they are.

    python benchmarks/national/generer.py [--fraction 1] [--communes N]

They are kept in `PERENNE_BENCH_CACHE` (by default `~/.cache/perenne-bench`), outside the repository.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from benchmarks.national.fichiers import preparer


def main() -> int:
    """Write, or find what was written."""
    arguments = argparse.ArgumentParser(description="Fichiers nationaux fictifs, à la taille des vrais.")
    arguments.add_argument("--fraction", type=float, default=0.01)
    arguments.add_argument(
        "--communes", type=int, help="nombre de communes inventées (les vraies, si possible)"
    )
    arguments.add_argument("--processus", type=int, default=2)
    a = arguments.parse_args()
    dossier = preparer(
        a.fraction,
        communes=a.communes,
        processus=a.processus,
        dire=lambda m: print(f"  {m}", file=sys.stderr),
    )
    taille = sum(f.stat().st_size for f in (dossier / "entreprises").iterdir())
    print(f"{dossier}  ({taille / 2**30:.2f} Gio)")
    return 0


if __name__ == "__main__":
    sys.exit(main())
