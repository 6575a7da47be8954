"""Pages are counted by day and kind, by several processes, without keeping anything of who reads."""

from __future__ import annotations

import datetime as dt
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from tests.web.serveur_reel import environnement, lancer

from perenne.web.common.dates import aujourd_hui
from perenne.web.statistiques import compteur
from perenne.web.statistiques.lecture import lire_frequentation
from perenne.web.statistiques.models import Frequentation


@pytest.fixture
def neuf(monkeypatch: pytest.MonkeyPatch, settings: Any) -> compteur.Compteur:
    """A counter that writes when it is told to."""
    neuf = compteur.Compteur()
    monkeypatch.setattr(compteur, "COMPTEUR", neuf)
    monkeypatch.setattr(neuf, "_demarrer", lambda: None)
    settings.STATISTIQUES_S = 10
    return neuf


def _lignes() -> set[tuple[str, int, int]]:
    return set(Frequentation.objects.values_list("genre", "statut", "nombre"))


def test_each_answer_is_counted_by_kind_and_status(site: Client, neuf: compteur.Compteur) -> None:
    for chemin in ("/", "/leviers/", "/leviers/avancer-les-fonds/?au=2026-01-01", "/rien/", "/cas/inconnu/"):
        site.get(chemin)
    for chemin in ("/suggestions/?q=br", "/feuille.css", "/sante", "/statique/django_htmx/htmx-2.min.js"):
        b"".join(site.get(chemin))  # read to the end: a file closed by hand would close the connection too
    site.get("/api/v1/cas")
    assert _lignes() == set()
    neuf.ecrire()
    assert _lignes() == {
        ("accueil", 200, 1), ("leviers", 200, 2), ("perdues", 404, 1), ("cas", 404, 1), ("api", 200, 1),
    }  # fmt: skip
    champs = {f.name for f in Frequentation._meta.get_fields()}
    assert champs == {"id", "jour", "genre", "statut", "nombre"}


def test_two_processes_add_up(db: None) -> None:
    un, autre = compteur.Compteur(), compteur.Compteur()
    for c, fois in ((un, 3), (autre, 4), (un, 2)):
        for _ in range(fois):
            c._comptes[aujourd_hui(), "cas", 200] += 1
        c.ecrire()
    assert _lignes() == {("cas", 200, 9)}


def test_what_cannot_be_written_is_written_later(
    site: Client, neuf: compteur.Compteur, monkeypatch: pytest.MonkeyPatch
) -> None:
    site.get("/")
    with monkeypatch.context() as panne:
        panne.setattr(compteur, "_AJOUTER", "INSERT INTO {table}_absente VALUES (%s, %s, %s, %s)")
        neuf.ecrire()
    assert _lignes() == set()
    site.get("/")
    neuf.ecrire()
    assert _lignes() == {("accueil", 200, 2)}


def test_old_counts_are_forgotten(site: Client, neuf: compteur.Compteur, settings: Any) -> None:
    jour = aujourd_hui()
    settings.STATISTIQUES_MOIS = 2
    for ecart in (61, 63):
        Frequentation.objects.create(
            jour=jour - dt.timedelta(days=ecart), genre="cas", statut=200, nombre=ecart
        )
    site.get("/")
    neuf.ecrire()
    assert _lignes() == {("accueil", 200, 1), ("cas", 200, 61)}


def test_the_page_sums_what_is_read_and_tells_failures_apart(ouvrir: Any, neuf: compteur.Compteur) -> None:
    jour = aujourd_hui()
    comptes = ((0, 200, 5), (6, 304, 1), (7, 200, 10), (40, 200, 100), (0, 500, 2), (0, 404, 3))
    for ecart, statut, nombre in comptes:
        Frequentation.objects.create(
            jour=jour - dt.timedelta(days=ecart), genre="territoires", statut=statut, nombre=nombre
        )
    page = ouvrir("/statistiques/")
    (ligne,) = page.xpath("//table[caption[@id='t-usages']]//tr[th[.='Territoires']]")
    assert [x.text for x in ligne.xpath("td")] == ["6", "16", "116"]
    lues = lire_frequentation(jour)
    assert sum(m.servies for m in lues.mois) == 116
    assert (sum(m.refusees for m in lues.mois), sum(m.pannes for m in lues.mois)) == (3, 2)


def test_nothing_is_counted_when_the_operator_wants_none(site: Client) -> None:
    site.get("/")
    compteur.COMPTEUR.ecrire()
    assert _lignes() == set()
    assert "a choisi de ne rien compter" in site.get("/statistiques/").content.decode()


@pytest.fixture
def serveur_a_part(tmp_path: Path, atlas_demo: Path) -> Iterator[str]:
    """A server of its own, whose counts are only written when it stops."""
    variables = environnement(tmp_path, atlas_demo) | {"PERENNE_STATISTIQUES_S": "3600"}
    with lancer(tmp_path, variables) as (adresse, processus):
        yield adresse
        processus.terminate()
        processus.wait(timeout=30)
    with closing(sqlite3.connect(tmp_path / "donnees" / "perenne.sqlite3")) as base:
        lues = base.execute("SELECT genre, statut, nombre FROM statistiques_frequentation").fetchall()
    assert lues == [("leviers", 200, 12)]


def test_two_processes_write_their_counts_when_they_stop(serveur_a_part: str) -> None:
    for _ in range(12):
        urllib.request.urlopen(f"{serveur_a_part}/leviers/", timeout=30).close()
