"""The second step: enrolment, codes of a telephone (RFC 6238), codes of last resort, and who must have it."""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
import secrets

import pyotp
import segno
from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from markupsafe import Markup

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.common.renvoi import Renvoi
from perenne.web.comptes.models import CodeSecours, Compte, Double, Evenement, Nature
from perenne.web.config.marque import obtenir_marque
from perenne.web.espaces.models import Role

PERIODE = 30
TOLERANCE = 1
"""Periods accepted before and after the present one: a telephone may be half a minute late."""

NOMBRE_SECOURS = 10
_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and digits that are taken for one another on paper: i, l, o, 0, 1."""
_LONGUEUR = 16
"""Sixteen letters among 31: 79 bits. A print of it needs no slow function."""


class DoubleExige(Renvoi):
    """The role of this person asks for a second step; the middleware sends to the page that sets it."""

    vers = "compte-double"


def est_active(compte: Compte) -> bool:
    """Whether a second step is asked of this person."""
    return Double.objects.filter(compte=compte, active_le__isnull=False).exists()


def echeance(compte: Compte) -> dt.datetime | None:
    """When the second step is due: at once for an operator; for an administrator, after a delay; else None.

    The delay starts when the person is first told, not when they joined: a reader may become administrator.
    """
    if compte.exploitant:
        return compte.cree_le
    delai: dt.timedelta | None = settings.DOUBLE_DELAI
    if delai is None or not compte.adhesions.filter(role=Role.ADMINISTRATEUR).exists():
        return None
    if compte.double_demande_le is None:
        compte.double_demande_le = timezone.now()
        compte.save(update_fields=["double_demande_le"])
    return compte.double_demande_le + delai


def exiger(compte: Compte) -> None:
    """Refuse a person whose second step is due and not set.

    Raises:
        DoubleExige: it is.
    """
    if not settings.DOUBLE_EXIGE:
        return
    due = echeance(compte)
    if due is not None and due <= timezone.now() and not est_active(compte):
        raise DoubleExige("Votre rôle demande la validation en deux étapes.")


def commencer(compte: Compte) -> str:
    """A new secret, kept until a first code proves that the application has it; the pending one otherwise.

    Raises:
        ErreurUtilisateur: a second step is already set.
    """
    actuel = Double.objects.filter(compte=compte).first()
    if actuel is not None and actuel.active_le is not None:
        raise ErreurUtilisateur("La validation en deux étapes est déjà activée.")
    if actuel is not None and (secret := _dechiffrer(actuel.secret)):
        return secret
    secret = pyotp.random_base32()
    Double.objects.update_or_create(compte=compte, defaults={"secret": _chiffrer(secret), "dernier_pas": 0})
    return secret


def activer(compte: Compte, code: str) -> list[str] | None:
    """Set the second step if the code is right; the codes of last resort, shown this once."""
    with transaction.atomic():
        if not _verifier_telephone(compte, code, active=False):
            return None
        Double.objects.filter(compte=compte).update(active_le=timezone.now())
        Evenement.objects.create(compte=compte, nature=Nature.DOUBLE)
        return renouveler_secours(compte)


def verifier(compte: Compte, code: str) -> bool:
    """Whether a code, of the telephone or of last resort, opens the door; none does twice."""
    propre = "".join(c for c in code.lower() if c.isalnum())
    if len(propre) == 6:
        return _verifier_telephone(compte, propre, active=True)
    pris = CodeSecours.objects.filter(
        compte=compte, empreinte=_empreinte(propre), utilise_le__isnull=True
    ).update(utilise_le=timezone.now())
    if pris:
        Evenement.objects.create(compte=compte, nature=Nature.SECOURS)
    return bool(pris)


def retirer(compte: Compte) -> None:
    """Give up the second step."""
    with transaction.atomic():
        Double.objects.filter(compte=compte).delete()
        CodeSecours.objects.filter(compte=compte).delete()
        Evenement.objects.create(compte=compte, nature=Nature.SANS_DOUBLE)


def renouveler_secours(compte: Compte) -> list[str]:
    """New codes of last resort; the former ones open nothing any more."""
    codes = ["".join(secrets.choice(_ALPHABET) for _ in range(_LONGUEUR)) for _ in range(NOMBRE_SECOURS)]
    with transaction.atomic():
        CodeSecours.objects.filter(compte=compte).delete()
        CodeSecours.objects.bulk_create(CodeSecours(compte=compte, empreinte=_empreinte(c)) for c in codes)
    return ["-".join(c[i : i + 4] for i in range(0, _LONGUEUR, 4)) for c in codes]


def secours_restants(compte: Compte) -> int:
    """How many codes of last resort are left."""
    return CodeSecours.objects.filter(compte=compte, utilise_le__isnull=True).count()


def dessiner(compte: Compte, secret: str) -> Markup:
    """The QR code of a secret, drawn in the page: no image is fetched, no script is needed."""
    adresse = pyotp.TOTP(secret).provisioning_uri(name=compte.courriel, issuer_name=obtenir_marque().nom)
    # Drawn by the library from an address that it has encoded: nothing of the person is markup in it.
    return Markup(
        segno.make(adresse, error="m").svg_inline(
            scale=5, border=4, dark="#000", light="#fff", title="Code à photographier", lineclass=None
        )
    )


def _verifier_telephone(compte: Compte, code: str, *, active: bool) -> bool:
    double = Double.objects.filter(compte=compte, active_le__isnull=not active).first()
    secret = _dechiffrer(double.secret) if double else ""
    if not secret or not code.isascii() or not code.isdigit():
        return False
    totp = pyotp.TOTP(secret)
    present = int(timezone.now().timestamp()) // PERIODE
    for pas in range(present - TOLERANCE, present + TOLERANCE + 1):
        if hmac.compare_digest(totp.generate_otp(pas), code):
            # In one statement: of two requests with the same code, one only passes.
            return bool(Double.objects.filter(compte=compte, dernier_pas__lt=pas).update(dernier_pas=pas))
    return False


def _coffre() -> Fernet:
    cle = hashlib.sha256(b"perenne.double:" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(cle))


def _chiffrer(secret: str) -> str:
    return _coffre().encrypt(secret.encode()).decode()


def _dechiffrer(chiffre: str) -> str:
    """The secret; empty when the key of the site has changed since."""
    try:
        return _coffre().decrypt(chiffre.encode()).decode()
    except InvalidToken:
        return ""


def _empreinte(code: str) -> str:
    return hashlib.sha256(code.encode()).hexdigest()
