"""The kernel over many batches, on every core once there is enough to do."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import islice
from multiprocessing.connection import wait

import pyarrow as pa

from perenne.domain.classement.decision import Classeur
from perenne.pipeline.classement.lot import NoyauActivites

TAILLE = 20_000
"""Operators in a batch: about a second of work, a few megabytes to send."""

LOTS_SEUL = 4
"""Batches classified before other processes are started: a small atlas is over sooner without them."""

PROCESSUS_MAX = 8

_noyau: NoyauActivites | None = None


def coeurs() -> int:
    """Cores that this process may use."""
    permis = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(permis, PROCESSUS_MAX)


def classer_lots(
    lots: Iterator[pa.RecordBatch], classeur: Classeur, processus: int | None = None
) -> Iterator[pa.RecordBatch]:
    """The activities of every batch, in the order of the batches whatever the number of processes.

    Args:
        processus: processes to share the work between; the cores of the machine when None.
    """
    preparer = partial(NoyauActivites, classeur.activites, classeur.modele, classeur.decisions)
    noyau, nombre = preparer(), coeurs() if processus is None else processus
    seuls = lots if nombre < 2 else islice(lots, LOTS_SEUL)
    yield from map(noyau.classer, seuls)
    premier = next(lots, None)
    if premier is not None:
        yield from _partager(premier, lots, noyau, nombre)


def _partager(
    premier: pa.RecordBatch, lots: Iterator[pa.RecordBatch], noyau: NoyauActivites, nombre: int
) -> Iterator[pa.RecordBatch]:
    """Batches sent ahead to other processes; if one of these dies, the rest is done here."""
    # A fork would copy the threads of the engine in an unknown state.
    contexte = multiprocessing.get_context("spawn")
    groupe = ProcessPoolExecutor(nombre, mp_context=contexte, initializer=_demarrer, initargs=noyau.elements)
    attente: deque[tuple[pa.RecordBatch, Future[pa.RecordBatch]]] = deque()

    def envoyer(lot: pa.RecordBatch | None) -> None:
        if lot is not None:
            attente.append((lot, groupe.submit(_classer, lot)))

    try:
        envoyer(premier)
        for lot in islice(lots, 2 * nombre - 1):
            envoyer(lot)
        while attente:
            lot, promesse = attente[0]
            resultat = promesse.result()
            attente.popleft()
            envoyer(next(lots, None))
            yield resultat
    except BrokenProcessPool:
        yield from (noyau.classer(lot) for lot, _ in attente)
        yield from map(noyau.classer, lots)
    finally:
        groupe.shutdown(cancel_futures=True)


def _demarrer(*elements: object) -> None:
    """In a new process: leave Ctrl-C to the parent, end with it, make the kernel."""
    global _noyau  # noqa: PLW0603 - one kernel a process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_finir_avec, args=(parent.sentinel,), daemon=True).start()
    _noyau = NoyauActivites(*elements)  # type: ignore[arg-type]


def _finir_avec(sentinelle: int) -> None:
    wait([sentinelle])
    os._exit(1)


def _classer(lot: pa.RecordBatch) -> pa.RecordBatch:
    assert _noyau is not None
    return _noyau.classer(lot)
