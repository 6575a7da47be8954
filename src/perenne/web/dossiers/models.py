"""The file of an enterprise, private to its organisation until it is shared."""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from perenne.web.common.verrou import AvecVersion
from perenne.web.espaces.models import Organisation


class Dossier(AvecVersion):
    """An enterprise followed by an organisation; diagnosis, treasury and the rest hang from it.

    Attributes:
        siren: of the enterprise, 9 digits, or empty (a project has none).
        commune: code of its commune, or empty.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, models.CASCADE, related_name="dossiers")
    nom = models.CharField(max_length=200)
    siren = models.CharField(max_length=9, blank=True)
    commune = models.CharField(max_length=5, blank=True)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["organisation", "nom"])]

    def __str__(self) -> str:
        return self.nom


class Acces(models.Model):
    """What opens a file to somebody outside its organisation: a guest, or another organisation.

    Exactly one of `compte` and `beneficiaire` is given.

    Attributes:
        ecriture: may write in it; reading only otherwise.
        jusqu_au: last day, None for no end.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="acces")
    compte = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, blank=True, related_name="acces"
    )
    beneficiaire = models.ForeignKey(
        Organisation, models.CASCADE, null=True, blank=True, related_name="acces_recus"
    )
    ecriture = models.BooleanField(default=False)
    jusqu_au = models.DateField(null=True, blank=True)
    depuis = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(compte__isnull=True) ^ models.Q(beneficiaire__isnull=True),
                name="acces_a_un_seul",
            ),
            models.UniqueConstraint(fields=["dossier", "compte"], name="acces_compte_unique"),
            models.UniqueConstraint(fields=["dossier", "beneficiaire"], name="acces_beneficiaire_unique"),
        ]

    def __str__(self) -> str:
        return f"{self.dossier} → {self.compte or self.beneficiaire}"
