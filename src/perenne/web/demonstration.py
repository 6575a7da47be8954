"""The accounts, the space and the files of the demonstration: all fictional, made once."""

from __future__ import annotations

import json
import os
import secrets
from pathlib import Path

from django.db import transaction

from perenne.services.demonstration import trouver_sources
from perenne.services.entreprise.dossiers import lire_octets
from perenne.services.entreprise.rubriques import rubriques_de
from perenne.services.reglages import dossier_donnees
from perenne.services.tresorerie.brouillon import ecrire_brouillon
from perenne.services.tresorerie.fichiers import lire_plan
from perenne.web.common.dates import aujourd_hui
from perenne.web.comptes.models import Compte
from perenne.web.diagnostics.ecriture import ecrire_rubriques
from perenne.web.dossiers.models import Dossier
from perenne.web.espaces.models import Adhesion, Organisation, Role
from perenne.web.tresorerie.models import PlanTresorerie

COMPTES = (
    ("chargee-de-mission@demo.invalid", "Chargée de mission (fictive)", Role.ADMINISTRATEUR),
    ("elu@demo.invalid", "Élu délégué (fictif)", Role.LECTEUR),
)
FICHIER = "comptes-de-demonstration.json"
DOSSIERS = (
    ("Ressourcerie de Valfiction", "99001", "ressourcerie", "ressourcerie-valfiction"),
    ("Café associatif de Bourg-Inventé", "99002", "cafe-associatif", "cafe-bourg-invente"),
    ("Régie de quartier des Coteaux imaginaires", "99001", "regie-de-quartier", "regie-coteaux-imaginaires"),
)
"""Name, commune, treasury plan of `data/demo/tresorerie`, diagnosis of `data/demo/diagnostics`."""


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
        for courriel, nom, role in reversed(COMPTES):
            auteur = Compte.objects.creer(courriel, mots_de_passe[courriel], nom=nom)
            Adhesion.objects.create(organisation=organisation, compte=auteur, role=role)
        donnees = trouver_sources().parent
        for nom, commune, plan, diagnostic in DOSSIERS:
            dossier = Dossier.objects.create(organisation=organisation, nom=nom, commune=commune)
            lu = lire_plan(donnees / "tresorerie" / f"{plan}.yaml")
            PlanTresorerie.objects.create(dossier=dossier, contenu=ecrire_brouillon(lu))
            _diagnostiquer(dossier, donnees / "diagnostics" / f"{diagnostic}.yaml", auteur)
        descripteur = os.open(fichier, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descripteur, "w", encoding="utf-8") as sortie:
            json.dump(mots_de_passe, sortie)
    return mots_de_passe


def _diagnostiquer(dossier: Dossier, fichier: Path, auteur: Compte) -> None:
    """Fill the grid and the accounts from a file, as an import does."""
    joints = {f.name: f.read_bytes() for f in fichier.parent.glob("*.csv")}
    lu = lire_octets(fichier.read_bytes(), fichier.name, aujourd_hui(), joints=joints)
    ecrire_rubriques(dossier, rubriques_de(lu.dossier), auteur, "remplacer")
