"""Runs a measure in a fresh process, and watches its time and the memory of all its processes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

RACINE = Path(__file__).resolve().parents[2]
PERIODE_S = 0.1
_PAGE = os.sysconf("SC_PAGE_SIZE")


@dataclass(frozen=True, kw_only=True)
class Releve:
    """What one run took.

    Attributes:
        secondes: elapsed.
        processeur: seconds of processor, of all its processes; does not depend on what else the machine does.
        memoire: peak of the resident memory of all its processes together, in MiB.
        reponse: what the measure itself found.
    """

    secondes: float
    processeur: float
    memoire: float
    reponse: dict[str, Any]


def lancer(mesure: str, *arguments: str, coeurs: int = 2) -> Releve:
    """Run `benchmarks.national.<mesure>` with those arguments, on that many processors.

    Raises:
        RuntimeError: it failed; what it said on its error output was shown.
    """
    depart = time.perf_counter()
    with _restreint(coeurs), subprocess.Popen(
        [sys.executable, "-m", f"benchmarks.national.{mesure}", *arguments],
        cwd=RACINE, stdout=subprocess.PIPE, text=True, env=_environnement(),
    ) as processus:  # fmt: skip
        guet = _Guet(processus.pid)
        guet.start()
        assert processus.stdout is not None
        sortie = processus.stdout.read()
        code, usage = _attendre(processus)
        guet.fini.set()
        guet.join()
    if code:
        raise RuntimeError(f"{mesure} {' '.join(arguments)} : échec ({code})")
    return Releve(
        secondes=time.perf_counter() - depart,
        processeur=usage.ru_utime + usage.ru_stime,
        memoire=max(guet.pic, usage.ru_maxrss / 1024),
        reponse=json.loads(sortie.strip().splitlines()[-1]),
    )


def _environnement() -> dict[str, str]:
    """That of this process; modules are compiled once, as they are wherever they are installed."""
    reste = {c: v for c, v in os.environ.items() if c != "PYTHONDONTWRITEBYTECODE"}
    chemins = [str(RACINE), *filter(None, [os.environ.get("PYTHONPATH")])]
    return {**reste, "PYTHONPATH": os.pathsep.join(chemins)}


def oublier(fichier: Path) -> None:
    """Have the system read a file from the disk the next time."""
    with fichier.open("rb") as flux:
        os.posix_fadvise(flux.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


@contextmanager
def _restreint(coeurs: int) -> Iterator[None]:
    """The figures are those of so many processors, even on a larger machine."""
    permis = os.sched_getaffinity(0)
    os.sched_setaffinity(0, sorted(permis)[:coeurs])
    try:
        yield
    finally:
        os.sched_setaffinity(0, permis)


def _attendre(processus: subprocess.Popen[str]) -> tuple[int, Any]:
    _, statut, usage = os.wait4(processus.pid, 0)
    processus.returncode = os.waitstatus_to_exitcode(statut)
    return processus.returncode, usage


class _Guet(threading.Thread):
    """Adds up, several times a second, the resident memory of a process and of its descendants."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid, self.pic, self.fini = pid, 0.0, threading.Event()

    def run(self) -> None:
        while not self.fini.wait(PERIODE_S):
            self.pic = max(self.pic, sum(map(_memoire, famille(self.pid))))


def famille(pid: int) -> list[int]:
    """A process and its descendants."""
    membres = [pid]
    for membre in membres:
        for taches in Path(f"/proc/{membre}/task").glob("*/children"):
            try:
                membres += [int(p) for p in taches.read_text().split()]
            except OSError:
                continue
    return membres


def _memoire(pid: int) -> float:
    """In MiB; pages that two processes share count for each of them: the sum is an upper bound."""
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * _PAGE / 2**20
    except (OSError, IndexError):
        return 0.0
