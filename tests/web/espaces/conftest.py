"""An organisation with a person of each role, a guest of one file, and a stranger."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from django.test import Client

from perenne.web.comptes.models import Compte
from perenne.web.dossiers.models import Acces, Dossier
from perenne.web.espaces.models import Adhesion, Organisation, Role


@dataclass
class Scene:
    """Who is there; `entrer` gives the browser of one of them."""

    organisation: Organisation
    autre: Organisation
    dossier: Dossier
    comptes: dict[str, Compte] = field(default_factory=dict)

    def entrer(self, qui: str) -> Client:
        """A browser where that person is signed in; `anonyme` for nobody."""
        client = Client(raise_request_exception=False)
        if qui != "anonyme":
            client.force_login(self.comptes[qui])
        return client


@pytest.fixture
def scene(db: None) -> Scene:
    """The scene."""
    organisation = Organisation.objects.create(nom="Communauté de communes de Brumeval (fictive)")
    autre = Organisation.objects.create(nom="Autre organisation (fictive)")
    dossier = Dossier.objects.create(organisation=organisation, nom="Ressourcerie inventée")
    faite = Scene(organisation, autre, dossier)
    for role in Role.values:
        compte = Compte.objects.creer(f"{role}@exemple.invalid")
        Adhesion.objects.create(organisation=organisation, compte=compte, role=role)
        faite.comptes[role] = compte
    faite.comptes["invite"] = Compte.objects.creer("invite@exemple.invalid")
    Acces.objects.create(dossier=dossier, compte=faite.comptes["invite"])
    faite.comptes["etranger"] = Compte.objects.creer("etranger@exemple.invalid")
    Adhesion.objects.create(organisation=autre, compte=faite.comptes["etranger"], role=Role.ADMINISTRATEUR)
    return faite


@pytest.fixture
def entrer(scene: Scene) -> Callable[[str], Client]:
    """`scene.entrer`."""
    return scene.entrer
