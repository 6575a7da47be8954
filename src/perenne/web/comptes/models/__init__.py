"""What is kept of a person who signs in, and no more than that."""

from perenne.web.comptes.models.acces import Compteur, Evenement, Lien, Nature, SessionCompte, Usage
from perenne.web.comptes.models.compte import Compte, GestionnaireComptes, normaliser_courriel
from perenne.web.comptes.models.double import CodeSecours, Double
from perenne.web.comptes.models.proconnect import DemandeAdhesion, EntreeProConnect, EtatDemande, Identite

__all__ = [
    "CodeSecours",
    "Compte",
    "Compteur",
    "DemandeAdhesion",
    "Double",
    "EntreeProConnect",
    "EtatDemande",
    "Evenement",
    "GestionnaireComptes",
    "Identite",
    "Lien",
    "Nature",
    "SessionCompte",
    "Usage",
    "normaliser_courriel",
]
