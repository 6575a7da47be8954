"""What a first view of each page really transfers, in Chromium, from the real server: headers, scripts…"""

from __future__ import annotations

from typing import Any

import pytest

POIDS_MAX, CARTE_MAX = 300_000, 500_000
"""Bytes on the wire; the second where a map that can be moved is drawn."""


@pytest.fixture
def vue_neuve(navigateur: Any) -> Any:
    """A tab whose cache is empty, and the bytes that each of its requests received, by address."""
    contexte = navigateur.new_context(viewport={"width": 360, "height": 800})
    page = contexte.new_page()
    lien, noms, octets = contexte.new_cdp_session(page), {}, {}
    lien.on("Network.responseReceived", lambda e: noms.setdefault(e["requestId"], e["response"]["url"]))
    lien.on(
        "Network.loadingFinished",
        lambda e: octets.__setitem__(noms.get(e["requestId"], e["requestId"]), e["encodedDataLength"]),
    )
    lien.send("Network.enable")
    yield page, octets
    contexte.close()


def test_the_first_view_transfers_little_and_from_the_site_only(
    vue: str, vue_neuve: tuple[Any, dict[str, float]], serveur: str
) -> None:
    page, octets = vue_neuve
    page.goto(serveur + vue, wait_until="load")
    assert any(nom.endswith("/feuille.css") or "/feuille.css?" in nom for nom in octets)
    assert [nom for nom in octets if not nom.startswith((serveur, "data:"))] == []
    carte = page.query_selector(".leaflet-container") is not None
    assert sum(octets.values()) < (CARTE_MAX if carte else POIDS_MAX), octets


def test_scripts_travel_compressed(navigateur: Any, serveur: str) -> None:
    contexte = navigateur.new_context()
    page = contexte.new_page()
    vus: dict[str, str] = {}
    page.on("response", lambda r: vus.setdefault(r.url, r.headers.get("content-encoding", "")))
    page.goto(serveur, wait_until="load")
    scripts = [
        encodage for adresse, encodage in vus.items() if adresse.split("?")[0].endswith((".js", ".css"))
    ]
    assert scripts
    assert set(scripts) == {"gzip"}
    contexte.close()
