"""A file with a round and two respondents, and the people who may or may not open it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

import pytest
from django.test import Client

from perenne.web.comptes.models import Compte
from perenne.web.diagnostics.models import Passage, Repondant
from perenne.web.dossiers.models import Acces, Dossier
from perenne.web.espaces.models import Adhesion, Organisation, Role

JOUR = dt.date(2026, 6, 9)


@dataclass
class Scene:
    """Who is there; `entrer` gives the browser of one of them."""

    dossier: Dossier
    passage: Passage
    entreprise: Repondant
    elu: Repondant
    comptes: dict[str, Compte] = field(default_factory=dict)

    def entrer(self, qui: str = "editeur") -> Client:
        """A browser where that person is signed in; `anonyme` for nobody."""
        client = Client(raise_request_exception=False)
        if qui != "anonyme":
            client.force_login(self.comptes[qui])
        return client

    def adresse(self, suite: str = "") -> str:
        """An address of the diagnosis of the file."""
        return f"/dossiers/{self.dossier.pk}/diagnostic/{suite}"


@pytest.fixture
def scene(db: None) -> Scene:
    """The scene."""
    organisation = Organisation.objects.create(nom="Communauté de communes de Brumeval (fictive)")
    autre = Organisation.objects.create(nom="Autre organisation (fictive)")
    dossier = Dossier.objects.create(organisation=organisation, nom="Ressourcerie inventée")
    passage = Passage.objects.create(dossier=dossier, nom="2026", date=JOUR, grille="complete")
    faite = Scene(
        dossier=dossier,
        passage=passage,
        entreprise=Repondant.objects.create(dossier=dossier, nom="entreprise", role="entreprise", rang=1),
        elu=Repondant.objects.create(dossier=dossier, nom="elu", role="elu", rang=2),
    )
    for role in Role.values:
        compte = Compte.objects.creer(f"{role}@exemple.invalid")
        Adhesion.objects.create(organisation=organisation, compte=compte, role=role)
        faite.comptes[role] = compte
    faite.comptes["invite"] = Compte.objects.creer("invite@exemple.invalid")
    Acces.objects.create(dossier=dossier, compte=faite.comptes["invite"])
    faite.comptes["etranger"] = Compte.objects.creer("etranger@exemple.invalid")
    Adhesion.objects.create(organisation=autre, compte=faite.comptes["etranger"], role=Role.ADMINISTRATEUR)
    return faite
