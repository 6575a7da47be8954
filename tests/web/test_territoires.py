"""A territory found, read at a date, joined to another, downloaded."""

from __future__ import annotations

import io
from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

Ouvrir = Callable[[str], Any]


def _texte(page: Any) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_the_page_holds_the_note_answer_first(ouvrir: Ouvrir) -> None:
    page = ouvrir("/territoires/99001/")
    titres = [h.text_content() for h in page.xpath("//h2")]
    assert titres[0] == "L’essentiel"
    assert {"Ce qui pèse ici", "Zonages et programmes", "Besoins et offre", "Sources et limites"} <= set(
        titres
    )
    assert "Brumeville" in page.xpath("//h1")[0].text_content()
    assert "31 420 habitants" in _texte(page)
    assert page.xpath("//svg[@role='img']/title")


def test_zonings_are_read_at_the_date_asked(ouvrir: Ouvrir) -> None:
    avant, apres = (_texte(ouvrir(f"/territoires/299900027/?au={d}")) for d in ("2023-01-01", "2026-11-23"))
    assert "Situation au 1er janvier 2023" in avant
    assert "Situation au 23 novembre 2026" in apres
    assert avant != apres


def test_a_name_leads_to_the_address_of_its_code(site: Client) -> None:
    reponse = site.get("/territoires/Brumeville/?au=2026-01-01")
    assert reponse.status_code == 302
    assert reponse["Location"] == "/territoires/99001/?au=2026-01-01"


def test_several_bearers_of_a_name_are_listed(site: Client) -> None:
    reponse = site.get("/territoires/saint/")
    contenu = reponse.content.decode()
    assert reponse.status_code == 300
    assert "Choisissez" in contenu
    assert '<a href="/territoires/99' in contenu


def test_two_territories_are_joined_and_keep_one_address(site: Client, ouvrir: Ouvrir) -> None:
    reponse = site.get("/territoires/", {"q": "99002", "avec": "Brumeville"})
    assert reponse["Location"] == "/territoires/99001+99002/"
    # 31 420 + 6 210 inhabitants, the populations of data/demo/territoire.csv.
    assert "37 630 habitants" in _texte(ouvrir("/territoires/99001+99002/"))


def test_the_note_downloads_in_each_format(site: Client) -> None:
    pdf = site.get("/territoires/99001/note.pdf")
    assert "Brumeville" in PdfReader(io.BytesIO(pdf.content)).pages[0].extract_text()
    assert pdf["Content-Disposition"] == 'attachment; filename="note-99001.pdf"'
    for format_ in ("docx", "xlsx"):
        assert site.get(f"/territoires/99001/note.{format_}").content[:2] == b"PK"


def test_without_an_atlas_the_rest_still_answers(
    site: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any
) -> None:
    monkeypatch.setenv("PERENNE_ATLAS", str(tmp_path))
    assert site.get("/pret").status_code == 503
    page = site.get("/territoires/99001/")
    assert page.status_code == 503
    assert str(tmp_path) not in page.content.decode()
    assert site.get("/recherche/?q=avance").status_code == 200
    assert site.get("/leviers/avancer-les-fonds/").status_code == 200
    assert site.get("/api/v1/territoires/99001").json()["message"]


def test_a_new_atlas_is_read_without_a_restart(
    site: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Any, ecrire_atlas: Callable[..., None]
) -> None:
    ecrire_atlas(tmp_path, "v1")
    monkeypatch.setenv("PERENNE_ATLAS", str(tmp_path))
    assert site.get("/pret").json()["atlas"] == "v1"
    ecrire_atlas(tmp_path, "v2")
    assert site.get("/pret").json()["atlas"] == "v2"
