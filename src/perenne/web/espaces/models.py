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


class Invitation(models.Model):
    """An address asked to join an organisation, or to see one file of it; the link is kept as a hash.

    Exactly one of `role` and `dossier` is given.

    Attributes:
        ecriture: for a file, whether the guest may write.
        jusqu_au: for a file, last day of the access; None for no end.
        expire_le: last moment when the link may be used.
    """

    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="invitations")
    courriel = models.EmailField(max_length=254)
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    dossier = models.ForeignKey(
        "dossiers.Dossier", models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    ecriture = models.BooleanField(default=False)
    jusqu_au = models.DateField(null=True, blank=True)
    empreinte = models.CharField(max_length=64, unique=True)
    cree_le = models.DateTimeField(default=timezone.now, editable=False)
    expire_le = models.DateTimeField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=(~models.Q(role="") & models.Q(dossier__isnull=True))
                | (models.Q(role="") & models.Q(dossier__isnull=False)),
                name="invitation_role_ou_dossier",
            )
        ]

    def __str__(self) -> str:
        return f"{self.courriel} → {self.dossier or self.organisation}"


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
    REJOINT = "rejoint", "a rejoint"


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
