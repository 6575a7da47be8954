"""Ways in: links sent by e-mail, sessions, attempts; and what happened to an account."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from django.conf import settings
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.utils import timezone

if TYPE_CHECKING:
    from perenne.web.comptes.sessions import SessionStore


class Usage(models.TextChoices):
    """What a link sent by e-mail opens."""

    CONNEXION = "connexion", "se connecter"
    INSCRIPTION = "inscription", "ouvrir un compte"
    COURRIEL = "courriel", "changer d’adresse"
    RATTACHEMENT = "rattachement", "relier une identité professionnelle"


class Lien(models.Model):
    """A link that serves once; the base holds the print of its token, never the token.

    Attributes:
        courriel: the address it was sent to, which it proves.
        compte: whose it is; None while the account does not exist.
        donnees: what it carries (where to go next, identity), by usage.
    """

    empreinte = models.CharField(max_length=64, unique=True)
    usage = models.CharField(max_length=12, choices=Usage.choices)
    courriel = models.EmailField(max_length=254)
    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="liens")
    donnees = models.JSONField(default=dict)
    cree_le = models.DateTimeField(default=timezone.now)
    expire_le = models.DateTimeField(db_index=True)
    utilise_le = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return f"{self.usage} {self.courriel}"


class Compteur(models.Model):
    """How many attempts somebody has made, shared by every process of the server.

    Attributes:
        cle: what is counted and for whom; the address or the network is there as a keyed print.
        essais: attempts since `depuis`.
        blocages: how many times in a row it was blocked; each one lasts longer than the one before.
    """

    cle = models.CharField(max_length=100, primary_key=True)
    essais = models.PositiveIntegerField(default=0)
    depuis = models.DateTimeField(default=timezone.now)
    bloque_jusqu_a = models.DateTimeField(null=True)
    blocages = models.PositiveSmallIntegerField(default=0)
    touche_le = models.DateTimeField(default=timezone.now, db_index=True)

    def __str__(self) -> str:
        return f"{self.cle} : {self.essais}"


class SessionCompte(AbstractBaseSession):
    """A session that knows whose it is, so that a person may see theirs and close them."""

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions")
    ouverte_le = models.DateTimeField(default=timezone.now)
    vue_le = models.DateTimeField(default=timezone.now)
    moyen = models.CharField(max_length=20, blank=True)
    navigateur = models.CharField(max_length=80, blank=True)

    @classmethod
    def get_session_store_class(cls) -> type[SessionStore]:
        """The engine that reads it."""
        from perenne.web.comptes.sessions import SessionStore  # noqa: PLC0415 - it reads this model

        return SessionStore


class Nature(models.TextChoices):
    """What may happen to an account."""

    CREATION = "creation", "Compte ouvert"
    CONNEXION = "connexion", "Connexion"
    BLOCAGE = "blocage", "Mot de passe bloqué après trop d’essais"
    MOT_DE_PASSE = "mot-de-passe", "Mot de passe changé"
    COURRIEL = "courriel", "Adresse changée"
    DOUBLE = "double", "Validation en deux étapes activée"
    SANS_DOUBLE = "sans-double", "Validation en deux étapes retirée"
    SECOURS = "secours", "Code de secours utilisé"
    IDENTITE = "identite", "Identité professionnelle reliée"
    SANS_IDENTITE = "sans-identite", "Identité professionnelle détachée"
    SESSIONS = "sessions", "Sessions fermées"
    EXPORT = "export", "Données téléchargées"


class Evenement(models.Model):
    """A line of the journal of an account, which only its owner reads."""

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="evenements")
    moment = models.DateTimeField(default=timezone.now, db_index=True)
    nature = models.CharField(max_length=16, choices=Nature.choices)
    detail = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["-moment", "-pk"]

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M} {self.nature}"
