"""The file of decisions: kept corrections about activities, as the build of the atlas reads them."""

from __future__ import annotations

import csv
import io

from django.utils import timezone

from perenne.reports.cellule_sure import proteger_cellule
from perenne.web.entreprises.formulaires import SUR_UNE_ACTIVITE
from perenne.web.entreprises.models import Correction, Suite, Sujet

COLONNES = ("id", "activite", "decision", "date", "role", "motif")


def ecrire_decisions() -> str:
    """CSV of `perenne atlas construire --decisions`: the latest decision on each activity wins there."""
    sortie = io.StringIO()
    ecrivain = csv.writer(sortie, lineterminator="\n")
    ecrivain.writerow(COLONNES)
    retenues = Correction.objects.filter(suite=Suite.RETENUE, sujet__in=SUR_UNE_ACTIVITE)
    for c in retenues.order_by("examinee_le", "pk"):
        decision = "oui" if c.sujet == Sujet.ACTIVITE_OUBLIEE else "non"
        jour = timezone.localdate(c.examinee_le).isoformat() if c.examinee_le else ""
        ecrivain.writerow(
            [
                c.numero,
                c.activite,
                decision,
                jour,
                proteger_cellule(f"{c.role}, vérifié"),
                proteger_cellule(c.motif),
            ]
        )
    return sortie.getvalue()
