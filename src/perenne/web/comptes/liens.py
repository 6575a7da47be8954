"""Links sent by e-mail: drawn at random, kept as a print, good once and for a short time."""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from typing import Any

from django.utils import timezone

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes.models import Compte, Lien, Usage, normaliser_courriel

DUREE = dt.timedelta(minutes=15)
DUREE_OUVERTURE = dt.timedelta(days=7)
"""For a person whose account an operator has just made, and who does not expect a message."""


class LienPerdu(ErreurUtilisateur):
    """The link is unknown, has served, or is too old: one answer for the three."""

    statut = 410

    def __init__(self) -> None:
        super().__init__(
            "Ce lien n’est plus valable : il a déjà servi, ou il est trop ancien.",
            conseil="Demandez-en un autre à la page de connexion.",
        )


def creer_lien(
    usage: Usage,
    courriel: str,
    compte: Compte | None = None,
    *,
    duree: dt.timedelta = DUREE,
    **donnees: Any,
) -> tuple[Lien, str]:
    """A new link and its token, which exists nowhere else."""
    jeton = secrets.token_urlsafe(32)
    lien = Lien.objects.create(
        empreinte=_empreinte(jeton),
        usage=usage,
        courriel=normaliser_courriel(courriel),
        compte=compte,
        donnees=donnees,
        expire_le=timezone.now() + duree,
    )
    return lien, jeton


def lire_lien(jeton: str) -> Lien:
    """The link of a token, without using it: mail scanners open links, they press no button.

    Raises:
        LienPerdu: it opens nothing, or nothing any more.
    """
    lien = (
        Lien.objects.select_related("compte")
        .filter(empreinte=_empreinte(jeton), utilise_le__isnull=True, expire_le__gt=timezone.now())
        .first()
    )
    if lien is None or (lien.compte is not None and not lien.compte.is_active):
        raise LienPerdu
    return lien


def consommer(lien: Lien) -> None:
    """Use a link, once: of two requests at the same time, one only succeeds.

    Raises:
        LienPerdu: it has just been used.
    """
    maintenant = timezone.now()
    pris = Lien.objects.filter(pk=lien.pk, utilise_le__isnull=True, expire_le__gt=maintenant).update(
        utilise_le=maintenant
    )
    if not pris:
        raise LienPerdu
    # One way in is enough: the other links that were asked for meanwhile serve no more.
    Lien.objects.filter(
        courriel=lien.courriel, usage__in=(Usage.CONNEXION, Usage.INSCRIPTION), utilise_le__isnull=True
    ).update(utilise_le=maintenant)


def _empreinte(jeton: str) -> str:
    return hashlib.sha256(jeton.encode()).hexdigest()
