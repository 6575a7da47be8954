"""What is entered about an enterprise. Each row holds a piece of the file that `services.entreprise` reads.

The pieces are locked one by one, so that several people work at the same time: a respondent's family of
criteria, the structure, one table of an accounting year.
"""

from __future__ import annotations

import uuid
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone

from perenne.web.common.verrou import AvecVersion
from perenne.web.dossiers.models import Dossier

LONGUEUR_ID = 60


class Passage(AvecVersion):
    """One round of the grid: N, then N+2.

    Attributes:
        nom: short name, unique in the file ("2026").
        grille: the whole grid, or the thirty-minute one.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="passages")
    nom = models.CharField(max_length=LONGUEUR_ID)
    date = models.DateField()
    grille = models.CharField(max_length=20)

    class Meta:
        ordering: ClassVar = ["date", "nom"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "nom"], name="passage_nom_unique")
        ]

    def __str__(self) -> str:
        return self.nom


class Repondant(AvecVersion):
    """Someone who answers: a short name, a role, a function; never the name of a person.

    Attributes:
        rang: order in the tables.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="repondants")
    nom = models.CharField(max_length=LONGUEUR_ID)
    role = models.CharField(max_length=20)
    fonction = models.CharField(max_length=200, blank=True)
    rang = models.PositiveIntegerField(default=0)

    class Meta:
        ordering: ClassVar = ["rang", "pk"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "nom"], name="repondant_nom_unique")
        ]

    def __str__(self) -> str:
        return self.nom


class Feuille(AvecVersion):
    """The answers of one respondent to one family of criteria, in one round.

    Attributes:
        famille: identifier of the family.
        contenu: criterion → its answer (`avis`, `justification`, `source`, `date`) and its figures
            (`chiffres`: measure → `valeur`, `precision`, `date`), written as in a file. A justification
            without an answer is a draft: kept, shown, never read into the file.
        auteur: who wrote last; None for a respondent who came by a link.
    """

    passage = models.ForeignKey(Passage, models.CASCADE, related_name="feuilles")
    repondant = models.ForeignKey(Repondant, models.CASCADE, related_name="feuilles")
    famille = models.CharField(max_length=20)
    contenu = models.JSONField(default=dict)
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["passage", "repondant", "famille"], name="feuille_unique")
        ]

    def __str__(self) -> str:
        return f"{self.passage} · {self.repondant} · {self.famille}"


class Volet(AvecVersion):
    """One table of the file that is not an answer.

    Attributes:
        table: `structure`, `situation`, or, for one accounting year, `exercices`, `comptes`, `ressources`
            or `activites`.
        annee: short name of the accounting year; empty for the two first.
        contenu: a mapping for the structure, a list of lines for the others, written as in a file (the lines
            of a year do not repeat its name).
        brouillon: kept as typed but not read into the file: a balance sheet that does not balance yet.
    """

    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="volets")
    table = models.CharField(max_length=20)
    annee = models.CharField(max_length=LONGUEUR_ID, blank=True)
    contenu = models.JSONField(default=list)
    brouillon = models.BooleanField(default=False)
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["dossier", "table", "annee"], name="volet_unique")
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.annee}".strip()


class Invitation(models.Model):
    """A link by which one respondent answers one round, without an account, and sees nothing else.

    Attributes:
        empreinte: SHA-256 of the secret of the link; the secret itself is kept nowhere.
        courriel: where the link was sent; empty when it was handed over otherwise, and once it is over.
        jusqu_au: last day.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    passage = models.ForeignKey(Passage, models.CASCADE, related_name="invitations")
    repondant = models.ForeignKey(Repondant, models.CASCADE, related_name="invitations")
    empreinte = models.CharField(max_length=64, unique=True)
    courriel = models.EmailField(max_length=254, blank=True)
    jusqu_au = models.DateField()
    revoquee_le = models.DateTimeField(null=True, blank=True)
    cree_le = models.DateTimeField(default=timezone.now, editable=False)
    cree_par = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    ouverte_le = models.DateTimeField(null=True, blank=True)
    terminee_le = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering: ClassVar = ["-cree_le"]

    def __str__(self) -> str:
        return f"{self.repondant} jusqu’au {self.jusqu_au}"


class Depot(models.Model):
    """A file that was read and waits for a yes: what it would put in the diagnosis.

    Attributes:
        contenu: the tables read, written as in a file; for accounts, the tables of one year.
        rapport: how it was read, in sentences and tables for the page.
        empreinte: of the diagnosis when the file was read: the yes is refused if it has changed since.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="depots")
    genre = models.CharField(max_length=20)
    fichier = models.CharField(max_length=200)
    contenu = models.JSONField()
    rapport = models.JSONField(default=dict)
    empreinte = models.CharField(max_length=64)
    auteur = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    cree_le = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.fichier
