"""Use case: fetch the ESS enterprises of one territory without the national files."""

from __future__ import annotations

import datetime as dt
import re
import time
from collections.abc import Callable
from typing import cast

from perenne.atlas.lecteur import Atlas
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.pipeline.api_entreprises.client import Service, client_http
from perenne.pipeline.api_entreprises.collecte import DOSSIER, Collecte, collecter
from perenne.pipeline.api_entreprises.debit import Disjoncteur, Limiteur
from perenne.pipeline.api_entreprises.decoupage import Lieu, TypeTerritoire
from perenne.services.designation import designer
from perenne.services.reglages import Reglages

_CODES: tuple[tuple[str, TypeTerritoire], ...] = (
    (r"\d{5}|2[AB]\d{3}", "commune"),
    (r"\d{9}", "epci"),
    (r"\d{2}|2[AB]|97\d", "departement"),
)


def collecter_territoire(
    reglages: Reglages, demande: str, *, progres: Callable[[str], None] = lambda _: None
) -> Collecte:
    """Fetch the enterprises of a commune, an EPCI or a département, and keep a dated copy in the cache.

    Args:
        demande: a code; a name too when there is an atlas.

    Raises:
        ErreurUtilisateur: not such a territory, or the service cannot be read.
    """
    lieu = situer(reglages, demande)
    maintenant = dt.datetime.now().astimezone()
    with client_http() as http:
        service = Service(
            http=http,
            adresse=reglages.api_entreprises,
            limiteur=Limiteur(horloge=time.monotonic, attendre=time.sleep),
            disjoncteur=Disjoncteur(
                fichier=reglages.cache / DOSSIER / ".disjoncteur.json", horloge=time.time
            ),
            attendre=time.sleep,
            maintenant=lambda: dt.datetime.now().astimezone(),
        )
        return collecter(lieu, service, reglages.cache, maintenant=maintenant, progres=progres)


def situer(reglages: Reglages, demande: str) -> Lieu:
    """The territory that a user asks for; its communes are known only when there is an atlas.

    Raises:
        ErreurUtilisateur: not a commune, an EPCI or a département.
    """
    if (reglages.atlas / "actuel").is_file():
        with Atlas(reglages.atlas) as atlas:
            parties = designer(atlas, demande).parties
        if len(parties) != 1:
            raise ErreurUtilisateur(
                f"« {demande} » désigne plusieurs territoires.", conseil="Demandez-les un par un."
            )
        [t] = parties
        if t.type not in {"commune", "arrondissement-municipal", "epci", "departement"}:
            raise ErreurUtilisateur(
                f"« {t.nom} » n'est ni une commune, ni un EPCI, ni un département.",
                conseil="Le service ne sait chercher que dans ceux-là.",
            )
        if t.type in {"commune", "arrondissement-municipal"}:
            return Lieu(type="commune", code=t.code)
        return Lieu(type=cast(TypeTerritoire, t.type), code=t.code, communes=t.communes)
    code = demande.upper().replace(" ", "")
    for motif, type_ in _CODES:
        if re.fullmatch(motif, code):
            return Lieu(type=type_, code=code)
    raise ErreurUtilisateur(
        f"« {demande} » n'est pas le code d'une commune, d'un EPCI ou d'un département.",
        conseil="Donnez un code (23096, 200044014, 23) : sans atlas, les noms ne sont pas connus.",
    )
