"""In a real browser: saved as one goes, with and without JavaScript; its screens are in `web/ecrans.py`."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from tests.web.serveur_reel import environnement

SEMER = Path(__file__).with_name("semer_diagnostic.py")
CLAIR = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "RGAAv4"]}


@pytest.fixture(scope="session")
def seme(serveur: str, dossier_serveur: Path, atlas_demo: Path, racine: Path) -> dict[str, str]:
    """What was put in the base of the live server."""
    sortie = subprocess.run(
        [sys.executable, str(SEMER), str(racine / "data/demo/diagnostics/ressourcerie-valfiction.yaml")],
        env=environnement(dossier_serveur, atlas_demo), check=True, capture_output=True, text=True,
        timeout=120,
    ).stdout  # fmt: skip
    lu: dict[str, str] = json.loads(sortie.splitlines()[-1])
    return {nom: v if nom in ("session", "jeton", "depot") else serveur + v for nom, v in lu.items()} | {
        "lien": f"{serveur}/repondre/{lu['jeton']}/",
        "serveur": serveur,
    }


@contextmanager
def _onglet(navigateur: Any, seme: dict[str, str], **options: Any) -> Iterator[Any]:
    """A tab where the editor is signed in."""
    contexte = navigateur.new_context(**options)
    contexte.add_cookies([{"name": "perenne_session", "value": seme["session"], "url": seme["serveur"]}])
    try:
        yield contexte.new_page()
    finally:
        contexte.close()


def _fautes(page: Any, regles: dict[str, Any]) -> list[str]:
    reponse = Axe().run(page, options={"runOnly": regles, "resultTypes": ["violations"]}).response
    assert reponse["passes"], "nothing was checked"
    return [
        f"{v['id']} : {n['target']} {n['failureSummary']}" for v in reponse["violations"] for n in v["nodes"]
    ]


def _attendre(page: Any, texte: str) -> None:
    """Until the state says it; the policy of the site forbids the evaluation that playwright would poll."""
    _jusqu_a(page, lambda: re.search(texte, _dit(page)), lambda: _dit(page))


def _dit(page: Any) -> str:
    """The state, with plain spaces."""
    return str(page.inner_text("#etat")).replace("\u00a0", " ").replace("\u202f", " ")


def _jusqu_a(page: Any, vrai: Callable[[], object], dire: Callable[[], str]) -> None:
    """Until something holds."""
    for _ in range(200):
        if vrai():
            return
        page.wait_for_timeout(50)
    raise AssertionError(dire())


def test_answers_are_saved_as_one_goes_and_found_again(navigateur: Any, seme: dict[str, str]) -> None:
    with _onglet(navigateur, seme) as page:
        paroles: list[str] = []
        page.on("console", lambda m: paroles.append(m.text))
        page.on("pageerror", lambda e: paroles.append(str(e)))
        page.goto(f"{seme['essai']}grille/2026/elu/B/")
        avant = page.inner_text("#avancement")
        page.check("#B9-moyen")
        _attendre(page, r"^Enregistré à \d+ h \d\d\.$")
        assert page.inner_text("#avancement") != avant
        page.fill("#B9-justification", "Deux ateliers lancés.")
        with page.expect_response("**/grille/2026/elu/B/"):
            page.press("#B9-justification", "Tab")
        page.goto(f"{seme['essai']}grille/2026/elu/B/")
        assert page.is_checked("#B9-moyen")
        assert page.input_value("#B9-justification") == "Deux ateliers lancés."
        # The policy of the site is in force here: anything it refuses is said in the console.
        assert [p for p in paroles if "favicon" not in p and "404" not in p] == []


def test_two_tabs_choose_and_nothing_typed_is_lost(navigateur: Any, seme: dict[str, str]) -> None:
    adresse = f"{seme['essai']}grille/2026/elu/C/"
    with _onglet(navigateur, seme, bypass_csp=True, viewport={"width": 360, "height": 800}) as un:
        deux = un.context.new_page()
        un.goto(adresse)
        deux.goto(adresse)
        un.check("#C7-oui")
        _attendre(un, "^Enregistré")
        deux.check("#C7-non")
        _attendre(deux, "À choisir : C7")
        assert deux.is_checked("#C7-non")
        assert "oui" in deux.inner_text("#conflit-C7")
        assert _fautes(deux, CLAIR) == []
        # What the first tab wrote elsewhere comes by itself.
        with un.expect_response(adresse):
            un.check("#C8-moyen")
        deux.check("#C7-autre")
        _attendre(deux, r"\d\. Des réponses écrites ailleurs viennent d’être reprises ici\.$")
        assert deux.is_checked("#C7-oui")
        assert deux.is_checked("#C8-moyen")
        assert deux.query_selector("#conflit-C7") is None
        assert deux.evaluate("document.activeElement.id") == "C7-oui"


def test_what_is_typed_while_a_save_is_under_way_stays(navigateur: Any, seme: dict[str, str]) -> None:
    adresse = f"{seme['essai']}grille/2026/elu/A/"
    retenues: list[Any] = []

    def retenir(route: Any) -> None:
        retenues.append(route)

    with _onglet(navigateur, seme) as un:
        deux = un.context.new_page()
        deux.goto(adresse)
        un.goto(adresse)
        for critere in ("A1", "A2"):
            with un.expect_response(adresse):
                un.check(f"#{critere}-oui")
        # The second tab does not know yet; its saves are held back, then let go one by one.
        deux.route(adresse, retenir)
        deux.check("#A1-non")
        _jusqu_a(deux, lambda: retenues, lambda: "no save left")
        deux.check("#A2-moyen")
        deux.fill("#A2-justification", "Écrit pendant l’envoi.")
        retenues.pop().continue_()
        _attendre(deux, "À choisir : A1.")
        assert deux.is_checked("#A2-moyen")
        assert deux.input_value("#A2-justification") == "Écrit pendant l’envoi."
        _jusqu_a(deux, lambda: retenues, lambda: "no second save")
        deux.check("#A1-mien")  # chosen while the second one is under way
        retenues.pop().continue_()
        _attendre(deux, "À choisir : A1, A2.")
        assert deux.is_checked("#A1-mien")
        _jusqu_a(deux, lambda: retenues, lambda: "no third save")
        retenues.pop().continue_()
        _attendre(deux, "À choisir : A2.")
        assert deux.is_checked("#A1-non")
        assert "oui" in deux.inner_text("#conflit-A2")


def test_a_cut_line_is_said_and_what_was_typed_leaves_later(navigateur: Any, seme: dict[str, str]) -> None:
    with _onglet(navigateur, seme) as page:
        page.goto(f"{seme['essai']}grille/2026/agent/B/")
        page.context.set_offline(True)
        page.check("#B3-non")
        _attendre(page, "Pas enregistré : la connexion est coupée")
        page.context.set_offline(False)
        page.check("#B4-non")
        _attendre(page, "^Enregistré")
        page.goto(f"{seme['essai']}grille/2026/agent/B/")
        assert page.is_checked("#B3-non")


def test_a_session_that_ends_is_said(navigateur: Any, seme: dict[str, str]) -> None:
    with _onglet(navigateur, seme) as page:
        page.goto(f"{seme['essai']}grille/2026/agent/B/")
        page.context.clear_cookies(name="perenne_session")
        page.check("#B5-non")
        _attendre(page, "vous n’êtes plus connecté|n’est plus valable")
        assert page.is_checked("#B5-non")


def test_the_whole_way_without_javascript(navigateur: Any, seme: dict[str, str]) -> None:
    with _onglet(navigateur, seme, java_script_enabled=False) as page:
        page.goto(seme["vide"])
        page.check("input[name=repondants][value=elu]")
        page.click("main button:has-text('Commencer')")
        page.click("a.bouton")
        page.check("#T1-oui")
        page.fill("#T1-justification", "Seule offre à 20 km.")
        page.click("button:has-text('Enregistrer et passer à')")
        assert page.inner_text("h1") == "Coûts et revenus"
        page.locator("#c-A6 details.chiffres summary").click()
        page.fill("#A6-tresorerie_mois", "deux")
        page.check("#A6-moyen")
        page.click(".barre button")
        assert "« deux » n’est pas un nombre" in page.inner_text(".erreurs").replace("\u202f", " ")
        assert page.input_value("#A6-tresorerie_mois") == "deux"
        page.fill("#A6-tresorerie_mois", "2,5")
        page.click(".barre button")
        assert page.inner_text("#etat").startswith("Enregistré à ")
        page.goto(f"{seme['vide']}fiche/")
        assert "2,5 mois selon l’entreprise" in page.inner_text("main").replace("\u00a0", " ")


def test_a_respondent_answers_with_the_keyboard_alone(navigateur: Any, seme: dict[str, str]) -> None:
    contexte = navigateur.new_context()
    page = contexte.new_page()
    page.goto(seme["lien"])
    page.focus("a.bouton")
    page.keyboard.press("Enter")
    page.wait_for_url("**/T/*")
    page.focus("#T1-vide")
    page.keyboard.press("ArrowUp")
    _attendre(page, "^Enregistré")
    assert page.is_checked("#T1-ne-sait-pas")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "T1-justification"
    contexte.close()
