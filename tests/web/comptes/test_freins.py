"""Guesses are slowed: of one account, from one network, on the whole site; and counters are shared."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.test import RequestFactory
from django.utils import timezone

from perenne.web.comptes import freins
from perenne.web.comptes.models import Compte, Compteur, Evenement

from .conftest import COURRIEL, SECRET, Navigateur, lien_recu

pytestmark = pytest.mark.django_db
DEBUT = dt.datetime(2026, 11, 23, 8, tzinfo=dt.UTC)


@pytest.fixture
def horloge(monkeypatch: pytest.MonkeyPatch) -> Callable[[dt.timedelta], None]:
    """Stops the time of the brakes; called, moves it on."""
    heure = [DEBUT]
    monkeypatch.setattr(timezone, "now", lambda: heure[0])

    def avancer(duree: dt.timedelta) -> None:
        heure[0] += duree

    return avancer


def _rater(visite: Navigateur, fois: int, courriel: str = COURRIEL) -> list[int]:
    return [visite.entrer(courriel, "faux").status_code for _ in range(fois)]


def test_the_eleventh_guess_is_not_judged_and_is_told_how_long_to_wait(
    marie: Compte, visite: Navigateur
) -> None:
    assert _rater(visite, 10) == [200] * 10
    refus = visite.entrer(COURRIEL, SECRET)  # even the right one
    assert refus.status_code == 429
    assert 890 <= int(refus["Retry-After"]) <= 900
    contenu = refus.content.decode()
    assert "Réessayez dans 15 minutes" in contenu
    assert "lien de connexion" in contenu
    assert "incorrect" not in contenu
    assert not visite.connecte


def test_an_unknown_address_is_blocked_alike(visite: Navigateur) -> None:
    codes = _rater(visite, 11, "personne@exemple.invalid")
    assert codes == [200] * 10 + [429]


def test_a_link_lifts_the_block(marie: Compte, visite: Navigateur) -> None:
    _rater(visite, 11)
    assert [e.nature for e in Evenement.objects.all()] == ["blocage"]
    visite.envoyer("/connexion/", **{"lien-courriel": COURRIEL})
    visite.envoyer(lien_recu())
    assert visite.connecte
    assert Navigateur().entrer().status_code == 302


def test_the_owner_who_succeeds_starts_again_from_nothing(marie: Compte) -> None:
    for _ in range(3):
        visite = Navigateur()
        assert _rater(visite, 5) == [200] * 5
        assert visite.entrer().status_code == 302
        # The network is not forgiven: whoever has one account could otherwise guess others for ever.
        Compteur.objects.filter(cle__startswith="reseau").delete()
    assert freins.restants(freins.MOT_DE_PASSE, COURRIEL) == 10


def test_each_block_lasts_twice_as_long_as_the_one_before(horloge: Callable[[dt.timedelta], None]) -> None:
    durees = []
    for _ in range(6):
        for _ in range(10):
            assert freins.prendre((freins.MOT_DE_PASSE, "x")) is None
        fin = freins.prendre((freins.MOT_DE_PASSE, "x"))
        assert fin is not None
        durees.append((fin - timezone.now()) // dt.timedelta(minutes=1))
        horloge(fin - timezone.now())
    assert durees == [15, 30, 60, 120, 240, 240]
    horloge(dt.timedelta(hours=25))
    for _ in range(10):
        assert freins.prendre((freins.MOT_DE_PASSE, "x")) is None
    fin = freins.prendre((freins.MOT_DE_PASSE, "x"))
    assert fin is not None
    assert fin - timezone.now() == dt.timedelta(minutes=15)


def test_attempts_made_while_blocked_do_not_prolong_the_block(
    horloge: Callable[[dt.timedelta], None],
) -> None:
    for _ in range(10):
        freins.prendre((freins.MOT_DE_PASSE, "x"))
    fin = freins.prendre((freins.MOT_DE_PASSE, "x"))
    for _ in range(20):
        horloge(dt.timedelta(seconds=10))
        assert freins.prendre((freins.MOT_DE_PASSE, "x")) == fin


def _deviner(horloge: Callable[[dt.timedelta], None], comptes: int, reseaux: int, duree: dt.timedelta) -> int:
    """Guesses judged, for who tries without rest, one account after the other, from many networks."""
    fin, juges, rang = timezone.now() + duree, 0, 0
    libres = dict.fromkeys(range(reseaux), timezone.now())
    while timezone.now() < fin:
        pret = next((r for r, t in libres.items() if t <= timezone.now()), None)
        if pret is None:
            horloge(min(libres.values()) - timezone.now())
            continue
        cles = (
            (freins.MOT_DE_PASSE, f"compte-{rang % comptes}"),
            (freins.RESEAU, f"reseau-{pret}"),
            (freins.SITE, ""),
        )
        attente = freins.prendre(*cles)
        if attente is None:
            juges, rang = juges + 1, rang + 1
        else:
            libres[pret] = attente
    return juges


def test_one_network_cannot_spray_a_password_over_many_accounts(
    horloge: Callable[[dt.timedelta], None],
) -> None:
    """Blocks of 15, 30, 60, 120, 240, 480 and 960 minutes hold seven windows of 20 in a day."""
    assert _deviner(horloge, comptes=10_000, reseaux=1, duree=dt.timedelta(hours=24)) <= 7 * 20


def test_many_networks_are_held_by_the_brake_of_the_site(
    horloge: Callable[[dt.timedelta], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Blocks of 15, 30, then 60 minutes hold five windows in three hours, of 300 in use, of 40 here."""
    monkeypatch.setattr(freins, "SITE", dataclasses.replace(freins.SITE, essais=40))
    assert _deviner(horloge, comptes=10_000, reseaux=10, duree=dt.timedelta(hours=3)) <= 5 * 40


def test_the_network_is_what_our_own_server_says(settings: Any) -> None:
    usine = RequestFactory()
    entetes = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "6.6.6.6, 203.0.113.9"}
    settings.RELAIS = 0
    assert freins.reseau(usine.get("/", **entetes)) == "10.0.0.1"
    settings.RELAIS = 1
    # What the visitor adds in front is not believed.
    assert freins.reseau(usine.get("/", **entetes)) == "203.0.113.9"
    assert freins.reseau(usine.get("/", REMOTE_ADDR="10.0.0.1")) == "10.0.0.1"


def test_a_server_of_ours_that_says_nothing_does_not_close_the_door_to_everybody(
    marie: Compte, settings: Any
) -> None:
    settings.RELAIS = 1
    for rang in range(3):
        assert _rater(Navigateur(), 10, f"{rang}@exemple.invalid") == [200] * 10
    assert Navigateur().entrer().status_code == 302
    assert not Compteur.objects.filter(cle__startswith="reseau").exists()


def test_the_addresses_of_one_home_are_one_network() -> None:
    usine = RequestFactory()
    vues = {freins.reseau(usine.get("/", REMOTE_ADDR=a)) for a in ("2001:db8::1", "2001:db8::ffff:2")}
    assert vues == {"2001:db8::/64"}
    assert freins.reseau(usine.get("/", REMOTE_ADDR="::ffff:192.0.2.1")) == "192.0.2.1"


def test_no_address_can_be_read_in_the_counters(marie: Compte, visite: Navigateur) -> None:
    _rater(visite, 1)
    contenu = str(list(Compteur.objects.values_list()))
    assert COURRIEL not in contenu
    assert "127.0.0.1" not in contenu


def test_messages_to_one_address_are_limited(visite: Navigateur) -> None:
    codes = [visite.envoyer("/inscription/", courriel=COURRIEL).status_code for _ in range(6)]
    assert codes == [302] * 5 + [429]
    # Whatever the page and the case.
    assert visite.envoyer("/connexion/oubli/", courriel="MARIE@exemple.invalid").status_code == 429


@pytest.mark.parametrize(
    ("secondes", "dit"), [(1, "1 minute"), (61, "2 minutes"), (5_400, "2 heures"), (14_400, "4 heures")]
)
def test_a_delay_is_told_in_words(secondes: int, dit: str) -> None:
    assert freins.dire_duree(secondes) == dit
