"""One row by day, kind of page and status; nothing of who asked."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Frequentation(models.Model):
    """Answers given on a day (in Paris)."""

    jour = models.DateField()
    genre = models.CharField(max_length=40)
    statut = models.PositiveSmallIntegerField()
    nombre = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["jour", "genre", "statut"], name="frequentation_unique")
        ]
