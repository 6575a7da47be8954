"""Brakes on attempts, counted in the base: every process of the server shares them.

An attempt is counted before it is judged, and given back when it succeeds: many at once cannot pass together.
"""

from __future__ import annotations

import datetime as dt
import ipaddress
import math
from collections.abc import Iterable
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
        lus = [(f, _lire(f, qui, maintenant)) for f, qui in _ordonner(cles)]
        ecoules = [c.bloque_jusqu_a for f, c in lus if _est_bloque(f, c, maintenant) and c.bloque_jusqu_a]
        for _, compteur in lus:
            compteur.essais += not ecoules
            compteur.touche_le = maintenant
            compteur.save()
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
        for frein, qui in _ordonner(cles):
            compteur = _lire(frein, qui, timezone.now())
            compteur.essais = max(0, compteur.essais - 1)
            compteur.save()


def oublier(*cles: Cle) -> None:
    """Start again from nothing: the person has proved who they are."""
    Compteur.objects.filter(cle__in=[_cle(f, qui) for f, qui in cles]).delete()


def restants(frein: Frein, qui: str) -> int:
    """Attempts left before the brake blocks."""
    compteur = Compteur.objects.filter(cle=_cle(frein, qui)).first()
    return frein.essais - (compteur.essais if compteur else 0)


def cles_mot_de_passe(requete: HttpRequest, courriel: str) -> tuple[Cle, Cle, Cle]:
    """What slows guesses of a password: of one account, from one network, on the whole site."""
    return (MOT_DE_PASSE, normaliser_courriel(courriel)), (RESEAU, reseau(requete)), (SITE, "")


def cles_lien(requete: HttpRequest, courriel: str) -> tuple[Cle, Cle, Cle]:
    """What slows the sending of messages."""
    return (LIEN, normaliser_courriel(courriel)), (LIEN_RESEAU, reseau(requete)), (LIEN_SITE, "")


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


def _ordonner(cles: Iterable[Cle]) -> list[Cle]:
    """Always in the same order, so that two processes never wait for one another."""
    return sorted(cles, key=lambda c: _cle(*c))


def _cle(frein: Frein, qui: str) -> str:
    empreinte: str = salted_hmac("perenne.freins", qui, algorithm="sha256").hexdigest()
    return f"{frein.portee}:{empreinte}"


def _lire(frein: Frein, qui: str, maintenant: dt.datetime) -> Compteur:
    """The counter, locked until the end of the transaction, its past forgotten when it is old."""
    cle = _cle(frein, qui)
    Compteur.objects.get_or_create(cle=cle, defaults={"depuis": maintenant, "touche_le": maintenant})
    compteur = Compteur.objects.select_for_update().get(cle=cle)
    if maintenant - compteur.touche_le > OUBLI:
        compteur.blocages = 0
    fini = compteur.bloque_jusqu_a is not None and compteur.bloque_jusqu_a <= maintenant
    if fini or (compteur.bloque_jusqu_a is None and maintenant - compteur.depuis > frein.fenetre):
        compteur.essais, compteur.depuis, compteur.bloque_jusqu_a = 0, maintenant, None
    return compteur


def _est_bloque(frein: Frein, compteur: Compteur, maintenant: dt.datetime) -> bool:
    """Whether it is blocked; the attempt after the last one allowed starts the block."""
    if compteur.bloque_jusqu_a is None and compteur.essais >= frein.essais:
        duree = min(frein.blocage * 2**compteur.blocages, frein.plafond)
        compteur.bloque_jusqu_a = maintenant + duree
        compteur.blocages = min(compteur.blocages + 1, 16)
    return compteur.bloque_jusqu_a is not None
