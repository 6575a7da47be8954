"""Use case: fill the cache with the official files."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.notice import Notice
from perenne.pipeline.telechargement import (
    ServeurInjoignable,
    Telechargement,
    client_http,
    telecharger,
)
from perenne.services.reglages import Reglages
from perenne.sources.registre import charger_notices

CHAPITRE_ENTREPRISES = "entreprises"

SERVEURS_MUETS = 2
"""Servers without an answer, nothing being received, after which the network itself is taken to be down."""

Suivi = Callable[[str, int, int | None], None]


@dataclass(frozen=True, kw_only=True)
class Bilan:
    """Outcome of a round of downloads.

    Attributes:
        recus: (source, outcome) of those brought up to date.
        sans_adresse: sources whose official address is not known.
        echecs: what could not be downloaded.
    """

    recus: tuple[tuple[str, Telechargement], ...]
    sans_adresse: tuple[Notice, ...]
    echecs: tuple[Anomalie, ...]


def choisir_notices(ids: Sequence[str], *, entreprises: bool = False) -> tuple[Notice, ...]:
    """Notices of the named sources; when none is named, those of the territories.

    Args:
        ids: names of sources.
        entreprises: also take the national files of enterprises, which weigh gigabytes.

    Raises:
        ErreurUtilisateur: a name is unknown.
    """
    notices = {n.id: n for n in charger_notices()}
    inconnues = [i for i in ids if i not in notices]
    if inconnues:
        raise ErreurUtilisateur(
            f"Source inconnue : {', '.join(inconnues)}.",
            conseil=f"Les sources sont : {', '.join(sorted(notices))}.",
        )
    if ids:
        return tuple(notices[i] for i in ids)
    return tuple(n for n in notices.values() if entreprises or n.chapitre != CHAPITRE_ENTREPRISES)


def telecharger_sources(
    reglages: Reglages,
    *,
    ids: Sequence[str] = (),
    entreprises: bool = False,
    maintenant: dt.datetime,
    suivi: Suivi,
) -> Bilan:
    """Download the sources into the cache; one failure does not stop the others.

    A server that cannot be reached is not asked twice.

    Raises:
        ErreurUtilisateur: a name is unknown, or no server can be reached: nothing was written.
    """
    muets: set[str] = set()
    repondu = False
    recus: list[tuple[str, Telechargement]] = []
    sans_adresse: list[Notice] = []
    echecs: list[Anomalie] = []
    with client_http() as client:
        for notice in choisir_notices(ids, entreprises=entreprises):
            if not notice.telechargement:
                sans_adresse.append(notice)
                continue
            hote = urlsplit(notice.telechargement).netloc
            if hote in muets:
                echecs.append(
                    Anomalie(ou=notice.telechargement, message="non demandé, son serveur est injoignable.")
                )
                continue
            suivi(notice.id, 0, None)
            try:
                resultat = telecharger(
                    notice,
                    reglages.cache,
                    client=client,
                    attendre=time.sleep,
                    maintenant=maintenant,
                    progres=partial(suivi, notice.id),
                )
                recus.append((notice.id, resultat))
                repondu = True
            except ErreurUtilisateur as erreur:
                if isinstance(erreur, ServeurInjoignable):
                    muets.add(hote)
                    if len(muets) >= SERVEURS_MUETS and not repondu:
                        raise _sans_reseau(muets) from erreur
                else:
                    repondu = True
                echecs += erreur.anomalies or (
                    Anomalie(ou=notice.id, message=erreur.message, conseil=erreur.conseil),
                )
    return Bilan(recus=tuple(recus), sans_adresse=tuple(sans_adresse), echecs=tuple(echecs))


def _sans_reseau(hotes: set[str]) -> ErreurUtilisateur:
    return ErreurUtilisateur(
        f"Aucun serveur n'est joignable ({', '.join(sorted(hotes))}) : rien n'a été téléchargé, "
        "rien n'a changé.",
        conseil="Vérifiez la connexion au réseau, puis relancez la commande. Sans réseau, placez les "
        "fichiers officiels dans un dossier et donnez-le à « perenne atlas construire --sources DOSSIER ».",
    )
