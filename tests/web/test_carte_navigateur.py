"""The map that one moves, in a real browser: by keyboard, in both themes, under the policy of the site."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.web.test_navigateur import ETIQUETTES

CARTE = "/territoires/99/carte/"
BOUTON = "Déplacer et agrandir la carte"


@pytest.fixture
def ouvrir(navigateur: Any, serveur: str) -> Iterator[Any]:
    """Opens a page of the site in a window of its own; what the browser complains of is kept."""
    contextes: list[Any] = []

    def _ouvrir(chemin: str, **reglages: Any) -> tuple[Any, list[str]]:
        contexte = navigateur.new_context(**reglages)
        contextes.append(contexte)
        page, plaintes = contexte.new_page(), []
        page.on("console", lambda m: plaintes.append(f"{m.text} {m.location.get('url')}"))
        page.on("pageerror", lambda e: plaintes.append(str(e)))
        page.goto(serveur + chemin)
        return page, plaintes

    yield _ouvrir
    for contexte in contextes:
        contexte.close()


def _vraies(plaintes: list[str]) -> list[str]:
    return [p for p in plaintes if "favicon.ico" not in p]


def test_the_keyboard_alone_opens_the_map_and_reads_a_point(ouvrir: Any, serveur: str) -> None:
    page, plaintes = ouvrir(CARTE)
    demandes: list[str] = []
    page.on("request", lambda d: demandes.append(d.url))
    page.focus(f"text={BOUTON}")
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-container .point")
    # The map has the focus, and its arrows move it.
    assert page.evaluate("document.activeElement.classList.contains('leaflet-container')")
    avant = page.eval_on_selector(".leaflet-map-pane", "e => e.style.transform")
    page.keyboard.press("ArrowRight")
    page.wait_for_function(
        "avant => document.querySelector('.leaflet-map-pane').style.transform !== avant", arg=avant
    )
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.title") == "Agrandir"
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.getAttribute('aria-label')") == "Réduire"
    # From a line of the table to its point, to its sheet, and back to the map.
    page.focus(".vers-carte")
    page.keyboard.press("Enter")
    page.wait_for_selector(".leaflet-popup-content a")
    ligne = page.inner_text("tr[data-point] th a >> nth=0")
    assert page.evaluate("document.activeElement.textContent") == ligne
    assert "Point\u00a0: " in page.inner_text(".leaflet-popup-content")
    assert page.get_attribute(".leaflet-popup-close-button", "aria-label") == "Fermer"
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.classList.contains('leaflet-container')")
    # Nothing of the points is in the way of the keyboard, and nothing came from elsewhere.
    assert page.locator(".leaflet-marker-icon[tabindex]").count() == 0
    assert all(d.startswith(serveur) for d in demandes)
    page.click("text=Revenir au dessin")
    assert page.locator(".leaflet-container").count() == page.locator(".vers-carte").count() == 0
    assert page.locator("figure svg").first.is_visible()
    assert _vraies(plaintes) == []


@pytest.mark.parametrize("largeur", [360, 1280])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_open_map_has_no_accessibility_error(ouvrir: Any, largeur: int, theme: str) -> None:
    # Without motion: a window that is still fading in has no contrast yet.
    page, _ = ouvrir(
        CARTE, viewport={"width": largeur, "height": 800}, color_scheme=theme, bypass_csp=True,
        reduced_motion="reduce",
    )  # fmt: skip
    page.click(f"text={BOUTON}")
    page.wait_for_selector(".leaflet-container .point")
    page.click(".vers-carte >> nth=0")
    page.wait_for_selector(".leaflet-popup-content")
    lu = Axe().run(page, options={"runOnly": {"type": "tag", "values": ETIQUETTES}}).response
    assert [(v["id"], [n["target"] for n in v["nodes"]]) for v in lu["violations"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= largeur


def test_the_map_stays_still_for_who_asks_for_less_motion(ouvrir: Any) -> None:
    page, _ = ouvrir(CARTE, reduced_motion="reduce")
    page.click(f"text={BOUTON}")
    page.wait_for_selector(".leaflet-container .point")
    assert page.locator(".leaflet-zoom-anim, .leaflet-fade-anim").count() == 0


def test_the_map_comes_into_the_page_of_the_territory_when_it_is_reached(ouvrir: Any) -> None:
    page, plaintes = ouvrir("/territoires/99/")
    page.locator("#s-carte").scroll_into_view_if_needed()
    page.wait_for_selector("#carte-entreprises figure svg")
    page.select_option("#carte-activite", "ressourceries")
    page.click("#carte-montrer")
    page.wait_for_selector("#carte-entreprises [role=status]:has-text('recycleries')")
    page.click(f"text={BOUTON}")
    page.wait_for_selector(".leaflet-container .point")
    assert page.url.endswith("/territoires/99/")
    assert _vraies(plaintes) == []


def test_the_drawing_and_the_choice_need_no_script(ouvrir: Any) -> None:
    page, _ = ouvrir("/territoires/99/", java_script_enabled=False)
    page.click("#carte-entreprises a")
    page.select_option("#carte-activite", "ressourceries")
    page.click("#carte-montrer")
    assert page.url.endswith("/territoires/99/carte/?activite=ressourceries&besoin=")
    assert page.locator("figure svg").count() == 1
    assert page.locator(f"text={BOUTON}").count() == 0
