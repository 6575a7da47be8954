"""A person who signs in: an e-mail address, and nothing that is not needed."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils import timezone


def normaliser_courriel(courriel: str) -> str:
    """The address as it is compared: no surrounding space, small letters."""
    return courriel.strip().lower()


class GestionnaireComptes(BaseUserManager["Compte"]):
    """Finds and makes accounts by address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> Compte:
        """The account of an address."""
        return self.get(courriel=normaliser_courriel(username or ""))

    def creer(self, courriel: str, mot_de_passe: str | None = None, **champs: object) -> Compte:
        """A new account; without a password it is opened by a link only."""
        compte = self.model(courriel=normaliser_courriel(courriel), **champs)
        compte.set_password(mot_de_passe)
        compte.save(using=self._db)
        return compte


class Compte(AbstractBaseUser):
    """A person.

    Attributes:
        courriel: address, unique, small letters.
        nom: how the person wishes to be called by the members of the organisations; may be empty.
        exploitant: runs the site: reviews corrections, sees the state of the service.
        is_active: False once closed, before erasure.
        double_demande_le: when the person was first told that their role asks for a second step.
        prevenu_le: when the person was told that an account left unused would be erased; None otherwise.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    courriel = models.EmailField("adresse électronique", max_length=254, unique=True)
    nom = models.CharField("nom affiché", max_length=120, blank=True)
    exploitant = models.BooleanField(default=False)
    is_active = models.BooleanField("actif", default=True)
    cree_le = models.DateTimeField(default=timezone.now, editable=False)
    double_demande_le = models.DateTimeField(null=True, blank=True)
    prevenu_le = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "courriel"
    EMAIL_FIELD = "courriel"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects = GestionnaireComptes()

    def __str__(self) -> str:
        return self.nom or self.courriel
