"""Taking one's data away, and erasing one's account: nothing forgotten, nothing of anybody else."""

from __future__ import annotations

import datetime as dt
import io
import json
import zipfile
from typing import Any

import pyotp
import pytest
from django.core import mail
from django.db import models
from django.utils import timezone

from perenne.web.comptes import double
from perenne.web.comptes.effacement import DernierAdministrateur, effacer
from perenne.web.comptes.export import SECRETS, champs_d_adresse, champs_vers_les_comptes, rassembler
from perenne.web.comptes.freins import prendre
from perenne.web.comptes.liens import creer_lien
from perenne.web.comptes.models import Compte, Compteur, DemandeAdhesion, Identite, Lien, Usage
from perenne.web.diagnostics.models import Invitation as InvitationARepondre
from perenne.web.diagnostics.models import Passage, Repondant, Volet
from perenne.web.dossiers.models import Acces, Dossier
from perenne.web.espaces.models import Adhesion, Geste, Invitation, Organisation, Role, Trace

from .conftest import COURRIEL, SECRET, Navigateur, lien_recu, texte

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(marie: Compte) -> Organisation:
    """One that this person administers with another, with something in every table."""
    autre = Compte.objects.creer("autre@exemple.invalid", SECRET)
    organisation = Organisation.objects.create(nom="Organisation (fictive)", siret="21990001600011")
    for compte in (marie, autre):
        Adhesion.objects.create(organisation=organisation, compte=compte, role=Role.ADMINISTRATEUR)
    dossier = Dossier.objects.create(organisation=organisation, nom="Ressourcerie inventée")
    Acces.objects.create(dossier=dossier, compte=marie)
    for qui, geste, libelle in (
        (marie, Geste.VU, dossier.nom),
        (autre, Geste.INVITE, f"{COURRIEL} (Lecteur)"),
        (autre, Geste.VU, dossier.nom),
    ):
        Trace.objects.create(organisation=organisation, compte=qui, geste=geste, objet="x", libelle=libelle)
    Invitation.objects.create(
        organisation=organisation, courriel=COURRIEL, role="lecteur", empreinte="secrete",
        expire_le=timezone.now() + dt.timedelta(days=1),
    )  # fmt: skip
    Identite.objects.create(compte=marie, emetteur="https://idp.invalid", sujet="m", siret="21990001600011")
    DemandeAdhesion.objects.create(compte=autre, siret="35600000000048", tranchee_par=marie)
    creer_lien(Usage.CONNEXION, COURRIEL, marie)
    double.commencer(marie)
    return organisation


def test_the_archive_holds_everything_that_refers_to_the_person(
    connectee: Navigateur, marie: Compte, organisation: Organisation
) -> None:
    reponse = connectee.envoyer("/compte/donnees/")
    assert reponse["Content-Type"] == "application/zip"
    assert reponse["Content-Disposition"].startswith('attachment; filename="mes-donnees-')
    archive = zipfile.ZipFile(io.BytesIO(reponse.content))
    assert sorted(archive.namelist()) == ["LISEZ-MOI.txt", "donnees.json"]
    donnees = json.loads(archive.read("donnees.json"))
    assert donnees["compte"]["courriel"] == COURRIEL
    tables = donnees["lie-a-votre-compte"]
    assert [a["organisation"]["nom"] for a in tables["espaces.Adhesion (compte)"]] == [
        "Organisation (fictive)"
    ]
    assert [t["libelle"] for t in tables["espaces.Trace (compte)"]] == ["Ressourcerie inventée"]
    assert [a["dossier"]["nom"] for a in tables["dossiers.Acces (compte)"]] == ["Ressourcerie inventée"]
    assert [e["nature"] for e in tables["comptes.Evenement (compte)"]] == ["export", "connexion"][::-1]
    assert tables["comptes.Identite (compte)"][0]["siret"] == "21990001600011"
    assert len(donnees["lie-a-votre-adresse"]["espaces.Invitation (courriel)"]) == 1


def test_the_archive_holds_no_secret_and_nobody_else(marie: Compte, organisation: Organisation) -> None:
    contenu = json.dumps(rassembler(marie), ensure_ascii=False)
    assert "autre@exemple.invalid" not in contenu
    assert "secrete" not in contenu
    assert marie.password not in contenu
    assert marie.double.secret not in contenu
    assert not [nom for nom in SECRETS if f'"{nom}"' in contenu]


def test_every_table_that_refers_to_a_person_lets_them_be_erased() -> None:
    """A new table must say what becomes of its lines: they go, or they stay without the name."""
    for modele, champ in champs_vers_les_comptes():
        reponse = modele._meta.get_field(champ).remote_field.on_delete  # type: ignore[union-attr]
        assert reponse in (models.CASCADE, models.SET_NULL), (modele, champ)


def test_addresses_are_found_wherever_they_are(marie: Compte, organisation: Organisation) -> None:
    """A link to answer keeps the answers of others alive: it stays, without the address."""
    assert {"comptes.Lien", "espaces.Invitation"} <= {m._meta.label for m, _ in champs_d_adresse()}
    passage = Passage.objects.create(
        dossier=organisation.dossiers.get(), nom="2026", date=dt.date(2026, 1, 1), grille="x"
    )
    repondant = Repondant.objects.create(dossier=passage.dossier, nom="r", role="x")
    a_repondre = InvitationARepondre.objects.create(
        passage=passage, repondant=repondant, empreinte="y", courriel=COURRIEL.upper(), jusqu_au="2026-12-31"
    )
    effacer(marie)
    a_repondre.refresh_from_db()
    assert a_repondre.courriel == ""
    assert not Lien.objects.exists()


def test_what_one_wrote_is_given_unless_the_file_is_closed_to_one(
    marie: Compte, organisation: Organisation
) -> None:
    dossier = organisation.dossiers.get()
    Volet.objects.create(dossier=dossier, table="structure", contenu={"nom": "chiffres"}, auteur=marie)
    tables = "lie-a-votre-compte", "diagnostics.Volet (auteur)"
    assert rassembler(marie)[tables[0]][tables[1]][0]["contenu"] == {"nom": "chiffres"}
    marie.adhesions.all().delete()
    marie.acces.all().delete()
    ligne = rassembler(marie)[tables[0]][tables[1]][0]
    assert ligne["contenu"] == "non communiqué : ce dossier ne vous est plus ouvert"
    assert ligne["dossier"]["nom"] == "Ressourcerie inventée"


def test_the_archive_asks_for_a_button_and_a_recent_proof(
    connectee: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert connectee.client.get("/compte/donnees/")["Content-Type"].startswith("text/html")
    plus_tard = timezone.now() + dt.timedelta(minutes=16)
    monkeypatch.setattr(timezone, "now", lambda: plus_tard)
    assert connectee.client.get("/compte/donnees/")["Location"].startswith("/compte/confirmer/")


def test_erasing_leaves_nothing_that_names_the_person(
    connectee: Navigateur, marie: Compte, organisation: Organisation
) -> None:
    page = connectee.ouvrir("/compte/effacer/")
    assert "certain" in page.xpath("//main//input/@name")
    reponse = connectee.envoyer("/compte/effacer/", mot_de_passe=SECRET, certain="on")
    assert "Votre compte est effacé" in reponse.content.decode()
    assert mail.outbox[-1].to == [COURRIEL]
    assert not connectee.connecte
    assert not Compte.objects.filter(courriel=COURRIEL).exists()
    assert not Lien.objects.exists()
    assert not Invitation.objects.exists()
    # What was done stays, without a name.
    traces = list(Trace.objects.order_by("pk"))
    assert [t.compte is None for t in traces] == [True, False, False]
    assert traces[1].libelle == "une personne effacée (Lecteur)"
    assert DemandeAdhesion.objects.get().tranchee_par is None
    _rien_ne_reste(COURRIEL, str(marie.pk))
    assert Organisation.objects.filter(pk=organisation.pk).exists()


def _rien_ne_reste(*mots: str) -> None:
    from django.apps import apps

    for modele in apps.get_models():
        contenu = str(list(modele._default_manager.values_list()))
        assert not [m for m in mots if m in contenu], modele


def test_the_counters_of_an_erased_address_go_too(marie: Compte) -> None:
    from perenne.web.comptes import freins

    prendre((freins.MOT_DE_PASSE, COURRIEL), (freins.LIEN, COURRIEL), (freins.RESEAU, "192.0.2.1"))
    effacer(marie)
    assert [c.cle.split(":")[0] for c in Compteur.objects.all()] == ["reseau"]


@pytest.mark.parametrize(
    "champs",
    [{"mot_de_passe": "faux", "certain": "on"}, {"mot_de_passe": SECRET}, {"certain": "on"}],
)
def test_erasing_asks_again_who_one_is_and_whether_one_is_sure(
    connectee: Navigateur, champs: dict[str, str]
) -> None:
    reponse = connectee.envoyer("/compte/effacer/", **champs)
    assert reponse.status_code == 200
    assert "À corriger" in reponse.content.decode()
    assert Compte.objects.count() == 1


def test_erasing_with_a_second_step_asks_for_its_code(connectee: Navigateur, marie: Compte) -> None:
    secret = double.commencer(marie)
    marie.double.active_le = timezone.now()
    marie.double.save()
    reponse = connectee.envoyer("/compte/effacer/", mot_de_passe=SECRET, code="000000", certain="on")
    assert "Ce code ne convient pas" in reponse.content.decode()
    connectee.envoyer("/compte/effacer/", mot_de_passe=SECRET, code=pyotp.TOTP(secret).now(), certain="on")
    assert not Compte.objects.exists()


def test_without_a_password_a_link_is_the_proof(marie: Compte, visite: Navigateur, monkeypatch: Any) -> None:
    marie.set_unusable_password()
    marie.save()
    visite.envoyer("/connexion/", **{"lien-courriel": COURRIEL})
    visite.envoyer(lien_recu())
    avant = timezone.now
    with monkeypatch.context() as temps:
        temps.setattr(timezone, "now", lambda: avant() + dt.timedelta(minutes=6))
        assert visite.client.get("/compte/effacer/")["Location"].startswith("/compte/confirmer/")
    visite.envoyer("/compte/effacer/", certain="on")
    assert not Compte.objects.exists()


def test_guesses_of_the_password_are_counted_there_too(connectee: Navigateur) -> None:
    codes = [
        connectee.envoyer("/compte/effacer/", mot_de_passe="faux", certain="on").status_code
        for _ in range(11)
    ]
    assert codes == [200] * 10 + [429]
    assert Compte.objects.exists()


def test_the_last_administrator_gives_or_removes_the_organisation_first(
    connectee: Navigateur, marie: Compte, organisation: Organisation
) -> None:
    organisation.adhesions.exclude(compte=marie).update(role=Role.EDITEUR)
    page = connectee.ouvrir("/compte/effacer/")
    assert "dernier administrateur de 1 organisation" in texte(page)
    assert f"/espaces/{organisation.pk}/membres/" in page.xpath("//main//a/@href")
    jeton = connectee.client.cookies["perenne_csrf"].value
    champs = {"csrfmiddlewaretoken": jeton, "mot_de_passe": SECRET, "certain": "on"}
    assert connectee.client.post("/compte/effacer/", champs).status_code == 409
    with pytest.raises(DernierAdministrateur, match="dernier administrateur"):
        effacer(marie)
    assert Compte.objects.filter(pk=marie.pk).exists()
    organisation.adhesions.exclude(compte=marie).update(role=Role.ADMINISTRATEUR)
    effacer(marie)
    assert organisation.adhesions.count() == 1
