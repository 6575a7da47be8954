"""`perenne servir`, as it runs in production, over a folder of its own."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

SEMER = Path(__file__).with_name("semer.py")


def environnement(dossier: Path, atlas: Path, base: str = "") -> dict[str, str]:
    """Variables of a server whose data are in `dossier`; SQLite unless `base` is an address."""
    return {
        **os.environ,
        "PERENNE_ATLAS": str(atlas),
        "PERENNE_DONNEES": str(dossier / "donnees"),
        "DATABASE_URL": base,
    }


@contextmanager
def lancer(dossier: Path, variables: dict[str, str]) -> Iterator[tuple[str, subprocess.Popen[bytes]]]:
    """Address and process of a server that answers; stopped at the end."""
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port = libre.getsockname()[1]
    journal = dossier / "journal"
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(
            [sys.executable, "-m", "perenne.cli.main", "servir", "--port", str(port)],
            env=variables,
            stdout=sortie,
            stderr=subprocess.STDOUT,
        )
        try:
            _attendre(f"http://127.0.0.1:{port}/pret", processus, journal)
            yield f"http://127.0.0.1:{port}", processus
        finally:
            processus.terminate()
            processus.wait(timeout=30)


def semer(variables: dict[str, str], nombre: int) -> dict[str, Any]:
    """Accounts, one organisation and one file in the base of a server (see `semer.py`)."""
    sortie = subprocess.run(
        [sys.executable, str(SEMER), str(nombre)],
        env=variables,
        check=True,
        capture_output=True,
        text=True,
        timeout=120,
    ).stdout
    semees: dict[str, Any] = json.loads(sortie.splitlines()[-1])
    return semees


def _attendre(adresse: str, processus: subprocess.Popen[bytes], journal: Path) -> None:
    fin = time.monotonic() + 60
    while time.monotonic() < fin and processus.poll() is None:
        try:
            with urllib.request.urlopen(adresse, timeout=5) as reponse:
                if reponse.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise AssertionError(journal.read_text(encoding="utf-8"))
