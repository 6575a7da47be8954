"""Organisations, who belongs to them, and what was done in them."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from perenne.web.common.verrou import AvecVersion


class Role(models.TextChoices):
    """What a member may do; a guest sees one file, by an access of its own (`dossiers.Acces`)."""

    ADMINISTRATEUR = "administrateur", "Administrateur"
    EDITEUR = "editeur", "Éditeur"
    LECTEUR = "lecteur", "Lecteur"


class Organisation(AvecVersion):
    """An authority, a DLA, a network, an association: the owner of files.

    Attributes:
        siret: 14 digits, empty when not given; unique otherwise.
        territoire: code of its territory, as in the addresses (`23096`, `region:75`, `a+b`); may be empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    nom = models.CharField(max_length=200)
    siret = models.CharField(max_length=14, blank=True)
    territoire = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["siret"], condition=~models.Q(siret=""), name="organisation_siret_unique"
            )
        ]

    def __str__(self) -> str:
        return self.nom


class Adhesion(models.Model):
    """A member of an organisation, with one role."""

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="adhesions")
    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="adhesions")
    role = models.CharField(max_length=20, choices=Role.choices)
    depuis = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organisation", "compte"], name="adhesion_unique")
        ]

    def __str__(self) -> str:
        return f"{self.compte} ({self.role})"


class Geste(models.TextChoices):
    """What the journal tells."""

    VU = "vu", "a consulté"
    CREE = "cree", "a créé"
    MODIFIE = "modifie", "a modifié"
    SUPPRIME = "supprime", "a supprimé"
    PARTAGE = "partage", "a partagé"
    RETIRE = "retire", "a retiré l’accès à"
    INVITE = "invite", "a invité"
    EXPORTE = "exporte", "a exporté"


class Trace(models.Model):
    """One line of the journal of an organisation: who saw or changed what, and when.

    Attributes:
        compte: None once the person has been erased, or for someone who answers by an invitation link.
        objet: kind and identifier of what was touched (`dossier:…`), for filtering.
        libelle: its name at that moment, kept when the thing is gone.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="traces")
    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    moment = models.DateTimeField(default=timezone.now, editable=False)
    geste = models.CharField(max_length=12, choices=Geste.choices)
    objet = models.CharField(max_length=120)
    libelle = models.CharField(max_length=300)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "-moment"])]

    def __str__(self) -> str:
        return f"{self.moment:%Y-%m-%d %H:%M} {self.geste} {self.libelle}"
