"""The second step of a connection: a code that a telephone computes, and codes kept on paper."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone


class Double(models.Model):
    """The secret shared with the application of the person.

    Attributes:
        secret: enciphered with the key of the site: a copy of the base alone gives no code.
        active_le: None until a first code has been given.
        dernier_pas: the last period of 30 s whose code was accepted; no code serves twice.
    """

    compte = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.CASCADE, primary_key=True, related_name="double"
    )
    secret = models.CharField(max_length=255)
    cree_le = models.DateTimeField(default=timezone.now)
    active_le = models.DateTimeField(null=True)
    dernier_pas = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"double de {self.compte_id}"


class CodeSecours(models.Model):
    """A code of last resort; it serves once, and the base holds its print only."""

    compte = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="codes_secours")
    empreinte = models.CharField(max_length=64)
    utilise_le = models.DateTimeField(null=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["compte", "empreinte"], name="code_secours_unique")
        ]

    def __str__(self) -> str:
        return f"code de secours de {self.compte_id}"
