"""What every private view of the diagnosis starts with: the file, the right, the journal, the breadcrumb."""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from perenne.services.consulter.elements import Introuvable
from perenne.web.common.rendu import Etape
from perenne.web.diagnostics.models import Passage, Repondant
from perenne.web.dossiers.models import Dossier
from perenne.web.dossiers.vues import fil_dossier, objet
from perenne.web.espaces.droits import droit_sur, obtenir_compte, tracer
from perenne.web.espaces.models import Geste, Trace

ENSEMBLE = dt.timedelta(minutes=15)
"""Saves of one person in one place that are closer than this make one line of the journal."""


def noter(requete: HttpRequest, dossier: Dossier, geste: Geste, quoi: str) -> None:
    """Write in the journal what was done in a file; a repetition within a quarter of an hour adds nothing."""
    libelle = f"{dossier.nom} : {quoi}"[:300]
    compte = requete.user if requete.user.is_authenticated else None
    deja = Trace.objects.filter(
        organisation=dossier.organisation,
        compte=compte,
        geste=geste,
        objet=objet(dossier),
        libelle=libelle,
        moment__gte=timezone.now() - ENSEMBLE,
    )
    if not deja.exists():
        tracer(requete, dossier.organisation, geste, objet(dossier), libelle)


def fil(requete: HttpRequest, dossier: Dossier, *suite: Etape) -> tuple[Etape, ...]:
    """Breadcrumb down to the diagnosis of a file, and further."""
    adresse = reverse("diagnostic", args=[dossier.pk]) if suite else ""
    return fil_dossier(requete, dossier, Etape(titre="Diagnostic", adresse=adresse), *suite)


def obtenir_passage(dossier: Dossier, nom: str) -> Passage:
    """A round of a file.

    Raises:
        Introuvable: none has that name.
    """
    passage = dossier.passages.filter(nom=nom).first()
    if passage is None:
        raise Introuvable("Ce passage n’existe pas dans ce dossier.")
    return passage


def obtenir_repondant(dossier: Dossier, nom: str) -> Repondant:
    """A respondent of a file.

    Raises:
        Introuvable: none has that name.
    """
    repondant = dossier.repondants.filter(nom=nom).first()
    if repondant is None:
        raise Introuvable("Ce répondant n’existe pas dans ce dossier.")
    return repondant


def dernier_passage(dossier: Dossier) -> Passage | None:
    """The last round; None before the first one."""
    return dossier.passages.order_by("-date", "-nom").first()


def ecrit(requete: HttpRequest, dossier: Dossier) -> bool:
    """Whether the person may write in a file that they see."""
    return droit_sur(obtenir_compte(requete), dossier) in ("ecrire", "gerer")
