"""In a real browser, behind the real server: accessibility, narrow screens, keyboard, no error of policy."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe

ETIQUETTES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "RGAAv4"]
CLAIR = {"type": "tag", "values": ETIQUETTES}
SOMBRE = {"type": "rule", "values": ["color-contrast"]}
"""A theme changes colours only."""


@pytest.fixture(scope="module")
def onglet(navigateur: Any) -> Any:
    """A tab as wide as a small phone."""
    # The policy of the site forbids scripts that are not its own: axe is one.
    contexte = navigateur.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True)
    yield contexte.new_page()
    contexte.close()


def _fautes(page: Any, regles: dict[str, Any]) -> list[str]:
    reponse = Axe().run(page, options={"runOnly": regles, "resultTypes": ["violations"]}).response
    assert reponse["passes"], "nothing was checked"
    return [
        f"{v['id']} : {n['target']} {n['failureSummary']}" for v in reponse["violations"] for n in v["nodes"]
    ]


def test_no_accessibility_error_and_no_sideways_scroll(vue: str, onglet: Any, serveur: str) -> None:
    onglet.emulate_media(color_scheme="light")
    onglet.goto(serveur + vue)
    assert _fautes(onglet, CLAIR) == []
    assert onglet.evaluate("document.documentElement.scrollWidth") <= 360
    onglet.emulate_media(color_scheme="dark")
    assert _fautes(onglet, SOMBRE) == []


def test_the_keyboard_alone_finds_a_territory(navigateur: Any, serveur: str) -> None:
    contexte = navigateur.new_context()
    page = contexte.new_page()
    paroles: list[str] = []
    page.on("console", lambda m: paroles.append(m.text))
    page.on("pageerror", lambda e: paroles.append(str(e)))
    page.goto(serveur)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Aller au contenu"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.name") == "q"
    page.keyboard.type("brumev")
    page.wait_for_selector("#q-suggestions a")
    assert "Brumeville" in page.inner_text("#q-suggestions")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/territoires/99001/")
    assert "Brumeville" in page.inner_text("h1")
    # The policy of the site is in force here: anything it refuses is said in the console.
    assert paroles == []
    contexte.close()


def test_the_search_answers_without_javascript(navigateur: Any, serveur: str) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    page.goto(serveur)
    page.fill("input[name=q]", "avancer les fonds")
    page.click("button:has-text('Chercher')")
    page.click("text=Avancer les fonds octroyés par d’autres financeurs")
    page.fill("input[name=au]", "2026-03-31")
    page.click("text=Voir à cette date")
    assert "31 mars 2026" in page.inner_text("#s-droit")
    contexte.close()


def test_the_page_reads_at_twice_the_size(navigateur: Any, serveur: str) -> None:
    # A window of 1280 at 200 % shows 640 CSS pixels.
    contexte = navigateur.new_context(viewport={"width": 640, "height": 400}, device_scale_factor=2)
    page = contexte.new_page()
    for chemin in ("/", "/territoires/99001/", "/leviers/avancer-les-fonds/", "/regles/"):
        page.goto(serveur + chemin)
        assert page.evaluate("document.documentElement.scrollWidth") <= 640
    contexte.close()
