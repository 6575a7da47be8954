"""The two servers: `perenne servir`, as in production with two processes, and a plain Datasette."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from benchmarks.national.processus import famille

ATTENTE_S = 120
TICS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Serveur:
    """A server that answers."""

    port: int
    pid: int

    def processeur(self) -> float:
        """Seconds of processor that its processes have used since they started."""
        return sum(_temps(pid) for pid in famille(self.pid))


@contextmanager
def servir_perenne(atlas: Path, dossier: Path, processus: int = 2) -> Iterator[Serveur]:
    """`perenne servir` over that atlas; its data go to `dossier`."""
    variables = {
        **os.environ,
        "PERENNE_ATLAS": str(atlas),
        "PERENNE_DONNEES": str(dossier / "donnees"),
        "PERENNE_WEB_PROCESSUS": str(processus),
        "DATABASE_URL": "",
    }
    port = _port_libre()
    commande = [sys.executable, "-m", "perenne.cli.main", "servir", "--port", str(port)]
    with _lancer(commande, port, "/pret", dossier / "perenne.log", variables) as pid:
        yield Serveur(port, pid)


@contextmanager
def servir_datasette(outil: Path, base: Path, dossier: Path) -> Iterator[Serveur]:
    """Datasette over the same file, immutable, its other settings as they come."""
    port = _port_libre()
    commande = [str(outil), "serve", "-i", str(base), "--host", "127.0.0.1", "--port", str(port)]
    with _lancer(commande, port, "/-/versions.json", dossier / "datasette.log", os.environ) as pid:
        yield Serveur(port, pid)


@contextmanager
def _lancer(
    commande: Sequence[str], port: int, temoin: str, journal: Path, variables: Mapping[str, str]
) -> Iterator[int]:
    with journal.open("wb") as sortie:
        processus = subprocess.Popen(commande, env=variables, stdout=sortie, stderr=subprocess.STDOUT)
        try:
            _attendre(f"http://127.0.0.1:{port}{temoin}", processus, journal)
            yield processus.pid
        finally:
            processus.terminate()
            processus.wait(timeout=30)


def _temps(pid: int) -> float:
    try:
        champs = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(champs[11]) + int(champs[12])) / TICS


def _port_libre() -> int:
    with socket.socket() as libre:
        libre.bind(("127.0.0.1", 0))
        port: int = libre.getsockname()[1]
        return port


def _attendre(adresse: str, processus: subprocess.Popen[bytes], journal: Path) -> None:
    fin = time.monotonic() + ATTENTE_S
    while time.monotonic() < fin and processus.poll() is None:
        try:
            with urllib.request.urlopen(adresse, timeout=5) as reponse:
                if reponse.status == 200:
                    return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"le serveur n'a pas démarré : {journal.read_text('utf-8', 'replace')[-2000:]}")
