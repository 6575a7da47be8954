"""Signing in with a professional identity, against a provider that runs on this machine."""

from __future__ import annotations

import datetime as dt
import time
from collections.abc import Iterator
from typing import Any
from urllib.parse import parse_qs, urlsplit

import lxml.html
import pytest
from django.core import mail
from django.utils import timezone

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.comptes.models import Compte, Evenement, Identite
from perenne.web.comptes.oidc import echanges, jetons
from perenne.web.config.comptes import Fournisseur, lire_fournisseur

from .conftest import SECRET, Navigateur, lien_recu, texte
from .fournisseur_local import CLIENT, PERSONNE, FournisseurLocal, Reglages
from .fournisseur_local import SECRET as SECRET_CLIENT

pytestmark = pytest.mark.django_db
AGENT = str(PERSONNE["email"])


@pytest.fixture(scope="module")
def _tourne() -> Iterator[FournisseurLocal]:
    local = FournisseurLocal()
    yield local
    local.fermer()


@pytest.fixture
def fournisseur(_tourne: FournisseurLocal, settings: Any) -> FournisseurLocal:
    """The provider, behaving; nothing is remembered of it."""
    _tourne.reglages = Reglages()
    _tourne.appels.clear()
    echanges._descriptions.clear()
    jetons._cles.clear()
    settings.FOURNISSEUR = Fournisseur(
        nom="ProConnect", emetteur=_tourne.emetteur, client=CLIENT, secret=SECRET_CLIENT
    )
    return _tourne


def _revenir(visite: Navigateur, fournisseur: FournisseurLocal, suite: str = "") -> Any:
    """To the provider and back; the answer of the page where one comes back."""
    depart = visite.client.get("/connexion/fournisseur/" + suite)
    assert depart.status_code == 302, depart.content.decode()
    retour = urlsplit(fournisseur.autoriser(depart["Location"]))
    assert retour.path == "/connexion/fournisseur/retour/"
    return visite.client.get(f"{retour.path}?{retour.query}")


def _entrer(visite: Navigateur, fournisseur: FournisseurLocal) -> None:
    """A first connection, to its end."""
    assert _revenir(visite, fournisseur)["Location"] == "/connexion/message/"
    assert visite.envoyer(lien_recu()).status_code == 302
    assert visite.connecte


def test_a_first_connection_proves_its_address_then_the_next_ones_need_nothing(
    fournisseur: FournisseurLocal, visite: Navigateur
) -> None:
    assert "S’identifier avec ProConnect" in texte(visite.ouvrir("/connexion/"))
    assert _revenir(visite, fournisseur, "?next=/espaces/nouveau/")["Location"] == "/connexion/message/"
    assert not visite.connecte
    assert not Compte.objects.exists()
    assert mail.outbox[-1].to == [AGENT]
    assert visite.envoyer(lien_recu())["Location"] == "/espaces/nouveau/"
    compte = Compte.objects.get()
    assert (compte.courriel, compte.nom) == (AGENT, "Camille Exemple")
    identite = Identite.objects.get()
    assert (identite.emetteur, identite.sujet, identite.siret) == (
        fournisseur.emetteur,
        "agent-1",
        "21990001600011",
    )
    suivant = Navigateur()
    assert _revenir(suivant, fournisseur)["Location"] == "/espaces/"
    assert suivant.connecte
    assert len(mail.outbox) == 2  # the link, then the notice; nothing the second time


@pytest.mark.parametrize("maniere", ["signees", "nues"])
@pytest.mark.parametrize("alg", ["RS256", "ES256"])
def test_what_it_says_of_people_may_be_signed_or_plain(
    fournisseur: FournisseurLocal, visite: Navigateur, maniere: str, alg: str
) -> None:
    fournisseur.reglages.signe_infos, fournisseur.reglages.alg = maniere == "signees", alg
    _entrer(visite, fournisseur)


@pytest.mark.parametrize("corps", [True, False])
@pytest.mark.parametrize("pkce", [True, False])
def test_it_is_spoken_to_as_it_says_it_wishes(
    fournisseur: FournisseurLocal, visite: Navigateur, corps: bool, pkce: bool
) -> None:
    """PKCE only where it is announced: ProConnect refuses parameters that it does not know."""
    fournisseur.reglages.corps, fournisseur.reglages.pkce = corps, pkce
    _entrer(visite, fournisseur)


MAINTENANT = int(time.time())
FAUX: dict[str, dict[str, Any]] = {
    "another nonce": {"revendications": {"nonce": "n" * 43}},
    "no nonce": {"sans": ("nonce",)},
    "another audience": {"revendications": {"aud": "autre-site"}},
    "no audience": {"sans": ("aud",)},
    "several audiences without azp": {"revendications": {"aud": [CLIENT, "autre-site"]}},
    "azp of another": {"revendications": {"azp": "autre-site"}},
    "another issuer": {"revendications": {"iss": "https://ailleurs.invalid"}},
    "no issuer": {"sans": ("iss",)},
    "expired": {"revendications": {"exp": MAINTENANT - 3600, "iat": MAINTENANT - 3700}},
    "no expiry": {"sans": ("exp",)},
    "expiry that is no number": {"revendications": {"exp": "demain"}},
    "issued in the future": {"revendications": {"iat": MAINTENANT + 36_000}},
    "wrong signature": {"cle": "fausse"},
    "no signature": {"alg": "none"},
    "public key taken for a secret": {"alg": "HS256"},
    "signed with the secret of the client": {"alg": "HS256-client"},
    "no subject": {"sans": ("sub",)},
    "told of somebody else": {"infos": {"sub": "agent-2"}},
    "told of somebody else, plain": {"infos": {"sub": "agent-2"}, "signe_infos": False},
    "told to another site": {"infos": {"aud": "autre-site"}},
    "told by another issuer": {"infos": {"iss": "https://ailleurs.invalid"}},
    "told long ago": {"infos": {"exp": MAINTENANT - 3600}},
}


@pytest.mark.parametrize("faute", FAUX)
def test_what_is_not_a_proof_is_refused(
    fournisseur: FournisseurLocal, visite: Navigateur, faute: str, caplog: Any
) -> None:
    for nom, valeur in FAUX[faute].items():
        setattr(fournisseur.reglages, nom, valeur)
    reponse = _revenir(visite, fournisseur)
    assert reponse.status_code == 403
    assert "n’a pas pu être vérifiée" in reponse.content.decode()
    assert not visite.connecte
    assert not Identite.objects.exists()
    assert mail.outbox == []


def test_a_level_that_was_asked_for_must_be_given(
    fournisseur: FournisseurLocal, visite: Navigateur, settings: Any
) -> None:
    import dataclasses

    settings.FOURNISSEUR = dataclasses.replace(settings.FOURNISSEUR, acr="eidas2 eidas3")
    assert _revenir(visite, fournisseur).status_code == 403
    fournisseur.reglages.revendications = {"acr": "eidas2"}
    assert _revenir(visite, fournisseur)["Location"] == "/connexion/message/"


def test_a_state_serves_once(fournisseur: FournisseurLocal, visite: Navigateur) -> None:
    depart = visite.client.get("/connexion/fournisseur/")
    retour = fournisseur.autoriser(depart["Location"]).removeprefix("http://testserver")
    assert visite.client.get(retour).status_code == 302
    assert visite.client.get(retour).status_code == 400


def test_a_state_that_failed_serves_no_more(fournisseur: FournisseurLocal, visite: Navigateur) -> None:
    depart = visite.client.get("/connexion/fournisseur/")
    retour = fournisseur.autoriser(depart["Location"]).removeprefix("http://testserver")
    fournisseur.reglages.panne = "/token"
    assert visite.client.get(retour).status_code == 502
    fournisseur.reglages.panne = ""
    assert visite.client.get(retour).status_code == 400


@pytest.mark.parametrize("etat", ["", "x" * 43])
def test_another_state_is_refused_before_anything_is_asked(
    fournisseur: FournisseurLocal, visite: Navigateur, etat: str
) -> None:
    visite.client.get("/connexion/fournisseur/")
    fournisseur.appels.clear()
    assert (
        visite.client.get("/connexion/fournisseur/retour/", {"code": "c", "state": etat}).status_code == 400
    )
    assert fournisseur.appels == []


def test_the_state_of_another_browser_is_refused(fournisseur: FournisseurLocal, visite: Navigateur) -> None:
    """Somebody makes others come back with their own code, to sign them in as themselves."""
    depart = visite.client.get("/connexion/fournisseur/")
    retour = fournisseur.autoriser(depart["Location"]).removeprefix("http://testserver")
    victime = Navigateur()
    victime.client.get("/connexion/fournisseur/")
    assert victime.client.get(retour).status_code == 400


def test_a_state_is_forgotten_after_ten_minutes(
    fournisseur: FournisseurLocal, visite: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    depart = visite.client.get("/connexion/fournisseur/")
    retour = fournisseur.autoriser(depart["Location"]).removeprefix("http://testserver")
    plus_tard = timezone.now() + dt.timedelta(minutes=9, seconds=59)
    monkeypatch.setattr(timezone, "now", lambda: plus_tard + dt.timedelta(seconds=2))
    assert visite.client.get(retour).status_code == 400


def test_an_issuer_mixed_up_is_refused(fournisseur: FournisseurLocal, visite: Navigateur) -> None:
    """RFC 9207: the answer of another provider, that one would be made to believe."""
    depart = visite.client.get("/connexion/fournisseur/")
    retour = fournisseur.autoriser(depart["Location"]).removeprefix("http://testserver")
    assert visite.client.get(retour + "&iss=https%3A%2F%2Failleurs.invalid").status_code == 400


def test_who_gives_up_there_is_told_so(fournisseur: FournisseurLocal, visite: Navigateur) -> None:
    fournisseur.reglages.erreur = "access_denied"
    reponse = _revenir(visite, fournisseur)
    assert reponse.status_code == 400
    assert "n’a pas confirmé votre identité" in reponse.content.decode()


@pytest.mark.parametrize(
    "panne",
    [
        "/.well-known/openid-configuration",
        "/.well-known/openid-configuration illisible",
        "/.well-known/openid-configuration trop gros",
        "/.well-known/openid-configuration ailleurs",
    ],
)
def test_a_provider_that_is_down_is_told(
    fournisseur: FournisseurLocal, visite: Navigateur, panne: str
) -> None:
    fournisseur.reglages.panne = panne
    reponse = visite.client.get("/connexion/fournisseur/")
    assert reponse.status_code == 502
    assert "ne répond pas comme prévu" in reponse.content.decode()
    # The other ways in remain.
    assert visite.client.get("/connexion/").status_code == 200


@pytest.mark.parametrize("panne", ["/jwks", "/jwks illisible", "/userinfo", "/userinfo trop gros", "/token"])
def test_a_provider_that_breaks_on_the_way_is_told(
    fournisseur: FournisseurLocal, visite: Navigateur, panne: str
) -> None:
    fournisseur.reglages.panne = panne
    assert _revenir(visite, fournisseur).status_code == 502
    assert not visite.connecte


def test_a_description_of_another_issuer_is_refused(
    fournisseur: FournisseurLocal, visite: Navigateur
) -> None:
    fournisseur.reglages.emetteur_dit = "https://ailleurs.invalid"
    assert visite.client.get("/connexion/fournisseur/").status_code == 502


def test_new_keys_are_read_when_they_are_needed_and_no_more(
    fournisseur: FournisseurLocal, visite: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    _entrer(visite, fournisseur)
    assert fournisseur.appels.count("/jwks") == 1
    monkeypatch.setattr(jetons, "REPOS_S", 0)
    fournisseur.tourner_les_cles()
    assert _revenir(Navigateur(), fournisseur)["Location"] == "/espaces/"
    assert fournisseur.appels.count("/jwks") == 2
    assert fournisseur.appels.count("/.well-known/openid-configuration") == 1


def test_an_account_with_a_password_is_linked_only_by_its_mailbox(
    fournisseur: FournisseurLocal, visite: Navigateur
) -> None:
    """A provider says an address; the account of that address is not opened on its word."""
    compte = Compte.objects.creer(AGENT, SECRET)
    assert _revenir(visite, fournisseur)["Location"] == "/connexion/message/"
    assert not visite.connecte
    assert not Identite.objects.exists()
    lien = lien_recu()
    assert "dit avoir l’adresse" in str(mail.outbox[-1].body)
    # The owner, who asked for nothing, presses the button in their own browser: nothing is linked.
    victime = Navigateur()
    assert victime.envoyer(lien).status_code == 400
    assert not Identite.objects.exists()
    assert visite.envoyer(lien).status_code == 302
    assert Identite.objects.get().compte == compte
    assert Compte.objects.get().check_password(SECRET)
    assert "a été reliée" in str(mail.outbox[-1].body)


def test_the_same_page_and_message_whether_the_address_has_an_account_or_not(
    fournisseur: FournisseurLocal,
) -> None:
    corps = []
    for existe in (False, True):
        if existe:
            Compte.objects.creer(AGENT, SECRET)
        assert _revenir(Navigateur(), fournisseur)["Location"] == "/connexion/message/"
        corps.append(str(mail.outbox[-1].body).split("http")[0])
    assert corps[0] == corps[1]


def test_a_person_signed_in_links_an_identity_from_their_account(
    fournisseur: FournisseurLocal, connectee: Navigateur, marie: Compte
) -> None:
    assert _revenir(connectee, fournisseur, "?relier=1")["Location"] == "/compte/"
    assert Identite.objects.get().compte == marie
    assert "SIRET 21990001600011" in texte(connectee.ouvrir("/compte/"))
    assert connectee.envoyer("/compte/").status_code == 302
    page = connectee.ouvrir("/compte/")
    action = page.xpath("//form[contains(@action, 'detacher')]/@action")[0]
    jeton = page.xpath("//input[@name='csrfmiddlewaretoken']/@value")[0]
    etranger = Navigateur()
    Compte.objects.creer("autre@exemple.invalid", SECRET)
    etranger.entrer("autre@exemple.invalid")
    champs = {"csrfmiddlewaretoken": etranger.client.cookies["perenne_csrf"].value}
    assert etranger.client.post(action, champs).status_code == 404
    assert connectee.client.post(action, {"csrfmiddlewaretoken": jeton}).status_code == 302
    assert not Identite.objects.exists()
    assert [e.nature for e in Evenement.objects.filter(compte=marie).order_by("pk")][-2:] == [
        "identite",
        "sans-identite",
    ]


def test_linking_asks_for_a_recent_proof(
    fournisseur: FournisseurLocal, connectee: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    plus_tard = timezone.now() + dt.timedelta(minutes=20)
    monkeypatch.setattr(timezone, "now", lambda: plus_tard)
    assert connectee.client.get("/connexion/fournisseur/?relier=1")["Location"].startswith(
        "/compte/confirmer/"
    )


def test_an_identity_opens_one_account_only(
    fournisseur: FournisseurLocal, visite: Navigateur, marie: Compte
) -> None:
    _entrer(visite, fournisseur)
    autre = Navigateur()
    autre.entrer()
    reponse = _revenir(autre, fournisseur, "?relier=1")
    assert reponse.status_code == 400
    assert "déjà un autre compte" in reponse.content.decode()


def test_the_second_step_is_asked_after_a_professional_identity_too(
    fournisseur: FournisseurLocal, visite: Navigateur
) -> None:
    from perenne.web.comptes import double

    _entrer(visite, fournisseur)
    compte = Compte.objects.get()
    double.commencer(compte)
    compte.double.active_le = timezone.now()
    compte.double.save()
    autre = Navigateur()
    assert _revenir(autre, fournisseur)["Location"] == "/connexion/code/"
    assert not autre.connecte


def test_signing_out_goes_on_to_the_provider_and_comes_back(
    fournisseur: FournisseurLocal, visite: Navigateur
) -> None:
    _entrer(visite, fournisseur)
    reponse = visite.envoyer("/deconnexion/")
    assert reponse.status_code == 200
    assert not visite.connecte
    page = lxml.html.fromstring(reponse.content.decode())
    (contenu,) = page.xpath("//meta[@http-equiv='refresh']/@content")
    adresse = contenu.removeprefix("0;url=")
    assert page.xpath("//main//a/@href") == [adresse]
    demande = parse_qs(urlsplit(adresse).query)
    assert adresse.startswith(f"{fournisseur.emetteur}/session/end?")
    assert demande["id_token_hint"][0].count(".") == 2
    assert demande["post_logout_redirect_uri"] == ["http://testserver/connexion/fournisseur/sortie/"]
    etat = demande["state"][0]
    assert len(etat) >= 32
    assert visite.client.cookies["perenne_sortie"].value == etat
    assert visite.client.cookies["perenne_sortie"]["httponly"]
    assert visite.client.get("/connexion/fournisseur/sortie/", {"state": etat})["Location"] == "/deconnexion/"


def test_who_came_in_otherwise_signs_out_here_only(
    fournisseur: FournisseurLocal, connectee: Navigateur
) -> None:
    assert connectee.envoyer("/deconnexion/")["Location"] == "/deconnexion/"


def test_the_session_is_a_new_one(fournisseur: FournisseurLocal, visite: Navigateur) -> None:
    _entrer(visite, fournisseur)
    autre = Navigateur()
    autre.client.get("/connexion/fournisseur/")
    avant = autre.client.cookies["perenne_session"].value
    _revenir(autre, fournisseur)
    assert autre.client.cookies["perenne_session"].value != avant


def test_one_does_not_go_on_to_another_site(fournisseur: FournisseurLocal, visite: Navigateur) -> None:
    _entrer(visite, fournisseur)
    assert _revenir(Navigateur(), fournisseur, "?next=//ailleurs.example")["Location"] == "/espaces/"


def test_an_identity_without_an_address_opens_nothing(
    fournisseur: FournisseurLocal, visite: Navigateur
) -> None:
    for courriel in (None, "", "pas une adresse", ["a@b.fr"], "a@exemple.invalid\nBcc: b@exemple.invalid"):
        fournisseur.reglages.personne["email"] = courriel
        assert _revenir(visite, fournisseur).status_code == 400
    assert mail.outbox == []


def test_a_siret_that_is_not_one_is_not_kept(fournisseur: FournisseurLocal, visite: Navigateur) -> None:
    fournisseur.reglages.personne["siret"] = "12345678901234"
    _entrer(visite, fournisseur)
    assert Identite.objects.get().siret == ""


def test_a_closed_account_stays_closed(fournisseur: FournisseurLocal, visite: Navigateur) -> None:
    _entrer(visite, fournisseur)
    Compte.objects.update(is_active=False)
    assert _revenir(Navigateur(), fournisseur).status_code == 410
    fournisseur.reglages.personne["sub"] = "agent-3"
    assert _revenir(Navigateur(), fournisseur)["Location"] == "/connexion/message/"
    assert "http" not in str(mail.outbox[-1].body)


def test_messages_are_limited_here_too(fournisseur: FournisseurLocal) -> None:
    codes = [_revenir(Navigateur(), fournisseur).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]


def test_without_a_provider_these_pages_do_not_exist(visite: Navigateur) -> None:
    for adresse in ("", "retour/"):
        assert visite.client.get(f"/connexion/fournisseur/{adresse}").status_code == 404
    assert "ProConnect" not in texte(visite.ouvrir("/connexion/"))


def test_the_settings_of_a_provider_are_checked() -> None:
    complet = {
        "PERENNE_WEB_OIDC_EMETTEUR": "https://idp.invalid/api/v2/",
        "PERENNE_WEB_OIDC_CLIENT": "c",
        "PERENNE_WEB_OIDC_SECRET": "s",
    }
    lu = lire_fournisseur(complet)
    assert lu is not None
    assert (lu.emetteur, lu.nom) == ("https://idp.invalid/api/v2", "ProConnect")
    assert lire_fournisseur({}) is None
    for faute in ({"PERENNE_WEB_OIDC_SECRET": ""}, {"PERENNE_WEB_OIDC_EMETTEUR": "http://idp.invalid"}):
        with pytest.raises(ErreurUtilisateur):
            lire_fournisseur(complet | faute)
