"""Addresses of the files."""

from __future__ import annotations

from django.urls import path

from perenne.web.dossiers import vues, vues_partages

urlpatterns = [
    path("espaces/<uuid:identifiant>/dossiers/nouveau/", vues.nouveau, name="dossier-nouveau"),
    path("dossiers/<uuid:identifiant>/", vues.dossier, name="dossier"),
    path("dossiers/<uuid:identifiant>/modifier/", vues.modifier, name="dossier-modifier"),
    path("dossiers/<uuid:identifiant>/supprimer/", vues.supprimer, name="dossier-supprimer"),
    path("dossiers/<uuid:identifiant>/partages/", vues_partages.partages, name="dossier-partages"),
    path(
        "dossiers/<uuid:identifiant>/partages/<int:acces>/retirer/",
        vues_partages.retirer,
        name="partage-retirer",
    ),
    path(
        "dossiers/<uuid:identifiant>/invitations/<int:invitation>/retirer/",
        vues_partages.retirer_invitation,
        name="dossier-invitation-retirer",
    ),
]
