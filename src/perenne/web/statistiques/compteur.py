"""Counts in memory, written now and then: no request waits for the database.

Each process keeps its own counts and adds them to the rows every `STATISTIQUES_S` seconds and when it ends. A
process that is killed loses what it had not written yet: that many seconds of counts, and nothing else.
"""

from __future__ import annotations

import atexit
import datetime as dt
import logging
import os
import threading
from collections import Counter
from collections.abc import Callable

from django.conf import settings
from django.db import DatabaseError, connection, transaction
from django.http import HttpRequest, HttpResponseBase

from perenne.web.common.dates import aujourd_hui
from perenne.web.statistiques.genres import genre_de
from perenne.web.statistiques.models import Frequentation

_journal = logging.getLogger("perenne.web.statistiques")
Cle = tuple[dt.date, str, int]
MOIS = 31
_AJOUTER = (
    "INSERT INTO {table} (jour, genre, statut, nombre) VALUES (%s, %s, %s, %s) "
    "ON CONFLICT (jour, genre, statut) DO UPDATE SET nombre = {table}.nombre + excluded.nombre"
)
"""Added by the database itself: two processes never overwrite each other."""


class Compteur:
    """The counts of this process that are not written yet."""

    def __init__(self) -> None:
        self._comptes: Counter[Cle] = Counter()
        self._verrou = threading.Lock()
        self._processus = 0
        self._purge = dt.date.min

    def compter(self, genre: str, statut: int) -> None:
        """One more answer; starts the thread that writes, once a process."""
        with self._verrou:
            self._comptes[aujourd_hui(), genre, statut] += 1
            if self._processus == os.getpid():
                return
            self._processus = os.getpid()
        self._demarrer()

    def ecrire(self) -> None:
        """Add the counts to the rows, all or nothing; what cannot be written is kept for the next time."""
        with self._verrou:
            comptes, self._comptes = self._comptes, Counter()
        if not comptes:
            return
        try:
            with transaction.atomic(), connection.cursor() as curseur:
                table = connection.ops.quote_name(Frequentation._meta.db_table)
                lignes = [(*cle, n) for cle, n in sorted(comptes.items())]
                curseur.executemany(_AJOUTER.format(table=table), lignes)
        except DatabaseError:
            _journal.warning("statistiques non écrites", exc_info=True)
            with self._verrou:
                self._comptes.update(comptes)
            return
        self._oublier()

    def _oublier(self) -> None:
        """Once a day, remove what is older than the time they are kept."""
        jour = aujourd_hui()
        if self._purge != jour:
            oublier(jour)
            self._purge = jour

    def _demarrer(self) -> None:
        atexit.register(self.ecrire)
        threading.Thread(target=self._ecrire_sans_fin, name="statistiques", daemon=True).start()

    def _ecrire_sans_fin(self) -> None:
        arret = threading.Event()
        while not arret.wait(settings.STATISTIQUES_S):
            try:
                self.ecrire()
            finally:
                connection.close()


def oublier(jour: dt.date) -> int:
    """Remove the counts kept for long enough.

    Returns:
        How many rows were removed.
    """
    limite = jour - dt.timedelta(days=MOIS * settings.STATISTIQUES_MOIS)
    return Frequentation.objects.filter(jour__lt=limite).delete()[0]


COMPTEUR = Compteur()


class Statistiques:
    """Counts each answer, after it is made."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Answer, and count."""
        reponse = self._suite(requete)
        if settings.STATISTIQUES_S and (genre := genre_de(requete, reponse.status_code)):
            COMPTEUR.compter(genre, reponse.status_code)
        return reponse
