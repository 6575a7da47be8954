"""How fast one network may ask: a bucket of tokens each, shared by the processes of the server.

The buckets lie in a small table of memory that the processes inherit when they are forked: a request takes
its tokens wherever it lands, exactly, and without a write to the database. Nothing in the table names
anybody: a network is a keyed digest, and the key dies with the server. Several machines each have their own.
"""

from __future__ import annotations

import fcntl
import hashlib
import mmap
import os
import secrets
import struct
import tempfile
import threading
import time
import weakref
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.reports.typographie import accorder
from perenne.web.comptes.freins import reseau

PLACES, VOIES = 65_536, 4
"""Buckets of the table; places where one network may have its own (the one used longest ago is given up)."""

_SEAU = struct.Struct("<Qdd")
"""Digest of the network, tokens left, moment of the last request (seconds of the machine)."""

CALCUL, SIMULATION, FICHIER = 10, 20, 5


class TropDeDemandes(ErreurUtilisateur):
    """Too many requests; `attente` is how long to wait, in seconds."""

    statut = 429
    titre = "Trop de demandes"

    def __init__(self, attente: int) -> None:
        super().__init__(
            f"Trop de demandes viennent de votre réseau. Réessayez dans {accorder(attente, 'seconde')}.",
            conseil="Espacez les demandes, ou téléchargez les données en une fois : voyez /donnees/.",
        )
        self.attente = attente


class Seaux:
    """The table of buckets."""

    def __init__(self, horloge: Callable[[], float] = time.monotonic) -> None:
        self._horloge = horloge
        self._fichier, chemin = tempfile.mkstemp(prefix="perenne-debit-")
        Path(chemin).unlink()
        weakref.finalize(self, os.close, self._fichier)
        os.ftruncate(self._fichier, PLACES * _SEAU.size)
        self._table = mmap.mmap(self._fichier, PLACES * _SEAU.size)
        self._cle = secrets.token_bytes(32)
        # A lock of the file keeps processes apart, and dies with them; threads need one of their own.
        self._fils = threading.Lock()

    def prendre(self, qui: str, cout: float, par_minute: int) -> float:
        """Take tokens from a bucket that holds one minute of them.

        Returns:
            0 when they were taken; otherwise the seconds to wait, nothing being taken.
        """
        empreinte = hashlib.blake2b(qui.encode(), digest_size=8, key=self._cle).digest()
        cle = int.from_bytes(empreinte, "little") or 1
        cout, debit = min(cout, par_minute), par_minute / 60
        with self._fils:
            fcntl.lockf(self._fichier, fcntl.LOCK_EX)
            try:
                maintenant = self._horloge()
                place, jetons, vu = self._trouver(cle, par_minute, maintenant)
                jetons = min(par_minute, jetons + max(0.0, maintenant - vu) * debit)
                pris = jetons >= cout
                reste = jetons - cout if pris else jetons
                _SEAU.pack_into(self._table, place, cle, reste, maintenant)
            finally:
                fcntl.lockf(self._fichier, fcntl.LOCK_UN)
        return 0.0 if pris else (cout - jetons) / debit

    def _trouver(self, cle: int, plein: int, maintenant: float) -> tuple[int, float, float]:
        """Where the bucket of a network is, what it holds and when it was seen; a full one when it is new."""
        debut = cle % (PLACES // VOIES) * VOIES
        lus = [(p, *_SEAU.unpack_from(self._table, p)) for p in _places(debut)]
        for place, connue, jetons, vu in lus:
            if connue == cle:
                return place, jetons, vu
        return min(lus, key=lambda x: x[3])[0], float(plein), maintenant


def _places(debut: int) -> list[int]:
    return [(debut + n) * _SEAU.size for n in range(VOIES)]


SEAUX = Seaux()


def cout_de(requete: HttpRequest) -> int:
    """Tokens of a request: the API, the files and the computations have a cost, the pages have none."""
    chemin = requete.path
    if chemin.startswith("/api/"):
        if requete.method == "POST":
            return SIMULATION if "/simulation" in chemin else CALCUL
        return CALCUL if "/vrac/" in chemin else 1
    if chemin.endswith((".pdf", ".docx", ".xlsx")):
        return FICHIER
    return CALCUL if requete.method == "POST" and chemin == "/leviers/recommander/" else 0


class Debit:
    """Refuses (429) the requests of a network that asks too fast."""

    def __init__(self, suite: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self._suite = suite

    def __call__(self, requete: HttpRequest) -> HttpResponseBase:
        """Answer, unless it is too soon."""
        cout = cout_de(requete) if settings.API_DEBIT else 0
        # Behind a server that does not say whom it speaks for, everybody would share one bucket.
        if cout and not (settings.RELAIS and "HTTP_X_FORWARDED_FOR" not in requete.META):
            attente = SEAUX.prendre(reseau(requete), cout, settings.API_DEBIT)
            if attente:
                return _refuser(requete, int(attente) + 1)
        return self._suite(requete)


def _refuser(requete: HttpRequest, attente: int) -> HttpResponseBase:
    from perenne.web.common.erreurs import repondre  # noqa: PLC0415 - it knows these errors

    reponse = repondre(requete, TropDeDemandes(attente))
    reponse.headers["Retry-After"] = str(attente)
    return reponse
