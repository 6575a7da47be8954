"""What a professional identity says of a person: who they are, and the establishment they work for."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from perenne.web.espaces.models import Organisation


class Identite(models.Model):
    """An identity of a provider, linked to an account after proof of its address.

    Attributes:
        emetteur, sujet: issuer and subject of OpenID Connect, which together never change.
        siret: of the establishment, as said at the last connection; empty when not said.
    """

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="identites")
    emetteur = models.CharField(max_length=255)
    sujet = models.CharField(max_length=255)
    siret = models.CharField(max_length=14, blank=True)
    reliee_le = models.DateTimeField(default=timezone.now)
    vue_le = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["emetteur", "sujet"], name="identite_unique")
        ]

    def __str__(self) -> str:
        return f"identité de {self.compte_id}"


class EntreeProConnect(models.Model):
    """What an organisation does with those whose professional identity carries its SIRET.

    Anybody may write any SIRET in the settings of a space: it opens nothing until it has been proved, by the
    identity of one of its administrators or by the operator of the site.

    Attributes:
        siret: the one that was proved; when the organisation takes another one, this row is worth nothing.
        ouverte: they enter by themselves, as readers; otherwise they ask, and an administrator answers.
        verifie_par_exploitant: the operator has checked that this organisation has this SIRET.
    """

    organisation = models.OneToOneField(
        Organisation, models.CASCADE, primary_key=True, related_name="entree_proconnect"
    )
    siret = models.CharField(max_length=14)
    ouverte = models.BooleanField(default=False)
    verifie_par_exploitant = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.organisation} : {'ouverte' if self.ouverte else 'sur demande'}"


class EtatDemande(models.TextChoices):
    """What became of a request to join."""

    ATTENTE = "attente", "en attente"
    ACCEPTEE = "acceptee", "acceptée"
    REFUSEE = "refusee", "refusée"
    AUTOMATIQUE = "automatique", "entrée ouverte par l’organisation"


class DemandeAdhesion(models.Model):
    """Somebody whose identity carries a SIRET asks to join the organisation that has it.

    The organisation is found by its SIRET when the request is read.
    """

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="demandes")
    siret = models.CharField(max_length=14)
    etat = models.CharField(max_length=12, choices=EtatDemande.choices, default=EtatDemande.ATTENTE)
    cree_le = models.DateTimeField(default=timezone.now)
    tranchee_le = models.DateTimeField(null=True)
    tranchee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="demandes_tranchees"
    )

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["compte", "siret"], name="demande_adhesion_unique")
        ]

    def __str__(self) -> str:
        return f"{self.compte_id} → {self.siret} ({self.etat})"
