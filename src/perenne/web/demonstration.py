"""The accounts, the space and the files of the demonstration: all fictional, made once."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from django.db import transaction

from perenne.services.demonstration import trouver_sources
from perenne.services.reglages import dossier_donnees
from perenne.services.tresorerie.brouillon import ecrire_brouillon
from perenne.services.tresorerie.fichiers import lire_plan
from perenne.web.comptes.models import Compte
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.models import Adhesion, Organisation, Role
from perenne.web.tresorerie.models import PlanTresorerie

COMPTES = (
    ("chargee-de-mission@demo.invalid", "Chargée de mission (fictive)", Role.ADMINISTRATEUR),
    ("elu@demo.invalid", "Élu délégué (fictif)", Role.LECTEUR),
)
FICHIER = "comptes-de-demonstration.json"
DOSSIERS = (
    ("Ressourcerie de Valfiction", "99001", "ressourcerie"),
    ("Café associatif de Bourg-Inventé", "99002", "cafe-associatif"),
    ("Régie de quartier des Coteaux imaginaires", "99001", "regie-de-quartier"),
)
"""Name, commune, treasury plan of `data/demo/tresorerie`."""


def semer() -> dict[str, str]:
    """Make the demonstration if it is not there; address and password of each account.

    The passwords are drawn at random and kept beside the base, readable by their owner only: the site listens
    to this machine alone, but a password that everybody knows would be one too many.
    """
    fichier = dossier_donnees() / FICHIER
    if fichier.is_file() and Compte.objects.filter(courriel=COMPTES[0][0]).exists():
        gardes: dict[str, str] = json.loads(fichier.read_text(encoding="utf-8"))
        return gardes
    with transaction.atomic():
        mots_de_passe = {courriel: secrets.token_urlsafe(9) for courriel, _, _ in COMPTES}
        organisation = Organisation.objects.create(
            nom="Communauté de communes du Haut-Mirage (fictive)", territoire="299900027"
        )
        for courriel, nom, role in COMPTES:
            compte = Compte.objects.creer(courriel, mots_de_passe[courriel], nom=nom)
            Adhesion.objects.create(organisation=organisation, compte=compte, role=role)
        plans = trouver_sources().parent / "tresorerie"
        for nom, commune, plan in DOSSIERS:
            _ouvrir(organisation, nom, commune, plans / f"{plan}.yaml")
        descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descripteur, "w", encoding="utf-8") as sortie:
            json.dump(mots_de_passe, sortie)
    return mots_de_passe


def _ouvrir(organisation: Organisation, nom: str, commune: str, plan: Path) -> None:
    dossier = Dossier.objects.create(organisation=organisation, nom=nom, commune=commune)
    PlanTresorerie.objects.create(dossier=dossier, contenu=ecrire_brouillon(lire_plan(plan)))
