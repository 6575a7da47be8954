"""What people say is not exact, until somebody has looked at it."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Sujet(models.TextChoices):
    """What a correction is about."""

    ACTIVITE_OUBLIEE = "activite-oubliee", "Une activité manque"
    ACTIVITE_FAUSSE = "activite-fausse", "Une activité indiquée est fausse"
    VERDICT = "verdict", "Elle est (ou n’est pas) de l’ESS"
    ETAT = "etat", "Elle a fermé, déménagé ou changé de nom"
    AUTRE = "autre", "Autre chose"


class Suite(models.TextChoices):
    """What became of it."""

    A_EXAMINER = "a-examiner", "À examiner"
    RETENUE = "retenue", "Retenue"
    ECARTEE = "ecartee", "Écartée"


class Correction(models.Model):
    """A signal about an enterprise. Those about an activity, once kept, feed the file of decisions.

    Attributes:
        numero: SIREN, or RNA number, as in the address of the sheet.
        nom: of the enterprise when the signal was sent, so that the reviewer reads something.
        activite: for the subjects that are about one; empty otherwise.
        role: function of whoever writes, never a name (« direction de la structure »).
        courriel: where to answer; erased once the signal has been examined.
    """

    numero = models.CharField(max_length=14)
    nom = models.CharField(max_length=300, blank=True)
    sujet = models.CharField(max_length=20, choices=Sujet.choices)
    activite = models.CharField(max_length=80, blank=True)
    texte = models.TextField(max_length=2_000)
    role = models.CharField(max_length=120)
    courriel = models.EmailField(max_length=254, blank=True)
    recue_le = models.DateTimeField(default=timezone.now, editable=False)
    suite = models.CharField(max_length=12, choices=Suite.choices, default=Suite.A_EXAMINER)
    motif = models.CharField(max_length=300, blank=True)
    examinee_le = models.DateTimeField(null=True, blank=True)
    examinee_par = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [models.Index(fields=["suite", "recue_le"])]

    def __str__(self) -> str:
        return f"{self.get_sujet_display()} : {self.nom or self.numero}"
