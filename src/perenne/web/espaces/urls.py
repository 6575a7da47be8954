"""Addresses of the spaces."""

from __future__ import annotations

from django.urls import path

from perenne.web.espaces import vues, vues_journal, vues_membres

urlpatterns = [
    path("espaces/", vues.espaces, name="espaces"),
    path("espaces/nouveau/", vues.nouveau, name="espace-nouveau"),
    path("espaces/<uuid:identifiant>/", vues.espace, name="espace"),
    path("espaces/<uuid:identifiant>/reglages/", vues.reglages, name="espace-reglages"),
    path("espaces/<uuid:identifiant>/supprimer/", vues.supprimer, name="espace-supprimer"),
    path("espaces/<uuid:identifiant>/membres/", vues_membres.membres, name="espace-membres"),
    path(
        "espaces/<uuid:identifiant>/membres/<int:adhesion>/role/",
        vues_membres.changer_role,
        name="membre-role",
    ),
    path(
        "espaces/<uuid:identifiant>/membres/<int:adhesion>/retirer/",
        vues_membres.retirer,
        name="membre-retirer",
    ),
    path(
        "espaces/<uuid:identifiant>/invitations/<int:invitation>/retirer/",
        vues_membres.retirer_invitation,
        name="invitation-retirer",
    ),
    path("espaces/<uuid:identifiant>/journal/", vues_journal.journal, name="espace-journal"),
    path("espaces/<uuid:identifiant>/journal.csv", vues_journal.journal_csv, name="espace-journal-csv"),
    path("invitations/<str:jeton>/", vues_membres.invitation, name="invitation"),
]
