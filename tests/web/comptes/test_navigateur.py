"""An account from its opening to its erasure, in a real browser, behind the real server."""

from __future__ import annotations

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pyotp
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.utils import timezone

SECRET = "cheval agrafe correct pile"
ETIQUETTES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "RGAAv4"]


def _lien_recu(dossier: Path) -> str:
    fichiers = sorted((dossier / "donnees" / "courriels").iterdir(), key=lambda f: f.stat().st_mtime_ns)
    trouve = re.search(r"http\S+jeton=\S+", fichiers[-1].read_text(encoding="utf-8"))
    assert trouve
    return trouve.group(0)


def _verifier(page: Any) -> None:
    """No accessibility error in either theme, no sideways scroll on a small phone."""
    for theme, regles in (
        ("light", {"type": "tag", "values": ETIQUETTES}),
        ("dark", {"type": "rule", "values": ["color-contrast"]}),
    ):
        page.emulate_media(color_scheme=theme)
        reponse = Axe().run(page, options={"runOnly": regles, "resultTypes": ["violations"]}).response
        assert reponse["passes"], "nothing was checked"
        assert [(page.url, v["id"], n["target"]) for v in reponse["violations"] for n in v["nodes"]] == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 360, page.url


@pytest.fixture
def ouvrir_compte(serveur: str, dossier_serveur: Path) -> Callable[[Any, str], None]:
    """Opens an account in a page of the browser."""

    def _ouvrir(page: Any, courriel: str) -> None:
        page.goto(f"{serveur}/inscription/")
        page.fill("#id_courriel", courriel)
        page.click("main button")
        page.goto(_lien_recu(dossier_serveur))
        page.click("main button")
        page.wait_for_url("**/espaces/")

    return _ouvrir


def test_the_pages_of_an_account_are_accessible_in_each_state(
    navigateur: Any, serveur: str, dossier_serveur: Path, ouvrir_compte: Callable[[Any, str], None]
) -> None:
    # The policy of the site forbids scripts that are not its own: axe is one.
    contexte = navigateur.new_context(viewport={"width": 360, "height": 800}, bypass_csp=True)
    page = contexte.new_page()
    page.goto(f"{serveur}/connexion/")
    page.click("text=Recevoir un lien")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    _verifier(page)
    page.goto(f"{serveur}/inscription/")
    page.fill("#id_courriel", "etats@exemple.invalid")
    page.click("main button")
    page.goto(_lien_recu(dossier_serveur))
    _verifier(page)
    page.click("main button")
    # The other pages of an account are among the screens of `tests/web/ecrans.py`.
    page.goto(f"{serveur}/compte/confirmer/")
    assert page.inner_text("h1")
    _verifier(page)
    page.click("text=Se déconnecter")
    _verifier(page)
    contexte.close()


def test_an_account_is_opened_protected_and_erased_without_javascript(
    navigateur: Any, serveur: str, ouvrir_compte: Callable[[Any, str], None]
) -> None:
    contexte = navigateur.new_context(java_script_enabled=False)
    page = contexte.new_page()
    paroles: list[str] = []
    page.on("console", lambda m: paroles.append(m.text))
    ouvrir_compte(page, "parcours@exemple.invalid")
    page.goto(f"{serveur}/compte/mot-de-passe/")
    page.fill("#id_nouveau", SECRET)
    page.fill("#id_encore", SECRET)
    page.click("main button")
    assert "Votre mot de passe est enregistré" in page.inner_text("main")
    page.click("text=Activer la validation")
    totp = pyotp.TOTP(page.inner_text("main code").replace(" ", ""))
    page.fill("#id_code", totp.now())
    page.click("main button")
    secours = page.locator("main li code").all_inner_texts()
    assert len(secours) == 10
    page.click("text=C’est noté")
    page.click("text=Se déconnecter")
    page.goto(f"{serveur}/espaces/")
    page.fill("#id_secret-courriel", "parcours@exemple.invalid")
    page.fill("#id_secret-mot_de_passe", SECRET)
    page.click("#s-secret ~ form button")
    page.fill("#id_code", totp.generate_otp(int(timezone.now().timestamp()) // 30 + 1))
    page.click("main button")
    page.wait_for_url("**/espaces/")
    page.goto(f"{serveur}/compte/effacer/")
    page.fill("#id_mot_de_passe", SECRET)
    page.check("#id_certain")
    page.fill("#id_code", totp.now())  # it has served
    page.click("main form.formulaire button")
    assert "Ce code ne convient pas" in page.inner_text("main")
    page.fill("#id_mot_de_passe", SECRET)
    page.fill("#id_code", secours[0])
    page.click("main form.formulaire button")
    assert page.inner_text("h1") == "Votre compte est effacé"
    assert page.locator("header >> text=Se connecter").count() == 1
    assert [p for p in paroles if "404" not in p] == []  # browsers ask for an icon
    contexte.close()


def test_the_keyboard_alone_signs_in(
    navigateur: Any, serveur: str, dossier_serveur: Path, ouvrir_compte: Callable[[Any, str], None]
) -> None:
    contexte = navigateur.new_context()
    page = contexte.new_page()
    paroles: list[str] = []
    page.on("console", lambda m: paroles.append(m.text))
    page.goto(f"{serveur}/connexion/")
    page.focus("#id_lien-courriel")
    page.keyboard.type("clavier@exemple.invalid")
    page.keyboard.press("Enter")
    page.wait_for_url("**/connexion/message/")
    page.goto(_lien_recu(dossier_serveur))
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # to the content
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/espaces/")
    # The policy of the site is in force here: anything it refuses is said in the console.
    assert [p for p in paroles if "404" not in p] == []
    contexte.close()


def test_many_guesses_at_once_through_all_the_processes_stop_at_ten(serveur: str) -> None:
    with httpx.Client(base_url=serveur, timeout=60) as client:
        page = client.get("/connexion/").text
        jeton = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', page)
        assert jeton
        champs = {
            "csrfmiddlewaretoken": jeton.group(1),
            "moyen": "mot-de-passe",
            "secret-courriel": "foule@exemple.invalid",
            "secret-mot_de_passe": "faux",
        }
        with ThreadPoolExecutor(16) as ensemble:
            codes = list(
                ensemble.map(lambda _: client.post("/connexion/", data=champs).status_code, range(32))
            )
    assert sorted(codes) == [200] * 10 + [429] * 22
