"""Downloads an official file: resumes, waits when asked to, refuses what is not the file."""

from __future__ import annotations

import datetime as dt
import email.utils
import itertools
import os
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import httpx

from perenne import __version__
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.cache import Emplacement, Fiche, ecrire_fiche, faute_de_contenu, lire_fiche
from perenne.pipeline.notice import Notice
from perenne.pipeline.reconnaissance import empreinte

ESSAIS = 5
ESSAIS_SANS_RESEAU = 2
"""An unreachable server is seldom back within seconds, and other sources wait behind."""
ATTENTE_MAX = 120.0
"""Seconds: a server that asks for more is told to the user instead."""
DELAIS = httpx.Timeout(30.0, connect=10.0)
_MUET = (httpx.ConnectError, httpx.ConnectTimeout)
_PATIENTER = {429, 500, 502, 503, 504}

Progres = Callable[[int, int | None], None]


@dataclass(frozen=True, kw_only=True)
class Telechargement:
    """The outcome of one download: the file, and whether it was already up to date."""

    etat: Literal["telecharge", "a-jour"]
    chemin: Path
    taille: int
    sha256: str


class ServeurInjoignable(ErreurUtilisateur):
    """No connection to the server: the other files that it holds will not come either."""


class _Coupure(Exception):
    """The transfer stopped before its end: try again, after `attente` seconds if the server said so.

    `essais` is how many attempts in all are worth making.
    """

    def __init__(self, raison: str, attente: float | None = None, essais: int = ESSAIS) -> None:
        super().__init__(raison)
        self.attente = attente
        self.essais = essais


@dataclass(frozen=True, kw_only=True)
class _Demande:
    notice: Notice
    lieu: Emplacement
    client: httpx.Client
    maintenant: dt.datetime
    progres: Progres


def client_http() -> httpx.Client:
    """A client with our name and bounded waits."""
    return httpx.Client(
        timeout=DELAIS, follow_redirects=True, headers={"User-Agent": f"perenne/{__version__}"}
    )


def telecharger(
    notice: Notice,
    cache: Path,
    *,
    client: httpx.Client,
    attendre: Callable[[float], None],
    maintenant: dt.datetime,
    progres: Progres = lambda fait, total: None,
) -> Telechargement:
    """Bring the file of a source up to date in `cache/<id>/`.

    Args:
        notice: the source; its address is `telechargement`.
        cache: folder of downloads.
        client: what talks to the server.
        attendre: sleeps that many seconds.
        maintenant: moment of the download, for a dated `Retry-After` and for the record.
        progres: told the bytes received and the total when it is known.

    Raises:
        ErreurUtilisateur: no address, refused, not the right content, or cut too many times. What was there
            before is untouched; what was received is kept for the next attempt.
    """
    if not notice.telechargement:
        raise ErreurUtilisateur(
            f"L'adresse officielle du fichier de la source « {notice.id} » n'est pas connue.",
            conseil=notice.ou_le_trouver,
        )
    lieu = Emplacement.de(notice, cache)
    demande = _Demande(notice=notice, lieu=lieu, client=client, maintenant=maintenant, progres=progres)
    try:
        for essai in itertools.count(1):
            try:
                return _essayer(demande)
            except _Coupure as coupure:
                attente = 2.0 ** (essai - 1) if coupure.attente is None else coupure.attente
                if essai >= coupure.essais:
                    raise _abandon(notice, coupure, essai) from coupure
                if attente > ATTENTE_MAX:
                    raise _refus(
                        notice,
                        f"{coupure} et demande d'attendre {attente:.0f} secondes.",
                        "Relancez plus tard.",
                    ) from coupure
            attendre(attente)
    except OSError as erreur:
        raise ErreurUtilisateur(
            f"Le fichier « {lieu.cible} » ne peut pas être écrit ({erreur.strerror}).",
            conseil="Libérez de la place, ou choisissez un autre dossier avec PERENNE_CACHE.",
        ) from erreur
    raise AssertionError("unreachable: the loop returns or raises")


def _abandon(notice: Notice, coupure: _Coupure, essais: int) -> ErreurUtilisateur:
    muet = coupure.essais < ESSAIS
    refus = _refus(
        notice,
        f"le téléchargement a échoué {essais} fois ({coupure}).",
        "Vérifiez la connexion au réseau, puis relancez la commande."
        if muet
        else "Relancez la commande : ce qui est reçu est gardé, la suite sera demandée.",
    )
    return ServeurInjoignable(refus.message, anomalies=refus.anomalies) if muet else refus


def _refus(notice: Notice, message: str, conseil: str = "") -> ErreurUtilisateur:
    page = f"Cherchez le fichier sur {notice.page} et placez-le dans le dossier de sources."
    return ErreurUtilisateur(
        f"Le fichier de la source « {notice.id} » ({notice.titre}) n'a pas pu être téléchargé.",
        anomalies=[Anomalie(ou=notice.telechargement, message=message, conseil=conseil or page)],
    )


def _essayer(demande: _Demande) -> Telechargement:
    notice, lieu = demande.notice, demande.lieu
    url = notice.telechargement
    connue, commencee = lieu.connue(url), lieu.commencee(url)
    entetes = {"Accept-Encoding": "identity"}
    deja = 0
    if commencee:
        deja = lieu.partiel.stat().st_size
        entetes |= {"Range": f"bytes={deja}-", "If-Range": commencee.version}
    elif connue:
        entetes |= {"If-None-Match": connue.etag} if connue.etag else {}
        entetes |= {"If-Modified-Since": connue.modifie} if connue.modifie else {}
    try:
        with demande.client.stream("GET", url, headers=entetes) as reponse:
            if reponse.status_code == 304 and connue:
                return Telechargement(
                    etat="a-jour", chemin=lieu.cible, taille=connue.taille, sha256=connue.sha256
                )
            _verifier_reponse(demande, reponse)
            lieu.cible.parent.mkdir(parents=True, exist_ok=True)
            if reponse.status_code != 206:
                deja = 0
            ecrire_fiche(
                lieu.fiche_partielle,
                Fiche(
                    url=url,
                    etag=reponse.headers.get("ETag", ""),
                    modifie=reponse.headers.get("Last-Modified", ""),
                ),
            )
            _recevoir(demande, reponse, deja)
    except httpx.TransportError as erreur:
        essais = ESSAIS_SANS_RESEAU if isinstance(erreur, _MUET) else ESSAIS
        raise _Coupure(_en_francais(erreur), essais=essais) from erreur
    return _accepter(demande)


def _verifier_reponse(demande: _Demande, reponse: httpx.Response) -> None:
    code = reponse.status_code
    if code in {200, 206}:
        return
    if code == 416:
        demande.lieu.oublier_partiel()
        raise _Coupure("la suite demandée n'existe pas", attente=0.0)
    if code in _PATIENTER:
        raise _Coupure(f"le serveur répond {code}", _retry_after(reponse, demande.maintenant))
    if code in {404, 410}:
        raise _refus(demande.notice, f"le fichier n'est plus à cette adresse (réponse {code}).")
    raise _refus(demande.notice, f"le serveur refuse (réponse {code}).")


def _retry_after(reponse: httpx.Response, maintenant: dt.datetime) -> float | None:
    valeur = reponse.headers.get("Retry-After", "").strip()
    if valeur.isdigit():
        return float(valeur)
    try:
        date = email.utils.parsedate_to_datetime(valeur)
    except ValueError:
        return None
    return max(0.0, (date - maintenant).total_seconds())


def _total(reponse: httpx.Response, deja: int) -> int | None:
    etendue = reponse.headers.get("Content-Range", "").rpartition("/")[2]
    if etendue.isdigit():
        return int(etendue)
    longueur = reponse.headers.get("Content-Length", "")
    return deja + int(longueur) if longueur.isdigit() else None


def _recevoir(demande: _Demande, reponse: httpx.Response, deja: int) -> None:
    total, recu = _total(reponse, deja), deja
    with demande.lieu.partiel.open("ab" if deja else "wb") as flux:
        for bloc in reponse.iter_raw():
            flux.write(bloc)
            recu += len(bloc)
            demande.progres(recu, total)
        flux.flush()
        os.fsync(flux.fileno())
    if total is not None and recu < total:
        raise _Coupure(f"{recu} octets reçus sur {total}")
    if total is not None and recu > total:
        demande.lieu.oublier_partiel()
        raise _refus(demande.notice, f"{recu} octets reçus au lieu de {total}.")


def _accepter(demande: _Demande) -> Telechargement:
    """Check the content, then put it in place."""
    lieu = demande.lieu
    somme, taille = empreinte(lieu.partiel), lieu.partiel.stat().st_size
    faute = faute_de_contenu(demande.notice, lieu.partiel, lieu.cible.suffix, somme)
    if faute:
        lieu.oublier_partiel()
        raise _refus(demande.notice, faute)
    recue = lire_fiche(lieu.fiche_partielle) or Fiche(url=demande.notice.telechargement)
    lieu.partiel.replace(lieu.cible)
    ecrire_fiche(
        lieu.fiche,
        replace(
            recue,
            taille=taille,
            sha256=somme,
            telecharge_le=demande.maintenant.isoformat(timespec="seconds"),
        ),
    )
    lieu.fiche_partielle.unlink(missing_ok=True)
    return Telechargement(etat="telecharge", chemin=lieu.cible, taille=taille, sha256=somme)


def _en_francais(erreur: httpx.TransportError) -> str:
    if isinstance(erreur, _MUET):
        return "le serveur est injoignable"
    if isinstance(erreur, httpx.TimeoutException):
        return "le serveur ne répond plus"
    return "la connexion a été coupée"
