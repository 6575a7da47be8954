"""Signing in by a link or a password: what opens, what does not, and what is never told."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from typing import Any
from urllib.parse import quote

import lxml.html
import pytest
from django.conf import settings as reglages
from django.contrib.auth.hashers import PBKDF2PasswordHasher
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from perenne.web.comptes.models import Compte, Evenement, Lien, SessionCompte
from perenne.web.comptes.sessions import SessionStore

from .conftest import COURRIEL, SECRET, Navigateur, lien_recu, texte

INCONNU = "personne@exemple.invalid"


def _demander_lien(visite: Navigateur, courriel: str = COURRIEL, suite: str = "") -> Any:
    adresse = "/connexion/" + (f"?next={suite}" if suite else "")
    return visite.envoyer(adresse, **{"lien-courriel": courriel})


def test_a_link_opens_the_account_once(marie: Compte, visite: Navigateur) -> None:
    assert _demander_lien(visite)["Location"] == "/connexion/message/"
    lien = lien_recu()
    assert not visite.connecte
    assert COURRIEL in texte(visite.ouvrir(lien))
    assert visite.envoyer(lien)["Location"] == "/espaces/"
    assert visite.connecte
    autre = Navigateur()
    assert autre.client.get(lien).status_code == 410
    assert not autre.connecte


def test_looking_at_a_link_uses_nothing_up(marie: Compte, visite: Navigateur) -> None:
    """Mail filters open the links of messages, several times, before people do."""
    _demander_lien(visite)
    lien = lien_recu()
    for methode in ("get", "head", "options"):
        getattr(Navigateur().client, methode)(lien)
    assert visite.envoyer(lien).status_code == 302
    assert visite.connecte


def test_a_link_is_dead_after_a_quarter_of_an_hour(marie: Compte, visite: Navigateur) -> None:
    _demander_lien(visite)
    Lien.objects.update(expire_le=timezone.now() - dt.timedelta(seconds=1))
    reponse = visite.client.get(lien_recu())
    assert reponse.status_code == 410
    assert "n’est plus valable" in reponse.content.decode()


def test_a_link_lives_fifteen_minutes_and_its_token_is_not_in_the_base(
    marie: Compte, visite: Navigateur
) -> None:
    _demander_lien(visite)
    (lien,) = Lien.objects.all()
    assert lien.expire_le - lien.cree_le == pytest.approx(
        dt.timedelta(minutes=15), abs=dt.timedelta(seconds=5)
    )
    jeton = lien_recu().partition("jeton=")[2]
    assert jeton
    assert jeton not in str(Lien.objects.values_list().get())


def test_using_a_link_kills_the_others_of_the_same_address(marie: Compte, visite: Navigateur) -> None:
    _demander_lien(visite)
    premier = lien_recu()
    _demander_lien(visite)
    visite.envoyer(lien_recu())
    assert Navigateur().client.get(premier).status_code == 410


def test_a_password_opens_the_account_whatever_the_case_of_the_address(
    marie: Compte, visite: Navigateur
) -> None:
    assert visite.entrer(" Marie@Exemple.INVALID ")["Location"] == "/espaces/"
    assert visite.connecte


@pytest.mark.parametrize(("courriel", "secret"), [(COURRIEL, "faux"), (INCONNU, SECRET), (COURRIEL, "")])
def test_a_wrong_password_and_an_unknown_address_get_the_same_answer(
    marie: Compte, visite: Navigateur, courriel: str, secret: str
) -> None:
    reponse = visite.entrer(courriel, secret)
    assert reponse.status_code == 200
    assert ("Adresse ou mot de passe incorrect" in reponse.content.decode()) == bool(secret)
    assert not visite.connecte


def test_what_was_typed_is_given_back_except_the_password(marie: Compte, visite: Navigateur) -> None:
    contenu = visite.entrer(COURRIEL, "motdepassefaux").content.decode()
    assert f'value="{COURRIEL}"' in contenu
    assert "motdepassefaux" not in contenu


def test_a_closed_account_opens_by_nothing_and_is_not_told(marie: Compte, visite: Navigateur) -> None:
    _demander_lien(visite)
    lien = lien_recu()
    Compte.objects.update(is_active=False)
    assert visite.entrer().content.decode().count("incorrect") == 1
    assert visite.client.get(lien).status_code == 410
    assert _demander_lien(visite)["Location"] == "/connexion/message/"
    assert "http" not in str(mail.outbox[-1].body)


@pytest.mark.parametrize("page", ["/connexion/", "/inscription/", "/connexion/oubli/"])
def test_the_same_answer_whether_the_address_has_an_account_or_not(
    marie: Compte, visite: Navigateur, page: str
) -> None:
    nom = "lien-courriel" if page == "/connexion/" else "courriel"
    reponses = []
    for courriel in (COURRIEL, INCONNU):
        reponse = visite.envoyer(page, **{nom: courriel})
        suite = visite.client.get(reponse["Location"])
        reponses.append((reponse.status_code, reponse["Location"], texte_sans_jeton(suite)))
    assert reponses[0] == reponses[1]
    assert [m.to for m in mail.outbox] == [[COURRIEL], [INCONNU]]
    assert Lien.objects.count() == 2


def texte_sans_jeton(reponse: Any) -> str:
    return texte(lxml.html.fromstring(reponse.content.decode()))


def test_the_work_of_an_answer_does_not_tell_whether_the_account_exists(
    marie: Compte, visite: Navigateur, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """One run of the slow function and as many statements, with a password, without one, without account."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
    monkeypatch.setattr(PBKDF2PasswordHasher, "iterations", 1_000)
    marie.set_password(SECRET)
    marie.save()
    sans = Compte.objects.creer("sans@exemple.invalid")
    assert not sans.has_usable_password()
    appels: list[str] = []
    lent = PBKDF2PasswordHasher.encode
    monkeypatch.setattr(
        PBKDF2PasswordHasher, "encode", lambda soi, *a, **o: appels.append("1") or lent(soi, *a, **o)
    )
    visite.client.post("/connexion/", _formulaire(visite, "avant@exemple.invalid"))  # makes shared counters
    travail = {}
    for courriel in (COURRIEL, sans.courriel, INCONNU):
        champs = _formulaire(visite, courriel)
        appels.clear()
        with CaptureQueriesContext(connection) as requetes:
            assert "incorrect" in visite.client.post("/connexion/", champs).content.decode()
        travail[courriel] = (len(appels), len(requetes))
    assert {appels for appels, _ in travail.values()} == {1}
    assert len({requetes for _, requetes in travail.values()}) == 1, travail


@pytest.mark.parametrize("inscription", ["ouverte", "invitation"])
def test_asking_for_a_link_costs_the_same_whether_the_account_exists(
    marie: Compte, visite: Navigateur, settings: Any, inscription: str
) -> None:
    settings.INSCRIPTION = inscription
    travail = []
    for courriel in ("avant@exemple.invalid", COURRIEL, INCONNU):
        champs = _formulaire(visite, courriel) | {"moyen": "lien", "lien-courriel": courriel}
        with CaptureQueriesContext(connection) as requetes:
            assert visite.client.post("/connexion/", champs).status_code == 302
        travail.append((len(requetes), len(mail.outbox)))
    # The first one makes counters that the others share; each sends one message.
    assert travail[1:] == [(travail[1][0], 2), (travail[1][0], 3)]


def _formulaire(visite: Navigateur, courriel: str) -> dict[str, str]:
    jeton = visite.client.cookies.get("perenne_csrf")
    if jeton is None:
        visite.client.get("/connexion/")
        jeton = visite.client.cookies["perenne_csrf"]
    return {
        "csrfmiddlewaretoken": jeton.value,
        "moyen": "mot-de-passe",
        "secret-courriel": courriel,
        "secret-mot_de_passe": "faux",
    }


def test_a_form_from_elsewhere_is_refused(marie: Compte, visite: Navigateur) -> None:
    champs = {"moyen": "mot-de-passe", "secret-courriel": COURRIEL, "secret-mot_de_passe": SECRET}
    reponse = visite.client.post("/connexion/", champs)
    assert reponse.status_code == 403
    assert "Formulaire expiré" in reponse.content.decode()
    assert not visite.connecte


@pytest.mark.parametrize(
    "suite",
    [
        "https://ailleurs.example/",
        "//ailleurs.example/",
        "/\\ailleurs.example",
        "///ailleurs.example",
        "javascript:alert(1)",
        "http:///ailleurs.example",
        "\t//ailleurs.example",
        "ailleurs",
    ],
)
def test_one_never_goes_on_to_another_site(marie: Compte, suite: str) -> None:
    visite = Navigateur()
    assert visite.entrer(suite=quote(suite))["Location"] == "/espaces/"
    par_lien = Navigateur()
    _demander_lien(par_lien, suite=quote(suite))
    assert par_lien.envoyer(lien_recu())["Location"] == "/espaces/"


def test_one_goes_on_to_the_page_that_was_asked_for(marie: Compte) -> None:
    visite = Navigateur()
    assert (
        visite.client.get("/espaces/nouveau/?a=b")["Location"] == "/connexion/?next=/espaces/nouveau/%3Fa%3Db"
    )
    assert visite.entrer(suite="/espaces/nouveau/%3Fa%3Db")["Location"] == "/espaces/nouveau/?a=b"
    par_lien = Navigateur()
    _demander_lien(par_lien, suite="/espaces/nouveau/")
    assert par_lien.envoyer(lien_recu())["Location"] == "/espaces/nouveau/"
    # Already signed in: straight there, and nowhere else.
    assert visite.client.get("/connexion/?next=/espaces/")["Location"] == "/espaces/"
    assert visite.client.get("/connexion/?next=//ailleurs.example")["Location"] == "/espaces/"


def test_the_key_of_the_session_changes_when_one_signs_in(marie: Compte, visite: Navigateur) -> None:
    """Session fixation: a key that somebody else has set, or knows, opens nothing."""
    posee = SessionStore()
    posee["piege"] = "reste"
    posee.save()
    visite.client.cookies["perenne_session"] = posee.session_key
    visite.entrer()
    apres = visite.client.cookies["perenne_session"].value
    assert apres != posee.session_key
    assert not SessionCompte.objects.filter(session_key=posee.session_key).exists()
    assert "piege" not in SessionStore(apres).load()
    voleur = Navigateur()
    voleur.client.cookies["perenne_session"] = str(posee.session_key)
    assert not voleur.connecte


def test_the_token_of_forms_changes_when_one_signs_in(marie: Compte, visite: Navigateur) -> None:
    visite.client.get("/connexion/")
    avant = visite.client.cookies["perenne_csrf"].value
    visite.entrer()
    assert visite.client.cookies["perenne_csrf"].value != avant


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(marie: Compte, visite: Navigateur) -> None:
    visite.entrer()
    for nom in ("perenne_session", "perenne_csrf"):
        biscuit = visite.client.cookies[nom]
        assert biscuit["httponly"], nom
        assert biscuit["samesite"] == "Lax", nom
        assert biscuit["path"] == "/", nom


def test_behind_tls_cookies_travel_enciphered_only() -> None:
    programme = (
        "import django; django.setup(); from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE, s.SECURE_SSL_REDIRECT, s.RELAIS)"
    )
    sortie = subprocess.run(
        [sys.executable, "-c", programme],
        env=os.environ | {"PERENNE_WEB_HTTPS": "1", "DJANGO_SETTINGS_MODULE": "perenne.web.config.reglages"},
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert sortie.split() == ["True", "True", "True", "1"]


def test_public_pages_keep_nothing_and_the_way_in_is_there(visite: Navigateur) -> None:
    reponse = visite.client.get("/leviers/")
    assert "Set-Cookie" not in reponse.headers
    assert b'href="/connexion/"' in reponse.content
    assert not SessionCompte.objects.exists()


def test_signing_out_needs_the_button(connectee: Navigateur) -> None:
    connectee.client.get("/deconnexion/")
    assert connectee.connecte
    cle = connectee.client.cookies["perenne_session"].value
    assert connectee.client.post("/deconnexion/").status_code == 403
    assert connectee.envoyer("/deconnexion/").status_code == 302
    assert not connectee.connecte
    assert not SessionCompte.objects.filter(session_key=cle).exists()
    assert "Vous êtes déconnecté" in connectee.client.get("/deconnexion/").content.decode()


def test_what_one_sees_signed_in_is_kept_by_no_browser(connectee: Navigateur) -> None:
    for adresse in ("/compte/", "/", "/leviers/"):
        assert "no-store" in connectee.client.get(adresse)["Cache-Control"]
    for adresse in ("/connexion/", "/inscription/"):
        assert "no-store" in Navigateur().client.get(adresse)["Cache-Control"]


def test_each_connection_is_written_for_its_owner(connectee: Navigateur) -> None:
    (ligne,) = Evenement.objects.all()
    assert (ligne.nature, ligne.detail) == ("connexion", "mot de passe, Firefox sur Windows")
    assert "Firefox sur Windows" in texte(connectee.ouvrir("/compte/"))


def test_a_session_does_not_last_for_ever(connectee: Navigateur, monkeypatch: pytest.MonkeyPatch) -> None:
    apres = timezone.now() + reglages.SESSION_DUREE_MAX + dt.timedelta(minutes=1)
    SessionCompte.objects.update(expire_date=apres + dt.timedelta(days=1))
    monkeypatch.setattr(timezone, "now", lambda: apres)
    assert not connectee.connecte


def test_a_session_in_use_is_prolonged(connectee: Navigateur, monkeypatch: pytest.MonkeyPatch) -> None:
    avant = SessionCompte.objects.get().expire_date
    demain = timezone.now() + dt.timedelta(days=1)
    monkeypatch.setattr(timezone, "now", lambda: demain)
    connectee.client.get("/compte/")
    apres = SessionCompte.objects.get()
    assert apres.expire_date - avant > dt.timedelta(hours=23)
    assert apres.vue_le == demain
