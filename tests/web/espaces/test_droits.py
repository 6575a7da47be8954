"""Who may do what on an organisation and on a file."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory

from perenne.services.consulter.elements import Introuvable
from perenne.web.comptes.models import Compte
from perenne.web.dossiers.models import Acces, Dossier
from perenne.web.espaces.droits import (
    Interdit,
    NonConnecte,
    dossiers_visibles,
    obtenir_adhesion,
    obtenir_dossier,
)
from perenne.web.espaces.models import Adhesion, Organisation

pytestmark = pytest.mark.django_db


def _requete(compte: Compte | None) -> Any:
    requete = RequestFactory().get("/")
    requete.user = compte or AnonymousUser()
    return requete


def _compte(nom: str) -> Compte:
    return Compte.objects.creer(f"{nom}@exemple.invalid")


@pytest.fixture
def organisation() -> Organisation:
    return Organisation.objects.create(nom="Communauté de communes de Brumeval (fictive)")


@pytest.fixture
def dossier(organisation: Organisation) -> Dossier:
    return Dossier.objects.create(organisation=organisation, nom="Ressourcerie inventée")


def _membre(organisation: Organisation, role: str) -> Compte:
    compte = _compte(f"{role}-{organisation.pk.hex[:6]}")
    Adhesion.objects.create(organisation=organisation, compte=compte, role=role)
    return compte


def test_nobody_signed_in_is_sent_to_the_connection(dossier: Dossier) -> None:
    with pytest.raises(NonConnecte):
        obtenir_dossier(_requete(None), dossier.pk)


@pytest.mark.parametrize(
    ("role", "permis"),
    [("lecteur", {"lire"}), ("editeur", {"lire", "ecrire"}), ("administrateur", {"lire", "ecrire", "gerer"})],
)
def test_each_role_gives_its_rights_and_no_more(
    organisation: Organisation, dossier: Dossier, role: str, permis: set[str]
) -> None:
    requete = _requete(_membre(organisation, role))
    for droit in ("lire", "ecrire", "gerer"):
        if droit in permis:
            assert obtenir_dossier(requete, dossier.pk, droit) == dossier
            assert obtenir_adhesion(requete, organisation.pk, droit).organisation == organisation
        else:
            with pytest.raises(Interdit):
                obtenir_dossier(requete, dossier.pk, droit)
            with pytest.raises(Interdit):
                obtenir_adhesion(requete, organisation.pk, droit)


def test_another_organisation_sees_nothing(dossier: Dossier) -> None:
    autre = Organisation.objects.create(nom="Autre organisation (fictive)")
    requete = _requete(_membre(autre, "administrateur"))
    with pytest.raises(Introuvable):
        obtenir_dossier(requete, dossier.pk)
    with pytest.raises(Introuvable):
        obtenir_adhesion(requete, dossier.organisation_id)
    assert not dossiers_visibles(requete).exists()


def test_a_guest_sees_one_file_and_not_the_organisation(organisation: Organisation, dossier: Dossier) -> None:
    invite = _compte("invite")
    Acces.objects.create(dossier=dossier, compte=invite)
    requete = _requete(invite)
    assert obtenir_dossier(requete, dossier.pk) == dossier
    with pytest.raises(Interdit):
        obtenir_dossier(requete, dossier.pk, "ecrire")
    with pytest.raises(Introuvable):
        obtenir_adhesion(requete, organisation.pk)


def test_an_access_that_has_ended_gives_nothing(dossier: Dossier) -> None:
    invite = _compte("invite")
    Acces.objects.create(dossier=dossier, compte=invite, jusqu_au=dt.date(2020, 1, 1))
    with pytest.raises(Introuvable):
        obtenir_dossier(_requete(invite), dossier.pk)


@pytest.mark.parametrize(("role", "ecrit"), [("lecteur", False), ("editeur", True), ("administrateur", True)])
def test_a_sharing_gives_no_more_than_the_role_in_the_organisation_that_receives(
    dossier: Dossier, role: str, ecrit: bool
) -> None:
    autre = Organisation.objects.create(nom="Autre organisation (fictive)")
    Acces.objects.create(dossier=dossier, beneficiaire=autre, ecriture=True)
    requete = _requete(_membre(autre, role))
    assert obtenir_dossier(requete, dossier.pk) == dossier
    if ecrit:
        assert obtenir_dossier(requete, dossier.pk, "ecrire") == dossier
    else:
        with pytest.raises(Interdit):
            obtenir_dossier(requete, dossier.pk, "ecrire")
    with pytest.raises(Interdit):
        obtenir_dossier(requete, dossier.pk, "gerer")
