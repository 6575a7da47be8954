"""One's own account: name, address, password, sessions; and a proof asked again before what is grave."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.core import mail
from django.utils import timezone

from perenne.web.comptes.models import Compte, SessionCompte
from perenne.web.comptes.sessions import nommer_navigateur

from .conftest import COURRIEL, SECRET, Navigateur, lien_recu, texte

pytestmark = pytest.mark.django_db
NOUVEAU = "montagne violon huit ardoise"


def _attendre(monkeypatch: pytest.MonkeyPatch, minutes: int) -> None:
    plus_tard = timezone.now() + dt.timedelta(minutes=minutes)
    monkeypatch.setattr(timezone, "now", lambda: plus_tard)


def test_the_name_may_be_changed_and_emptied(connectee: Navigateur, marie: Compte) -> None:
    for nom in ("Une autre <b>personne</b>", ""):
        assert connectee.envoyer("/compte/", nom=nom).status_code == 302
        marie.refresh_from_db()
        assert marie.nom == nom
    assert "<b>personne" not in connectee.client.get("/compte/").content.decode()


def test_a_password_is_chosen_twice_and_hard_to_guess(connectee: Navigateur, marie: Compte) -> None:
    for nouveau, encore, dit in (
        ("zqxj", "zqxj", "au minimum 12"),
        ("motdepasse1234567", "autre chose", "diffèrent"),
        ("marie@exemple.invalid", "marie@exemple.invalid", "trop semblable"),
        ("123456789012", "123456789012", "entièrement numérique"),
    ):
        contenu = connectee.envoyer("/compte/mot-de-passe/", nouveau=nouveau, encore=encore).content.decode()
        assert dit in contenu, (nouveau, contenu)
        assert nouveau not in contenu or nouveau == COURRIEL
    marie.refresh_from_db()
    assert marie.check_password(SECRET)


def test_a_new_password_closes_the_other_sessions_and_is_told(connectee: Navigateur, marie: Compte) -> None:
    autre = Navigateur()
    autre.entrer()
    cle = connectee.client.cookies["perenne_session"].value
    assert connectee.envoyer("/compte/mot-de-passe/", nouveau=NOUVEAU, encore=NOUVEAU).status_code == 302
    assert connectee.connecte
    assert connectee.client.cookies["perenne_session"].value != cle
    assert not autre.connecte
    assert "mot de passe a été changé" in str(mail.outbox[-1].body)
    assert Navigateur().entrer(secret=SECRET).status_code == 200
    assert Navigateur().entrer(secret=NOUVEAU).status_code == 302


def test_a_forgotten_password_is_replaced_by_way_of_the_mailbox(marie: Compte, visite: Navigateur) -> None:
    visite.envoyer("/connexion/oubli/", courriel=COURRIEL)
    assert visite.envoyer(lien_recu())["Location"] == "/compte/mot-de-passe/"
    visite.envoyer("/compte/mot-de-passe/", nouveau=NOUVEAU, encore=NOUVEAU)
    assert Navigateur().entrer(secret=NOUVEAU).status_code == 302


def test_a_session_left_open_does_not_change_how_one_signs_in(
    connectee: Navigateur, marie: Compte, monkeypatch: pytest.MonkeyPatch
) -> None:
    jeton = connectee.ouvrir("/compte/mot-de-passe/").xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    _attendre(monkeypatch, 16)
    champs = {"csrfmiddlewaretoken": jeton, "nouveau": NOUVEAU, "encore": NOUVEAU}
    assert connectee.client.post("/compte/mot-de-passe/", champs)["Location"].startswith("/compte/confirmer/")
    marie.refresh_from_db()
    assert marie.check_password(SECRET)
    confirmer = "/compte/confirmer/?next=/compte/mot-de-passe/"
    assert connectee.envoyer(confirmer, mot_de_passe="faux").status_code == 200
    assert connectee.client.get("/compte/mot-de-passe/").status_code == 302
    assert connectee.envoyer(confirmer, mot_de_passe=SECRET)["Location"] == "/compte/mot-de-passe/"
    assert connectee.client.get("/compte/mot-de-passe/").status_code == 200


def test_the_proof_may_be_a_link_and_counts_its_attempts(
    connectee: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    _attendre(monkeypatch, 16)
    confirmer = "/compte/confirmer/?next=/compte/courriel/"
    codes = [connectee.envoyer(confirmer, mot_de_passe="faux").status_code for _ in range(11)]
    assert codes == [200] * 10 + [429]
    assert connectee.envoyer(confirmer, lien="1")["Location"] == "/connexion/message/"
    assert connectee.envoyer(lien_recu())["Location"] == "/compte/courriel/"
    assert connectee.client.get("/compte/courriel/").status_code == 200


def test_a_new_address_is_proved_before_it_replaces_the_old_one(connectee: Navigateur, marie: Compte) -> None:
    connectee.envoyer("/compte/courriel/", courriel="nouvelle@exemple.invalid")
    marie.refresh_from_db()
    assert marie.courriel == COURRIEL
    assert mail.outbox[-1].to == ["nouvelle@exemple.invalid"]
    lien = lien_recu()
    # Elsewhere, it opens nothing: whoever reads the new mailbox is not yet whoever is signed in.
    assert Navigateur().envoyer(lien).status_code == 400
    assert connectee.envoyer(lien).status_code == 302
    marie.refresh_from_db()
    assert marie.courriel == "nouvelle@exemple.invalid"
    assert mail.outbox[-1].to == [COURRIEL]


def test_an_address_that_somebody_has_cannot_be_taken(connectee: Navigateur, marie: Compte) -> None:
    Compte.objects.creer("prise@exemple.invalid")
    reponse = connectee.envoyer("/compte/courriel/", courriel="prise@exemple.invalid")
    # The same answer as for a free one; its owner only learns of it.
    assert reponse["Location"] == "/connexion/message/"
    assert connectee.envoyer(lien_recu()).status_code == 400
    marie.refresh_from_db()
    assert marie.courriel == COURRIEL


def test_one_sees_and_closes_ones_other_sessions(connectee: Navigateur, marie: Compte) -> None:
    autre, etranger = Navigateur(), Navigateur()
    autre.entrer()
    Compte.objects.creer("autre@exemple.invalid", SECRET)
    etranger.entrer("autre@exemple.invalid")
    page = connectee.ouvrir("/compte/sessions/")
    assert len(page.xpath("//tbody/tr")) == 2
    assert "(celui-ci)" in page.xpath("//tbody/tr")[0].text_content()
    assert SessionCompte.objects.filter(compte=marie).count() == 2
    connectee.envoyer("/compte/sessions/")
    assert connectee.connecte
    assert not autre.connecte
    assert etranger.connecte


@pytest.mark.parametrize(
    ("agent", "nom"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; rv:128.0) Gecko/20100101 Firefox/128.0", "Firefox sur Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Chrome/130.0 Safari/537.36 Edg/130.0", "Edge sur Linux"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0) Version/18.0 Safari/604.1", "Safari sur iOS"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/130.0 Mobile Safari/537.36", "Chrome sur Android"),
        ("<script>", "Navigateur inconnu"),
        ("", "Navigateur inconnu"),
    ],
)
def test_a_browser_is_named_so_that_one_recognises_it(agent: str, nom: str) -> None:
    assert nommer_navigateur(agent) == nom


def test_pages_of_an_account_say_who_one_is_to_nobody_else(connectee: Navigateur, visite: Any) -> None:
    assert COURRIEL in texte(connectee.ouvrir("/compte/"))
    autre = Navigateur()
    Compte.objects.creer("autre@exemple.invalid", SECRET)
    autre.entrer("autre@exemple.invalid")
    assert COURRIEL not in autre.client.get("/compte/").content.decode()
