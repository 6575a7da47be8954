"""Use case: fill the cache with the official files."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.notice import Notice
from perenne.pipeline.telechargement import Telechargement, client_http, telecharger
from perenne.services.reglages import Reglages
from perenne.sources.registre import charger_notices

CHAPITRE_ENTREPRISES = "entreprises"

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

    Raises:
        ErreurUtilisateur: a name is unknown.
    """
    recus: list[tuple[str, Telechargement]] = []
    sans_adresse: list[Notice] = []
    echecs: list[Anomalie] = []
    with client_http() as client:
        for notice in choisir_notices(ids, entreprises=entreprises):
            if not notice.telechargement:
                sans_adresse.append(notice)
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
            except ErreurUtilisateur as erreur:
                echecs += erreur.anomalies or (
                    Anomalie(ou=notice.id, message=erreur.message, conseil=erreur.conseil),
                )
    return Bilan(recus=tuple(recus), sans_adresse=tuple(sans_adresse), echecs=tuple(echecs))
