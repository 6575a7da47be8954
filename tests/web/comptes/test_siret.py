"""The SIRET of an employer opens an organisation only when both sides have proved it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from perenne.web.comptes.models import Compte, DemandeAdhesion, Double, EntreeProConnect, Identite
from perenne.web.comptes.siret import est_ouverte, est_prouve, rapprocher, suivre
from perenne.web.espaces.models import Adhesion, Organisation, Role, Trace

pytestmark = pytest.mark.django_db
SIRET, AUTRE = "21990001600011", "35600000000048"


def _agent(nom: str, siret: str = SIRET) -> Compte:
    compte = Compte.objects.creer(f"{nom}@exemple.invalid")
    Identite.objects.create(compte=compte, emetteur="https://idp.invalid", sujet=nom, siret=siret)
    return compte


def _exploitant() -> Compte:
    """The operator of the site, who does nothing without a second step."""
    compte = Compte.objects.creer("exploitant@exemple.invalid", exploitant=True)
    Double.objects.create(compte=compte, secret="x", active_le=timezone.now())
    return compte


def _organisation(siret: str = SIRET, administrateur: Compte | None = None) -> Organisation:
    organisation = Organisation.objects.create(nom="Mairie de Brumeville (fictive)", siret=siret)
    if administrateur is not None:
        Adhesion.objects.create(organisation=organisation, compte=administrateur, role=Role.ADMINISTRATEUR)
    return organisation


def _poster(qui: Compte, organisation: Organisation, geste: str, **champs: Any) -> Any:
    client = Client(raise_request_exception=False)
    client.force_login(qui)
    return client.post("/compte/demandes/", {"organisation": organisation.pk, "geste": geste, **champs})


def _role(compte: Compte, organisation: Organisation) -> str | None:
    adhesion = organisation.adhesions.filter(compte=compte).first()
    return adhesion.role if adhesion else None


def test_a_siret_that_somebody_typed_proves_nothing() -> None:
    """Anybody may open a space and write the SIRET of a town hall in it."""
    intrus = Compte.objects.creer("intrus@exemple.invalid")
    organisation = _organisation(administrateur=intrus)
    assert not est_prouve(organisation)
    EntreeProConnect.objects.create(organisation=organisation, siret=SIRET, ouverte=True)
    assert not est_ouverte(organisation)
    agent = _agent("agent")
    rapprocher(agent, SIRET)
    assert _role(agent, organisation) is None
    # Nor does the intruder see who asks, nor answer.
    demande = DemandeAdhesion.objects.get()
    client = Client()
    client.force_login(intrus)
    assert agent.courriel not in client.get("/compte/demandes/").content.decode()
    assert _poster(intrus, organisation, "accepter", demande=demande.pk).status_code == 403
    assert _poster(intrus, organisation, "ouvrir").status_code == 403


@pytest.mark.parametrize(("role", "siret", "prouve"), [
    (Role.ADMINISTRATEUR, SIRET, True),
    (Role.ADMINISTRATEUR, AUTRE, False),
    (Role.EDITEUR, SIRET, False),
])  # fmt: skip
def test_the_identity_of_an_administrator_proves_it(role: Role, siret: str, prouve: bool) -> None:
    organisation = _organisation()
    Adhesion.objects.create(organisation=organisation, compte=_agent("a", siret), role=role)
    assert est_prouve(organisation) is prouve


def test_the_operator_may_check_it_and_it_is_worth_for_that_siret_only() -> None:
    exploitant = _exploitant()
    organisation = _organisation(administrateur=Compte.objects.creer("a@exemple.invalid"))
    assert _poster(exploitant, organisation, "verifier").status_code == 302
    assert est_prouve(organisation)
    organisation.refresh_from_db()
    organisation.enregistrer(organisation.version, siret=AUTRE)
    assert not est_prouve(organisation)


def test_nobody_but_the_operator_checks_a_siret() -> None:
    administrateur = _agent("a", AUTRE)
    organisation = _organisation(administrateur=administrateur)
    for geste in ("verifier", "contester"):
        assert _poster(administrateur, organisation, geste).status_code == 403
    assert not est_prouve(organisation)


def test_the_operator_frees_a_siret_that_was_taken() -> None:
    exploitant = _exploitant()
    organisation = _organisation(administrateur=Compte.objects.creer("intrus@exemple.invalid"))
    rapprocher(_agent("agent"), SIRET)
    client = Client()
    client.force_login(exploitant)
    assert organisation.nom in client.get("/compte/demandes/").content.decode()
    assert _poster(exploitant, organisation, "contester").status_code == 302
    assert not Organisation.objects.filter(siret=SIRET).exists()
    assert Trace.objects.get().libelle == "le SIRET, retiré faute de preuve"


def test_by_default_one_asks_and_an_administrator_answers() -> None:
    administrateur, agent = _agent("a"), _agent("agent")
    organisation = _organisation(administrateur=administrateur)
    rapprocher(agent, SIRET)
    rapprocher(agent, SIRET)
    demande = DemandeAdhesion.objects.get()
    assert _role(agent, organisation) is None
    assert _poster(administrateur, organisation, "accepter", demande=demande.pk).status_code == 302
    assert _role(agent, organisation) == Role.LECTEUR
    assert mail.outbox[-1].to == [agent.courriel]
    assert [t.geste for t in Trace.objects.all()] == ["rejoint"]
    assert _poster(administrateur, organisation, "accepter", demande=demande.pk).status_code == 404


def test_a_refusal_holds() -> None:
    administrateur, agent = _agent("a"), _agent("agent")
    organisation = _organisation(administrateur=administrateur)
    rapprocher(agent, SIRET)
    _poster(administrateur, organisation, "refuser", demande=DemandeAdhesion.objects.get().pk)
    rapprocher(agent, SIRET)
    assert _role(agent, organisation) is None
    assert DemandeAdhesion.objects.get().etat == "refusee"
    assert mail.outbox == []


def test_where_it_is_open_one_enters_as_a_reader() -> None:
    administrateur, agent = _agent("a"), _agent("agent")
    organisation = _organisation(administrateur=administrateur)
    assert _poster(administrateur, organisation, "ouvrir").status_code == 302
    rapprocher(agent, SIRET)
    assert _role(agent, organisation) == Role.LECTEUR
    assert _poster(administrateur, organisation, "fermer").status_code == 302
    suivant = _agent("suivant")
    rapprocher(suivant, SIRET)
    assert _role(suivant, organisation) is None


def test_who_changes_employer_loses_what_the_siret_alone_had_opened() -> None:
    organisation = _organisation(administrateur=_agent("a"))
    EntreeProConnect.objects.create(organisation=organisation, siret=SIRET, ouverte=True)
    agent = _agent("agent")
    rapprocher(agent, SIRET)
    suivre(agent.identites.get(), SIRET)
    assert _role(agent, organisation) == Role.LECTEUR
    suivre(agent.identites.get(), "")  # the provider said nothing this time
    assert _role(agent, organisation) == Role.LECTEUR
    suivre(agent.identites.get(), AUTRE)
    assert _role(agent, organisation) is None
    assert "changé d’employeur" in Trace.objects.latest("pk").libelle


def test_who_was_given_a_role_by_people_keeps_it() -> None:
    administrateur = _agent("a")
    organisation = _organisation(administrateur=administrateur)
    EntreeProConnect.objects.create(organisation=organisation, siret=SIRET, ouverte=True)
    promu, invite = _agent("promu"), _agent("invite")
    Adhesion.objects.create(organisation=organisation, compte=invite, role=Role.LECTEUR)
    rapprocher(promu, SIRET)
    rapprocher(invite, SIRET)
    organisation.adhesions.filter(compte=promu).update(role=Role.EDITEUR)
    for compte in (promu, invite):
        suivre(compte.identites.get(), AUTRE)
    assert _role(promu, organisation) == Role.EDITEUR
    assert _role(invite, organisation) == Role.LECTEUR


def test_without_an_organisation_nothing_is_made_and_the_account_says_what_to_do() -> None:
    agent = _agent("agent")
    rapprocher(agent, SIRET)
    assert not Organisation.objects.exists()
    assert not DemandeAdhesion.objects.exists()
    client = Client()
    client.force_login(agent)
    assert f"{SIRET}, qu’aucun espace n’a encore" in client.get("/compte/").content.decode()


def test_a_request_of_another_organisation_is_out_of_reach() -> None:
    mien, autre = _agent("a"), _agent("b", AUTRE)
    _organisation(administrateur=mien)
    voisine = _organisation(AUTRE, autre)
    agent = _agent("agent")
    rapprocher(agent, SIRET)
    demande = DemandeAdhesion.objects.get()
    assert _poster(autre, voisine, "accepter", demande=demande.pk).status_code == 404
    assert (
        _poster(autre, Organisation.objects.get(siret=SIRET), "accepter", demande=demande.pk).status_code
        == 404
    )
    assert _role(agent, voisine) is None
