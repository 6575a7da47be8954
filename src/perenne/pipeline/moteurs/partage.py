"""A kernel over many batches, on every core once there is enough to do."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from itertools import chain, islice
from multiprocessing.connection import wait
from typing import TypeVar

import pyarrow as pa

from perenne.pipeline.equipe import ouvrir_equipe
from perenne.pipeline.moteurs.interface import Fabrique, Noyau, NoyauDePaires

TAILLE = 20_000
"""Rows in a batch: about a second of work, a few megabytes to send."""

LOTS_SEUL = 4
"""Batches worked on before other processes are started: a small atlas is over sooner without them."""

PAIRES_SEUL = 6
"""The same for pairs of tables: with fewer, starting processes costs what it saves."""

PROCESSUS_MAX = 8

R = TypeVar("R")
_noyau: Noyau | None = None


def coeurs() -> int:
    """Cores that this process may use."""
    permis = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(permis, PROCESSUS_MAX)


def partager(
    lots: Iterator[pa.RecordBatch], fabrique: Fabrique, processus: int | None = None
) -> Iterator[pa.RecordBatch]:
    """What the kernel makes of every batch, in the order of the batches whatever the number of processes.

    Args:
        processus: processes to share the work between; the cores of the machine when None.
    """
    noyau, nombre = fabrique(), coeurs() if processus is None else processus
    seuls = lots if nombre < 2 else islice(lots, LOTS_SEUL)
    yield from map(noyau, seuls)
    premier = next(lots, None)
    if premier is not None:
        yield from _a_plusieurs(chain([premier], lots), fabrique, noyau, nombre)


def _a_plusieurs(
    lots: Iterator[pa.RecordBatch], fabrique: Fabrique, noyau: Noyau, nombre: int
) -> Iterator[pa.RecordBatch]:
    """Batches sent ahead to other processes; if one of these dies, the rest is done here."""
    # A fork would copy the threads of the engine in an unknown state.
    contexte = multiprocessing.get_context("spawn")
    groupe = ProcessPoolExecutor(nombre, mp_context=contexte, initializer=_demarrer, initargs=(fabrique,))
    attente: deque[tuple[pa.RecordBatch, Future[pa.RecordBatch]]] = deque()

    def envoyer(lot: pa.RecordBatch | None) -> None:
        if lot is not None:
            attente.append((lot, _soumettre(groupe, _calculer, lot)))

    try:
        for lot in islice(lots, 2 * nombre):
            envoyer(lot)
        while attente:
            lot, promesse = attente[0]
            resultat = promesse.result()
            attente.popleft()
            envoyer(next(lots, None))
            yield resultat
    except BrokenProcessPool:
        yield from (noyau(lot) for lot, _ in attente)
        yield from map(noyau, lots)
    finally:
        groupe.shutdown(cancel_futures=True)


def partager_paires(
    paires: Iterator[tuple[pa.Table, pa.Table]], noyau: NoyauDePaires, processus: int | None = None
) -> Iterator[pa.Table]:
    """What the kernel makes of every pair of tables, in their order.

    Args:
        processus: processes to share the work between; the cores of the machine when None.
    """
    nombre = coeurs() if processus is None else processus
    premieres = list(islice(paires, PAIRES_SEUL))
    if nombre < 2 or len(premieres) < PAIRES_SEUL:
        yield from (noyau(*paire) for paire in chain(premieres, paires))
        return
    attente: deque[tuple[tuple[pa.Table, pa.Table], Future[pa.Table]]] = deque()
    toutes = chain(premieres, paires)
    with ouvrir_equipe(nombre) as equipe:
        try:
            for paire in islice(toutes, nombre):
                attente.append((paire, _soumettre(equipe, _apparier, noyau, *map(_en_octets, paire))))
            while attente:
                resultat = attente[0][1].result()
                attente.popleft()
                for paire in islice(toutes, 1):
                    attente.append((paire, _soumettre(equipe, _apparier, noyau, *map(_en_octets, paire))))
                yield resultat
        except BrokenProcessPool:
            yield from (noyau(*paire) for paire, _ in attente)
            yield from (noyau(*paire) for paire in toutes)


def _soumettre(groupe: Executor, fonction: Callable[..., R], *donnees: object) -> Future[R]:
    """What the group will answer; a group that has just broken answers so too, and nothing sent is lost."""
    try:
        return groupe.submit(fonction, *donnees)
    except BrokenProcessPool as erreur:
        rompue: Future[R] = Future()
        rompue.set_exception(erreur)
        return rompue


def _en_octets(table: pa.Table) -> pa.Buffer:
    """The rows alone: a slice would otherwise travel with the whole table that it is cut from."""
    sortie = pa.BufferOutputStream()
    with pa.ipc.new_stream(sortie, table.schema) as flux:
        flux.write_table(table)
    return sortie.getvalue()


def _apparier(noyau: NoyauDePaires, gauche: pa.Buffer, droite: pa.Buffer) -> pa.Table:
    return noyau(*(pa.ipc.open_stream(cote).read_all() for cote in (gauche, droite)))


def _demarrer(fabrique: Fabrique) -> None:
    """In a new process: leave Ctrl-C to the parent, end with it, make the kernel."""
    global _noyau  # noqa: PLW0603 - one kernel a process
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_finir_avec, args=(parent.sentinel,), daemon=True).start()
    _noyau = fabrique()


def _finir_avec(sentinelle: int) -> None:
    wait([sentinelle])
    os._exit(1)


def _calculer(lot: pa.RecordBatch) -> pa.RecordBatch:
    assert _noyau is not None
    return _noyau(lot)
