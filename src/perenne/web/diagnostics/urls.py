"""Addresses of the diagnosis."""

from __future__ import annotations

from django.urls import path

from perenne.web.diagnostics import (
    vues,
    vues_annees,
    vues_comparer,
    vues_fiche,
    vues_grille,
    vues_import,
    vues_invitations,
    vues_repondre,
    vues_structure,
    vues_tables,
)

_D = "dossiers/<uuid:identifiant>/diagnostic/"

urlpatterns = [
    path(_D, vues.diagnostic, name="diagnostic"),
    path(f"{_D}nouveau-passage/", vues.passage_nouveau, name="diagnostic-passage-nouveau"),
    path(f"{_D}passages/<str:passage>/", vues.passage_modifier, name="diagnostic-passage"),
    path(
        f"{_D}passages/<str:passage>/supprimer/",
        vues.passage_supprimer,
        name="diagnostic-passage-supprimer",
    ),
    path(f"{_D}nouveau-repondant/", vues.repondant_nouveau, name="diagnostic-repondant-nouveau"),
    path(f"{_D}repondants/<str:repondant>/", vues.repondant_modifier, name="diagnostic-repondant"),
    path(
        f"{_D}repondants/<str:repondant>/supprimer/",
        vues.repondant_supprimer,
        name="diagnostic-repondant-supprimer",
    ),
    path(
        f"{_D}grille/<str:passage>/<str:repondant>/<slug:famille>/",
        vues_grille.grille,
        name="diagnostic-grille",
    ),
    path(f"{_D}invitations/", vues_invitations.invitations, name="diagnostic-invitations"),
    path(
        f"{_D}invitations/<uuid:lien>/retirer/",
        vues_invitations.retirer,
        name="diagnostic-invitation-retirer",
    ),
    path(f"{_D}comparaison/", vues_comparer.comparaison, name="diagnostic-comparaison"),
    path(f"{_D}structure/", vues_structure.structure, name="diagnostic-structure"),
    path(f"{_D}situation/", vues_structure.situation, name="diagnostic-situation"),
    path(f"{_D}comptes/", vues_annees.annees, name="diagnostic-annees"),
    path(f"{_D}nouvel-exercice/", vues_annees.annee_nouvelle, name="diagnostic-annee-nouvelle"),
    path(f"{_D}importer-comptes/", vues_import.importer_comptes, name="diagnostic-comptes-importer"),
    path(
        f"{_D}importer-comptes/<uuid:releve>/",
        vues_import.apercu_comptes,
        name="diagnostic-comptes-apercu",
    ),
    path(f"{_D}comptes/<str:annee>/", vues_annees.annee, name="diagnostic-annee"),
    path(
        f"{_D}comptes/<str:annee>/supprimer/", vues_annees.annee_supprimer, name="diagnostic-annee-supprimer"
    ),
    path(f"{_D}comptes/<str:annee>/postes/", vues_tables.comptes, name="diagnostic-comptes"),
    path(f"{_D}comptes/<str:annee>/ressources/", vues_tables.ressources, name="diagnostic-ressources"),
    path(f"{_D}comptes/<str:annee>/activites/", vues_tables.activites, name="diagnostic-activites"),
    path(f"{_D}importer/", vues_import.importer, name="diagnostic-importer"),
    path(f"{_D}importer/<uuid:depot>/", vues_import.apercu, name="diagnostic-apercu"),
    path(f"{_D}fiche/", vues_fiche.fiche, name="diagnostic-fiche"),
    path(f"{_D}fiche.<slug:format_>", vues_fiche.fichier, name="diagnostic-fichier"),
    path(f"{_D}economie/", vues_fiche.economie, name="diagnostic-economie"),
    path(f"{_D}economie.xlsx", vues_fiche.economie_xlsx, name="diagnostic-economie-xlsx"),
    path(f"{_D}dossier.yaml", vues_fiche.dossier_yaml, name="diagnostic-yaml"),
    path(f"{_D}modele.xlsx", vues_fiche.modele, name="diagnostic-modele"),
    path("repondre/<str:jeton>/", vues_repondre.repondre, name="repondre"),
    path("repondre/<str:jeton>/<slug:famille>/", vues_repondre.repondre_famille, name="repondre-famille"),
]
