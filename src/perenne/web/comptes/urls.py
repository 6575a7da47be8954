"""Addresses of accounts."""

from __future__ import annotations

from django.urls import path

from perenne.web.comptes.vues import (
    compte,
    confidentialite,
    connexion,
    demandes,
    donnees,
    double,
    fournisseur,
    lien,
    sessions,
)

urlpatterns = [
    path("confidentialite/", confidentialite.confidentialite, name="confidentialite"),
    path("connexion/", connexion.connexion, name="connexion"),
    path("connexion/message/", connexion.message, name="connexion-message"),
    path("connexion/lien/", lien.lien, name="connexion-lien"),
    path("connexion/oubli/", connexion.oubli, name="connexion-oubli"),
    path("connexion/code/", connexion.code, name="connexion-code"),
    path("connexion/fournisseur/", fournisseur.aller, name="fournisseur"),
    path("connexion/fournisseur/retour/", fournisseur.retour, name="fournisseur-retour"),
    path("connexion/fournisseur/sortie/", fournisseur.sortie, name="fournisseur-sortie"),
    path("inscription/", connexion.inscription, name="inscription"),
    path("deconnexion/", connexion.deconnexion, name="deconnexion"),
    path("compte/", compte.compte, name="compte"),
    path("compte/mot-de-passe/", compte.mot_de_passe, name="compte-mot-de-passe"),
    path("compte/courriel/", compte.courriel, name="compte-courriel"),
    path("compte/confirmer/", compte.confirmer, name="compte-confirmer"),
    path("compte/sessions/", sessions.sessions, name="compte-sessions"),
    path("compte/demandes/", demandes.demandes, name="compte-demandes"),
    path("compte/identites/<int:identite>/detacher/", fournisseur.detacher, name="identite-detacher"),
    path("compte/donnees/", donnees.donnees, name="compte-donnees"),
    path("compte/effacer/", donnees.effacement, name="compte-effacer"),
    path("compte/double/", double.afficher, name="compte-double"),
    path("compte/double/secours/", double.renouveler, name="compte-double-secours"),
    path("compte/double/retirer/", double.retirer, name="compte-double-retirer"),
]
