"""Asks one page, again if need be, and tells what a person can do when it cannot be had."""

from __future__ import annotations

import datetime as dt
import email.utils
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import httpx

from perenne import __version__
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.api_entreprises.champs import Enregistrement, FormeInattendue, lire_page
from perenne.pipeline.api_entreprises.debit import ECHECS_AVANT_ARRET, Disjoncteur, Limiteur

PAR_PAGE = 25
ATTENTE_MAX = 60.0
"""Seconds: a service that asks for more is told to the user instead."""
DELAIS = httpx.Timeout(15.0, connect=10.0)
_A_REPRENDRE = {408, 425, 429, 500, 502, 503, 504}
_GARDE = "Ce qui est reçu est gardé : relancez la même commande plus tard, elle reprendra."


class _Echec(Exception):
    """The page could not be had this time; wait `attente` seconds if the server said so."""

    def __init__(self, raison: str, attente: float | None = None) -> None:
        super().__init__(raison)
        self.attente = attente


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page of results.

    Attributes:
        total: results announced, 10 000 at most.
        pages: pages announced.
    """

    resultats: list[Enregistrement]
    total: int
    pages: int


def client_http(delais: httpx.Timeout = DELAIS) -> httpx.Client:
    """A client with our name and bounded waits, that goes nowhere else than asked."""
    return httpx.Client(
        timeout=delais, follow_redirects=False, headers={"User-Agent": f"perenne/{__version__}"}
    )


@dataclass(kw_only=True)
class Service:
    """The API, asked at a bounded rate.

    Attributes:
        attendre: sleeps that many seconds.
        maintenant: present moment, for a dated `Retry-After`.
        demandes: requests made so far.
    """

    http: httpx.Client
    adresse: str
    limiteur: Limiteur
    disjoncteur: Disjoncteur
    attendre: Callable[[float], None]
    maintenant: Callable[[], dt.datetime]
    demandes: int = 0

    def page(self, filtres: Mapping[str, str], numero: int) -> Page:
        """One page of `/search`.

        Raises:
            ErreurUtilisateur: refused, down, or not the answer that is described.
        """
        if (reste := self.disjoncteur.reste()) > 0:
            raise ErreurUtilisateur(
                "Le service Recherche d'entreprises ne répondait plus : il n'est pas sollicité à présent.",
                conseil=f"Relancez la commande dans {max(1, round(reste / 60))} min.",
            )
        essai = 0
        while True:
            self.limiteur.passer()
            try:
                page = self._demander(filtres, numero)
            except _Echec as echec:
                if self.disjoncteur.echouer():
                    raise ErreurUtilisateur(
                        f"Le service Recherche d'entreprises a échoué {ECHECS_AVANT_ARRET} fois de suite "
                        f"({echec}). Il n'est plus sollicité pendant quelques minutes.",
                        conseil=_GARDE,
                    ) from echec
                attente = 2.0**essai if echec.attente is None else echec.attente
                if attente > ATTENTE_MAX:
                    self.disjoncteur.ouvrir(attente)
                    raise ErreurUtilisateur(
                        f"Le service Recherche d'entreprises ({echec}) demande d'attendre {attente:.0f} s.",
                        conseil=_GARDE,
                    ) from echec
                self.attendre(attente)
                essai += 1
            else:
                self.disjoncteur.reussir()
                return page

    def _demander(self, filtres: Mapping[str, str], numero: int) -> Page:
        self.demandes += 1
        parametres = {
            **filtres,
            "etat_administratif": "A",
            "minimal": "true",
            "include": "siege,complements,matching_etablissements",
            "limite_matching_etablissements": "100",
            "per_page": str(PAR_PAGE),
            "page": str(numero),
        }
        try:
            reponse = self.http.get(f"{self.adresse.rstrip('/')}/search", params=parametres)
        except (httpx.InvalidURL, httpx.UnsupportedProtocol) as erreur:
            raise ErreurUtilisateur(
                f"« {self.adresse} » n'est pas l'adresse d'un service.",
                conseil="Corrigez la variable PERENNE_API_ENTREPRISES.",
            ) from erreur
        except httpx.TimeoutException as erreur:
            raise _Echec("il ne répond pas à temps") from erreur
        except httpx.TransportError as erreur:
            raison = (
                "il est injoignable" if isinstance(erreur, httpx.ConnectError) else "la connexion est coupée"
            )
            raise _Echec(raison) from erreur
        return self._lire(reponse)

    def _lire(self, reponse: httpx.Response) -> Page:
        code = reponse.status_code
        if code in _A_REPRENDRE:
            raise _Echec(f"réponse {code}", self._retry_after(reponse))
        if code != 200:
            raise ErreurUtilisateur(
                f"Le service Recherche d'entreprises refuse la demande (réponse {code}). {_motif(reponse)}",
                conseil="Vérifiez le code du territoire.",
            )
        try:
            corps = reponse.json()
        except ValueError as erreur:
            raise _Echec("la réponse n'est pas du JSON") from erreur
        try:
            resultats, total, pages = lire_page(corps)
        except FormeInattendue as erreur:
            raise ErreurUtilisateur(
                f"Le service Recherche d'entreprises ne répond plus dans la forme connue : {erreur}.",
                conseil="Signalez-le : la lecture est à adapter. Aucun fichier n'a été remplacé.",
            ) from erreur
        return Page(resultats=resultats, total=total, pages=pages)

    def _retry_after(self, reponse: httpx.Response) -> float | None:
        valeur = reponse.headers.get("Retry-After", "").strip()
        if valeur.isdigit():
            return float(valeur)
        try:
            date = email.utils.parsedate_to_datetime(valeur)
        except ValueError:
            return None
        if date.tzinfo is None:
            return None
        return max(0.0, (date - self.maintenant()).total_seconds())


def _motif(reponse: httpx.Response) -> str:
    try:
        erreur = reponse.json()["erreur"]
    except (ValueError, KeyError, TypeError):
        return ""
    return f"Il dit : {str(erreur)[:300]}"
