"""Sends requests at fixed times, whether or not the earlier ones were answered (an open loop).

The latency of a request runs from the moment when it should have left: a server that stops for a second makes
late all those that should have left during that second, as it does for real visitors.
"""

from __future__ import annotations

import http.client
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass
from queue import SimpleQueue

FILS = 64
"""More than can wait at once; a request that finds none free waits, and that wait is counted."""

DELAI_S = 30
ENTETES = {"Accept-Encoding": "gzip", "Accept": "text/html,*/*", "User-Agent": "mesure"}


@dataclass(frozen=True)
class Reponse:
    """One answer.

    Attributes:
        statut: HTTP status, 0 when the connection failed.
        ms: from the moment when the request should have left to the last byte.
        attente_ms: by how much it left late.
        octets: length of the body as it was transferred.
    """

    statut: int
    ms: float
    attente_ms: float
    octets: int


def envoyer(port: int, chemins: Sequence[str], par_seconde: float) -> list[Reponse]:
    """Send them all, evenly, and wait for the last answer; one connection each, as new visitors open."""
    reponses: list[Reponse | None] = [None] * len(chemins)
    file: SimpleQueue[tuple[int, float] | None] = SimpleQueue()

    def travailler() -> None:
        while (tache := file.get()) is not None:
            rang, prevue = tache
            reponses[rang] = _demander(port, chemins[rang], prevue)

    fils = [threading.Thread(target=travailler, daemon=True) for _ in range(FILS)]
    for fil in fils:
        fil.start()
    depart = time.perf_counter()
    for rang in range(len(chemins)):
        prevue = depart + rang / par_seconde
        time.sleep(max(0.0, prevue - time.perf_counter()))
        file.put((rang, prevue))
    for _ in fils:
        file.put(None)
    for fil in fils:
        fil.join()
    return [r for r in reponses if r is not None]


def envoyer_une_a_une(port: int, chemins: Sequence[str]) -> list[Reponse]:
    """Send each once the one before it is answered."""
    return [_demander(port, chemin, time.perf_counter()) for chemin in chemins]


def _demander(port: int, chemin: str, prevue: float) -> Reponse:
    attente = time.perf_counter() - prevue
    lien = http.client.HTTPConnection("127.0.0.1", port, timeout=DELAI_S)
    try:
        lien.request("GET", chemin, headers=ENTETES)
        reponse = lien.getresponse()
        statut, octets = reponse.status, len(reponse.read())
    except (OSError, http.client.HTTPException):
        statut, octets = 0, 0
    finally:
        lien.close()
    return Reponse(statut, 1000 * (time.perf_counter() - prevue), 1000 * attente, octets)
