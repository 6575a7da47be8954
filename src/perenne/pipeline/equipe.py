"""Other processes of a build: as many as there are processors, that end with it."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import wait

PROCESSUS_MAX = 8


def coeurs() -> int:
    """Processors that this process may use."""
    permis = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(permis, PROCESSUS_MAX)


@contextmanager
def ouvrir_equipe(nombre: int) -> Iterator[ProcessPoolExecutor]:
    """Processes that take what is submitted; what was not begun is dropped when the block is left."""
    # A fork would copy the threads of the engine in an unknown state.
    contexte = multiprocessing.get_context("spawn")
    equipe = ProcessPoolExecutor(nombre, mp_context=contexte, initializer=obeir_au_parent)
    try:
        yield equipe
    finally:
        equipe.shutdown(cancel_futures=True)


def obeir_au_parent() -> None:
    """In a new process: leave Ctrl-C to the parent, and end with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_finir_avec, args=(parent.sentinel,), daemon=True).start()


def _finir_avec(sentinelle: int) -> None:
    wait([sentinelle])
    os._exit(1)
