"""Brakes on attempts, counted in the base: every process of the server shares them.

An attempt is counted before it is judged, and given back when it succeeds: many at once cannot pass together.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import salted_hmac

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes.models import Compteur, normaliser_courriel

OUBLI = dt.timedelta(hours=24)
"""Without an attempt for that long, a counter and its past blocks are forgotten."""


@dataclass(frozen=True, kw_only=True)
class Frein:
    """How many attempts, in how long, then blocked for how long.

    Attributes:
        portee: what is counted.
        essais: attempts allowed in a window.
        fenetre: how long the window is.
        blocage: the first block; each following one lasts twice as long, up to `plafond`.
    """

    portee: str
    essais: int
    fenetre: dt.timedelta = dt.timedelta(hours=1)
    blocage: dt.timedelta = dt.timedelta(minutes=15)
    plafond: dt.timedelta = dt.timedelta(hours=4)


MOT_DE_PASSE = Frein(portee="mot-de-passe", essais=10)
CODE = Frein(portee="code", essais=5)
RESEAU = Frein(portee="reseau", essais=20, plafond=dt.timedelta(hours=24))
SITE = Frein(portee="site", essais=settings.ESSAIS_SITE, plafond=dt.timedelta(hours=1))
LIEN = Frein(portee="lien", essais=5, plafond=dt.timedelta(minutes=15))
LIEN_RESEAU = Frein(portee="lien-reseau", essais=20, plafond=dt.timedelta(minutes=15))
LIEN_SITE = Frein(portee="lien-site", essais=settings.ESSAIS_SITE, plafond=dt.timedelta(minutes=15))
INVITATIONS = Frein(portee="invitations", essais=50, plafond=dt.timedelta(hours=1))

Cle = tuple[Frein, str]


class TropDEssais(ErreurUtilisateur):
    """Too many attempts; the message says how long to wait, and is the same for everybody."""

    statut = 429

    def __init__(self, jusqu_a: dt.datetime, conseil: str) -> None:
        self.secondes = max(1, math.ceil((jusqu_a - timezone.now()).total_seconds()))
        super().__init__(f"Trop d’essais. Réessayez dans {dire_duree(self.secondes)}.", conseil=conseil)


def prendre(*cles: Cle) -> dt.datetime | None:
    """Count one attempt on each brake.

    Returns:
        None when the attempt may be made; otherwise when it may be, nothing more being counted.
    """
    maintenant = timezone.now()
    with transaction.atomic():
        lus = _lire(cles, maintenant)
        ecoules = [c.bloque_jusqu_a for f, c in lus if _est_bloque(f, c, maintenant) and c.bloque_jusqu_a]
        for _, compteur in lus:
            compteur.essais += not ecoules
            compteur.touche_le = maintenant
        _garder(lus)
    return max(ecoules, default=None)


def freiner_invitation(requete: HttpRequest, courriel: str) -> None:
    """Count a message that somebody signed in has sent to an address: nobody makes a mail cannon of the site.

    Raises:
        TropDEssais: too many to this address, or from this person.
    """
    qui = str(requete.user.pk)
    if fin := prendre((LIEN, normaliser_courriel(courriel)), (INVITATIONS, qui)):
        raise TropDEssais(fin, "Le nombre de messages par heure est limité.")


def rendre(*cles: Cle) -> None:
    """Give back an attempt that succeeded."""
    with transaction.atomic():
        lus = _lire(cles, timezone.now())
        for _, compteur in lus:
            compteur.essais = max(0, compteur.essais - 1)
        _garder(lus)


def oublier(*cles: Cle) -> None:
    """Start again from nothing: the person has proved who they are."""
    Compteur.objects.filter(cle__in=[_cle(f, qui) for f, qui in cles]).delete()


def restants(frein: Frein, qui: str) -> int:
    """Attempts left before the brake blocks."""
    compteur = Compteur.objects.filter(cle=_cle(frein, qui)).first()
    return frein.essais - (compteur.essais if compteur else 0)


def cles_mot_de_passe(requete: HttpRequest, courriel: str) -> tuple[Cle, ...]:
    """What slows guesses of a password: of one account first, from one network, on the whole site."""
    return (MOT_DE_PASSE, normaliser_courriel(courriel)), *cles_reseau(requete), (SITE, "")


def cles_lien(requete: HttpRequest, courriel: str) -> tuple[Cle, ...]:
    """What slows the sending of messages: to one address first."""
    return (LIEN, normaliser_courriel(courriel)), *cles_reseau(requete, LIEN_RESEAU), (LIEN_SITE, "")


def cles_reseau(requete: HttpRequest, frein: Frein = RESEAU) -> tuple[Cle, ...]:
    """What slows one network; nothing when our own server does not say which one it is.

    Counting then would make one network of all visitors, and close the door to everybody at once.
    """
    if settings.RELAIS and "HTTP_X_FORWARDED_FOR" not in requete.META:
        return ()
    return ((frein, reseau(requete)),)


def reseau(requete: HttpRequest) -> str:
    """The network of the visitor: an IPv4 address, the first 64 bits of an IPv6 one.

    Behind `RELAIS` servers of ours, the address is the one that the outermost of them saw.
    """
    vue = str(requete.META.get("REMOTE_ADDR", ""))
    relayees = [a.strip() for a in requete.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if a.strip()]
    if settings.RELAIS and len(relayees) >= settings.RELAIS:
        vue = relayees[-settings.RELAIS]
    try:
        adresse = ipaddress.ip_address(vue)
    except ValueError:
        return vue[:64]
    if isinstance(adresse, ipaddress.IPv6Address):
        if adresse.ipv4_mapped:
            return str(adresse.ipv4_mapped)
        return str(ipaddress.ip_network((adresse, 64), strict=False))
    return str(adresse)


def dire_duree(secondes: int) -> str:
    """« 15 minutes », « 2 heures », rounded up."""
    minutes = math.ceil(secondes / 60)
    if minutes < 90:
        return f"{minutes} minute{'s' if minutes > 1 else ''}"
    return f"{math.ceil(minutes / 60)} heures"


def _cle(frein: Frein, qui: str) -> str:
    empreinte: str = salted_hmac("perenne.freins", qui, algorithm="sha256").hexdigest()
    return f"{frein.portee}:{empreinte}"


def _lire(cles: Sequence[Cle], maintenant: dt.datetime) -> list[tuple[Frein, Compteur]]:
    """The counters, locked until the end of the transaction, their past forgotten when it is old.

    Made and locked in the order of their keys: two processes never wait for one another.
    """
    freins = {_cle(f, qui): f for f, qui in cles}
    Compteur.objects.bulk_create(
        [Compteur(cle=c, depuis=maintenant, touche_le=maintenant) for c in sorted(freins)],
        ignore_conflicts=True,
    )
    lus = Compteur.objects.select_for_update().filter(cle__in=freins).order_by("cle")
    for compteur in lus:
        if maintenant - compteur.touche_le > OUBLI:
            compteur.blocages = 0
        fini = compteur.bloque_jusqu_a is not None and compteur.bloque_jusqu_a <= maintenant
        echue = maintenant - compteur.depuis > freins[compteur.cle].fenetre
        if fini or (compteur.bloque_jusqu_a is None and echue):
            compteur.essais, compteur.depuis, compteur.bloque_jusqu_a = 0, maintenant, None
    return [(freins[c.cle], c) for c in lus]


def _garder(lus: list[tuple[Frein, Compteur]]) -> None:
    champs = ("essais", "depuis", "bloque_jusqu_a", "blocages", "touche_le")
    Compteur.objects.bulk_update([c for _, c in lus], champs)


def _est_bloque(frein: Frein, compteur: Compteur, maintenant: dt.datetime) -> bool:
    """Whether it is blocked; the attempt after the last one allowed starts the block."""
    if compteur.bloque_jusqu_a is None and compteur.essais >= frein.essais:
        duree = min(frein.blocage * 2**compteur.blocages, frein.plafond)
        compteur.bloque_jusqu_a = maintenant + duree
        compteur.blocages = min(compteur.blocages + 1, 16)
    return compteur.bloque_jusqu_a is not None
