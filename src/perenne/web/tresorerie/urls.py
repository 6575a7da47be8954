"""Addresses of the treasury of a file."""

from __future__ import annotations

from django.urls import path

from perenne.web.tresorerie import vues, vues_saisie

BASE = "dossiers/<uuid:identifiant>/tresorerie/"

urlpatterns = [
    path("modeles/plan-de-tresorerie.xlsx", vues.modele, name="tresorerie-modele"),
    path(BASE, vues.tresorerie, name="tresorerie"),
    path(f"{BASE}plan/", vues.plan, name="tresorerie-plan"),
    path(f"{BASE}importer/", vues_saisie.importer, name="tresorerie-importer"),
    path(f"{BASE}plan.<str:format_>", vues.fichier_plan, name="tresorerie-plan-fichier"),
    path(f"{BASE}resultat.<str:format_>", vues.fichier_resultat, name="tresorerie-resultat"),
    path(f"{BASE}plan/<slug:feuille>/", vues_saisie.ligne, name="tresorerie-nouvelle"),
    path(f"{BASE}plan/<slug:feuille>/<slug:cle>/", vues_saisie.ligne, name="tresorerie-ligne"),
]
