"""The treasury plan of a file, as it is being written."""

from __future__ import annotations

from django.db import models

from perenne.web.common.verrou import AvecVersion
from perenne.web.dossiers.models import Dossier


class PlanTresorerie(AvecVersion):
    """One plan a file.

    Attributes:
        contenu: the draft, as `services.tresorerie.brouillon` describes it.
        attente: a draft read from a file, shown but not yet accepted; None when there is none.
    """

    dossier = models.OneToOneField(Dossier, models.CASCADE, related_name="plan_tresorerie")
    contenu = models.JSONField(default=dict)
    attente = models.JSONField(null=True, default=None)

    def __str__(self) -> str:
        return f"Trésorerie de {self.dossier}"
