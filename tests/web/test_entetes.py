"""Headers, health, security contact, white label, logs."""

from __future__ import annotations

import gzip
import json
import logging
from datetime import UTC, datetime

import pytest
from django.test import Client

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.web.config.journal import EnJson
from perenne.web.config.marque import contraste, lire_marque, obtenir_marque


@pytest.mark.parametrize("adresse", ["/", "/rien/", "/api/v1/leviers", "/feuille.css", "/sante"])
def test_every_answer_carries_the_security_headers(adresse: str, site: Client) -> None:
    entetes = site.get(adresse).headers
    csp = dict(d.split(" ", 1) for d in entetes["Content-Security-Policy"].split("; "))
    assert csp["default-src"] == "'none'"
    assert csp["script-src"] == csp["style-src"] == "'self'"
    assert csp["frame-ancestors"] == "'none'"
    assert entetes["X-Content-Type-Options"] == "nosniff"
    assert entetes["Referrer-Policy"] == "same-origin"
    assert entetes["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in entetes


def test_a_page_that_has_not_changed_is_not_sent_again(site: Client) -> None:
    premiere = site.get("/leviers/")
    assert site.get("/leviers/", headers={"if-none-match": premiere["ETag"]}).status_code == 304


def test_the_style_sheet_is_kept_for_a_year_because_its_address_changes(site: Client) -> None:
    assert "immutable" in site.get("/feuille.css").headers["Cache-Control"]
    assert "/feuille.css?v=" in site.get("/").content.decode()


def test_health_and_readiness_answer_without_a_page(site: Client) -> None:
    assert site.get("/sante").json()["etat"] == "ok"
    assert site.get("/pret").json()["etat"] == "pret"


def test_the_security_contact_follows_the_standard_or_is_absent(
    site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    adresse = "/.well-known/security.txt"
    assert site.get(adresse).status_code == 404
    monkeypatch.setenv("PERENNE_WEB_SECURITE", "securite@mairie.example")
    obtenir_marque.cache_clear()
    try:
        lignes = dict(x.split(": ", 1) for x in site.get(adresse).content.decode().splitlines())
    finally:
        obtenir_marque.cache_clear()
    assert lignes["Contact"] == "mailto:securite@mairie.example"
    assert datetime.fromisoformat(lignes["Expires"]) > datetime.now(UTC)


def test_the_operator_gives_its_name_colours_and_notices(
    site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    reglages = {
        "PERENNE_WEB_NOM": "Creuse solidaire",
        "PERENNE_WEB_LOGO": "CS",
        "PERENNE_WEB_CONTACT": "ess@creuse.example",
        "PERENNE_WEB_AVERTISSEMENT": "Données fictives",
        "PERENNE_WEB_HEBERGEUR": "Un hébergeur",
    }
    for nom, valeur in reglages.items():
        monkeypatch.setenv(nom, valeur)
    obtenir_marque.cache_clear()
    try:
        page = site.get("/mentions/").content.decode()
    finally:
        obtenir_marque.cache_clear()
    assert all(v in page for v in reglages.values())
    assert "n’a pas rempli toutes ses mentions" in page


def test_a_colour_that_cannot_be_read_is_refused_with_the_others() -> None:
    with pytest.raises(ErreurUtilisateur) as erreur:
        lire_marque({"PERENNE_WEB_COULEUR": "#cccccc", "PERENNE_WEB_COULEUR_SOMBRE": "bleu"})
    assert [a.ou for a in erreur.value.anomalies] == ["PERENNE_WEB_COULEUR", "PERENNE_WEB_COULEUR_SOMBRE"]


def test_contrast_is_that_of_wcag() -> None:
    assert contraste("#000000", "#ffffff") == pytest.approx(21)
    # The published example of the limit of AA on white.
    assert contraste("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


def test_a_request_is_one_json_line_without_what_was_searched(
    site: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    lignes: list[str] = []
    journal = logging.getLogger("perenne.web.requete")

    class Carnet(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lignes.append(EnJson().format(record))

    carnet = Carnet()
    journal.addHandler(carnet)
    try:
        site.get("/recherche/?q=association+de+mon+voisin")
    finally:
        journal.removeHandler(carnet)
    (ligne,) = lignes
    assert json.loads(ligne)["chemin"] == "/recherche/"
    assert json.loads(ligne)["statut"] == 200
    assert "voisin" not in ligne


def test_an_unknown_host_is_refused(site: Client) -> None:
    assert site.get("/", headers={"host": "ailleurs.example"}).status_code == 400


def test_a_script_is_compressed_whole_and_never_by_parts(site: Client) -> None:
    adresse = "/statique/django_htmx/htmx-2.min.js"
    entier = b"".join(site.get(adresse).streaming_content)
    court = site.get(adresse, headers={"accept-encoding": "gzip"})
    assert court["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(court.streaming_content)) == entier
    morceau = site.get(adresse, headers={"accept-encoding": "gzip", "range": "bytes=0-99"})
    assert morceau.status_code == 206
    assert "Content-Encoding" not in morceau
    assert b"".join(morceau.streaming_content) == entier[:100]
