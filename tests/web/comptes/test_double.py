"""The second step: set, asked, never twice with the same code, due by some roles, given up."""

from __future__ import annotations

import datetime as dt
from typing import Any

import lxml.html
import pyotp
import pytest
from django.core import mail
from django.utils import timezone

from perenne.web.comptes import double
from perenne.web.comptes.models import CodeSecours, Compte, Double, SessionCompte
from perenne.web.espaces.models import Adhesion, Organisation, Role

from .conftest import COURRIEL, Navigateur, lien_recu, texte

pytestmark = pytest.mark.django_db


def _activer(navigateur: Navigateur) -> tuple[pyotp.TOTP, list[str]]:
    page = navigateur.ouvrir("/compte/double/")
    totp = pyotp.TOTP(page.xpath("//main//code")[0].text_content().replace(" ", ""))
    reponse = navigateur.envoyer("/compte/double/", code=totp.now())
    codes = [
        c.text_content() for c in lxml.html.fromstring(reponse.content.decode()).xpath("//main//li/code")
    ]
    return totp, codes


def _prochain(totp: pyotp.TOTP, rang: int = 1) -> str:
    return totp.generate_otp(int(timezone.now().timestamp()) // double.PERIODE + rang)


def test_the_code_is_that_of_the_standard() -> None:
    """RFC 6238, appendix B: SHA-1, secret 12345678901234567890, at 59 s: 94287082, of which six digits."""
    totp = pyotp.TOTP("GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ")
    assert totp.generate_otp(59 // double.PERIODE) == "287082"


def test_it_is_set_by_a_first_code_and_asked_at_the_next_connection(connectee: Navigateur) -> None:
    totp, codes = _activer(connectee)
    assert len(codes) == 10
    assert "deux étapes a été activée" in str(mail.outbox[-1].body)
    suivant = Navigateur()
    assert suivant.entrer()["Location"] == "/connexion/code/"
    assert not suivant.connecte
    assert suivant.envoyer("/connexion/code/", code=_prochain(totp))["Location"] == "/espaces/"
    assert suivant.connecte


def test_a_link_does_not_go_around_it(connectee: Navigateur) -> None:
    _activer(connectee)
    autre = Navigateur()
    autre.envoyer("/connexion/", **{"lien-courriel": COURRIEL})
    assert autre.envoyer(lien_recu())["Location"] == "/connexion/code/"
    assert not autre.connecte


def test_the_same_code_never_opens_twice(connectee: Navigateur, marie: Compte) -> None:
    totp, _ = _activer(connectee)
    code = _prochain(totp)
    assert double.verifier(marie, code)
    assert not double.verifier(marie, code)
    # Nor does an earlier one, once a later one has served.
    assert not double.verifier(marie, _prochain(totp, 0))


def test_the_code_that_set_it_does_not_open(connectee: Navigateur, marie: Compte) -> None:
    page = connectee.ouvrir("/compte/double/")
    totp = pyotp.TOTP(page.xpath("//main//code")[0].text_content().replace(" ", ""))
    code = totp.now()
    connectee.envoyer("/compte/double/", code=code)
    assert not double.verifier(marie, code)


@pytest.mark.parametrize("decalage", [-2, 2, 10])
def test_a_telephone_that_is_a_minute_wrong_is_refused(
    connectee: Navigateur, marie: Compte, decalage: int
) -> None:
    totp, _ = _activer(connectee)
    assert not double.verifier(marie, _prochain(totp, decalage))


@pytest.mark.parametrize("code", ["", "12345", "abcdef", "１２３４５６", "000000 ", "'; --"])
def test_what_is_no_code_opens_nothing(connectee: Navigateur, marie: Compte, code: str) -> None:
    _activer(connectee)
    assert not double.verifier(marie, code)


def test_a_code_of_last_resort_serves_once_however_it_is_typed(connectee: Navigateur) -> None:
    _, codes = _activer(connectee)
    premier = Navigateur()
    premier.entrer()
    assert premier.envoyer("/connexion/code/", code=f" {codes[0].upper()} ").status_code == 302
    assert premier.connecte
    second = Navigateur()
    second.entrer()
    assert second.envoyer("/connexion/code/", code=codes[0]).status_code == 200
    assert not second.connecte
    assert "9 codes" in texte(premier.ouvrir("/compte/double/"))


def test_new_codes_of_last_resort_void_the_others(connectee: Navigateur, marie: Compte) -> None:
    _, codes = _activer(connectee)
    connectee.envoyer("/compte/double/")
    assert CodeSecours.objects.count() == 10
    assert not double.verifier(marie, codes[0])


def test_neither_the_secret_nor_the_codes_can_be_read_in_the_base(connectee: Navigateur) -> None:
    totp, codes = _activer(connectee)
    contenu = str([list(m.objects.values_list()) for m in (Double, CodeSecours)])
    assert totp.secret not in contenu
    assert not [c for c in codes if c in contenu or c.replace("-", "") in contenu]


def test_a_changed_key_of_the_site_leaves_the_codes_of_last_resort(
    connectee: Navigateur, marie: Compte, settings: Any
) -> None:
    totp, codes = _activer(connectee)
    settings.SECRET_KEY = "une autre clé" * 8
    assert not double.verifier(marie, _prochain(totp))
    assert double.verifier(marie, codes[0])


def test_five_wrong_codes_block_and_a_new_first_step_does_not_help(connectee: Navigateur) -> None:
    totp, _ = _activer(connectee)
    visite = Navigateur()
    visite.entrer()
    assert [visite.envoyer("/connexion/code/", code="000000").status_code for _ in range(6)] == [200] * 5 + [
        429
    ]
    encore = Navigateur()
    encore.entrer()
    assert encore.envoyer("/connexion/code/", code=_prochain(totp)).status_code == 429
    assert not encore.connecte


def test_the_first_step_is_forgotten_after_ten_minutes(
    connectee: Navigateur, monkeypatch: pytest.MonkeyPatch
) -> None:
    _activer(connectee)
    visite = Navigateur()
    visite.entrer()
    plus_tard = timezone.now() + dt.timedelta(minutes=11)
    monkeypatch.setattr(timezone, "now", lambda: plus_tard)
    reponse = visite.client.get("/connexion/code/")
    assert reponse.status_code == 400
    assert "Cette étape a expiré" in reponse.content.decode()


def test_nobody_comes_to_the_second_step_without_the_first(visite: Navigateur) -> None:
    assert visite.client.get("/connexion/code/").status_code == 400


def test_the_drawing_is_in_the_page_and_obeys_the_policy(connectee: Navigateur) -> None:
    page = connectee.ouvrir("/compte/double/")
    (dessin,) = page.xpath("//div[@class='qr']/svg")
    assert dessin.xpath("./title")[0].text == "Code à photographier"
    assert page.xpath("//@style|//style|//img") == []


def test_setting_it_closes_the_sessions_that_did_not_pass_it(marie: Compte) -> None:
    autre, moi = Navigateur(), Navigateur()
    autre.entrer()
    moi.entrer()
    _activer(moi)
    assert SessionCompte.objects.filter(compte=marie).count() == 1
    assert moi.connecte
    assert not autre.connecte


def test_giving_it_up_asks_for_a_recent_proof_and_is_told(
    connectee: Navigateur, marie: Compte, monkeypatch: pytest.MonkeyPatch
) -> None:
    _activer(connectee)
    jeton = connectee.client.cookies["perenne_csrf"].value
    avant = timezone.now
    with monkeypatch.context() as temps:
        temps.setattr(timezone, "now", lambda: avant() + dt.timedelta(minutes=20))
        reponse = connectee.client.post("/compte/double/retirer/", {"csrfmiddlewaretoken": jeton})
        assert reponse["Location"] == "/compte/confirmer/?next=%2Fcompte%2Fdouble%2Fretirer%2F"
    assert double.est_active(marie)
    assert connectee.client.post("/compte/double/retirer/", {"csrfmiddlewaretoken": jeton}).status_code == 302
    assert not double.est_active(marie)
    assert "a été retirée" in str(mail.outbox[-1].body)


@pytest.fixture
def organisation(marie: Compte) -> Organisation:
    organisation = Organisation.objects.create(nom="Organisation (fictive)")
    Adhesion.objects.create(organisation=organisation, compte=marie, role=Role.ADMINISTRATEUR)
    return organisation


def test_an_operator_does_nothing_before_it_is_set(marie: Compte, visite: Navigateur) -> None:
    Compte.objects.update(exploitant=True)
    assert (
        visite.entrer(suite="/espaces/nouveau/")["Location"] == "/compte/double/?next=%2Fespaces%2Fnouveau%2F"
    )
    assert visite.client.get("/espaces/")["Location"] == "/compte/double/?next=%2Fespaces%2F"
    assert visite.client.get("/leviers/").status_code == 200
    assert "Plus tard" not in texte(visite.ouvrir("/compte/double/"))
    _activer(visite)
    assert visite.client.get("/espaces/").status_code == 200


def test_an_administrator_is_told_then_held_after_the_delay(
    organisation: Organisation, visite: Navigateur, settings: Any
) -> None:
    settings.SESSION_DUREE_MAX = dt.timedelta(days=100)
    assert visite.entrer()["Location"] == "/compte/double/"
    page = visite.ouvrir("/compte/double/")
    assert "devra être activée avant le" in texte(page)
    assert page.xpath("//main//a[text()='Plus tard']/@href") == ["/espaces/"]
    assert visite.client.get(f"/espaces/{organisation.pk}/").status_code == 200
    Compte.objects.update(double_demande_le=timezone.now() - settings.DOUBLE_DELAI)
    assert visite.client.get(f"/espaces/{organisation.pk}/")["Location"].startswith("/compte/double/?next=")
    assert "les espaces vous sont fermés" in texte(visite.ouvrir("/compte/double/"))


def test_a_site_may_leave_it_to_its_administrators(
    organisation: Organisation, visite: Navigateur, settings: Any
) -> None:
    settings.DOUBLE_DELAI = None
    assert visite.entrer()["Location"] == "/espaces/"
    Compte.objects.update(double_demande_le=timezone.now() - dt.timedelta(days=400))
    assert visite.client.get(f"/espaces/{organisation.pk}/").status_code == 200
    Compte.objects.update(exploitant=True)  # an operator has no choice
    assert visite.client.get("/espaces/")["Location"].startswith("/compte/double/")


def test_a_reader_is_never_asked(organisation: Organisation, visite: Navigateur) -> None:
    Adhesion.objects.update(role=Role.LECTEUR)
    assert visite.entrer()["Location"] == "/espaces/"
