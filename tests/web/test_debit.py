"""A network that asks too fast is told to wait, whichever process it falls on; the others are not."""

from __future__ import annotations

import os
import time
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from perenne.web.common import debit

ICI, AILLEURS = {"REMOTE_ADDR": "192.0.2.7"}, {"REMOTE_ADDR": "192.0.2.8"}


class Montre:
    """A clock that one sets."""

    def __init__(self) -> None:
        self.heure = 1_000.0

    def __call__(self) -> float:
        return self.heure


@pytest.fixture
def montre(monkeypatch: pytest.MonkeyPatch, settings: Any) -> Montre:
    """Six requests a minute, and a clock."""
    montre = Montre()
    monkeypatch.setattr(debit, "SEAUX", debit.Seaux(montre))
    settings.API_DEBIT, settings.RELAIS = 6, 0
    return montre


def test_the_seventh_request_waits_and_says_how_long(site: Client, montre: Montre) -> None:
    assert [site.get("/api/v1/besoins", **ICI).status_code for _ in range(6)] == [200] * 6
    refus = site.get("/api/v1/besoins", **ICI)
    assert refus.status_code == 429
    assert set(refus.json()) == {"message", "conseil", "details"}
    attente = int(refus["Retry-After"])
    assert 1 <= attente <= 11
    assert site.get("/api/v1/besoins", **AILLEURS).status_code == 200
    montre.heure += attente
    assert site.get("/api/v1/besoins", **ICI).status_code == 200


def test_reading_pages_costs_nothing_and_computing_costs_more(site: Client, montre: Montre) -> None:
    assert {site.get("/leviers/", **ICI).status_code for _ in range(20)} == {200}
    demande = {"cas": "bell-occas", "acteur": "epci"}
    poster = {"data": demande, "content_type": "application/json", **ICI}
    assert site.post("/api/v1/recommandation", **poster).status_code == 200
    # A computation takes ten: more than the whole bucket, which is then empty.
    assert site.get("/api/v1/besoins", **ICI).status_code == 429
    assert montre.heure == 1_000.0


def test_a_file_refused_is_told_on_a_page(site: Client, montre: Montre) -> None:
    assert site.get("/territoires/99001/note.xlsx", **ICI).status_code == 200
    refus = site.get("/territoires/99001/note.xlsx", **ICI)
    assert refus.status_code == 429
    assert refus["Retry-After"]
    assert "Trop de demandes" in refus.content.decode()


def test_behind_our_server_the_visitor_is_the_one_it_saw(site: Client, montre: Montre, settings: Any) -> None:
    settings.RELAIS = 1
    for _ in range(6):
        site.get("/api/v1/besoins", headers={"x-forwarded-for": "forge, 203.0.113.1"}, **ICI)
    # What the visitor itself writes before is not believed.
    for forge in ("203.0.113.1", "203.0.113.9, 203.0.113.1"):
        assert site.get("/api/v1/besoins", headers={"x-forwarded-for": forge}, **ICI).status_code == 429
    assert site.get("/api/v1/besoins", headers={"x-forwarded-for": "203.0.113.2"}, **ICI).status_code == 200


def test_processes_share_the_buckets() -> None:
    seaux = debit.Seaux()
    enfants = []
    for _ in range(3):
        if not (enfant := os.fork()):
            pris = sum(seaux.prendre("x", 1, 60) == 0 for _ in range(40))
            os._exit(pris)
        enfants.append(enfant)
    debut = time.monotonic()
    pris = sum(os.waitstatus_to_exitcode(os.waitpid(e, 0)[1]) for e in enfants)
    # One minute holds 60; one more comes back each second.
    assert 60 <= pris <= 61 + (time.monotonic() - debut)


@given(
    par_minute=st.integers(1, 600),
    demandes=st.lists(st.tuples(st.floats(0, 30), st.integers(1, 30)), max_size=40),
)
def test_no_more_is_given_than_one_minute_and_what_came_back(
    par_minute: int, demandes: list[tuple[float, int]]
) -> None:
    montre = Montre()
    seaux = debit.Seaux(montre)
    donne = 0
    for ecart, cout in demandes:
        montre.heure += ecart
        attente = seaux.prendre("x", cout, par_minute)
        if attente == 0:
            donne += min(cout, par_minute)
        else:
            # Waiting as long as it is told is enough.
            montre.heure += attente + 1e-6
            assert seaux.prendre("x", cout, par_minute) == 0
            donne += min(cout, par_minute)
    assert donne <= par_minute * (1 + (montre.heure - 1_000) / 60) + 1e-3
