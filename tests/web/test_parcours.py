"""The journeys of the people for whom this is made, in a real browser, with and without JavaScript."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.web.serveur_reel import environnement, lancer

pytestmark = pytest.mark.lent
LARGEURS = {"ordinateur": 1280, "telephone": 360}


@pytest.fixture(scope="module")
def demonstration(
    navigateur: Any, atlas_demo: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, str, str]]:
    """Address of the served demonstration, address and password of its chargée de mission."""
    dossier = tmp_path_factory.mktemp("parcours")
    variables = environnement(dossier, atlas_demo)
    dit = subprocess.run(
        [sys.executable, "-m", "perenne.web.gestion", "demonstration"],
        env=variables, check=True, capture_output=True, text=True, timeout=120,
    ).stdout  # fmt: skip
    compte = re.search(r"(chargee-de-mission\S+)   mot de passe : (\S+)", dit)
    assert compte is not None
    with lancer(dossier, variables) as (adresse, _):
        yield adresse, compte[1], compte[2]


@pytest.fixture(params=["avec", "sans"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """With JavaScript, and without."""
    return bool(request.param == "avec")


def _ouvrir(navigateur: Any, adresse: str, *, scripts: bool, largeur: int = 1280) -> Any:
    contexte = navigateur.new_context(
        base_url=adresse, java_script_enabled=scripts, viewport={"width": largeur, "height": 800}
    )
    page = contexte.new_page()
    page.set_default_timeout(20_000)
    return page


def _se_connecter(page: Any, courriel: str, mot_de_passe: str) -> None:
    page.goto("/connexion/")
    page.fill("input[name=secret-courriel]", courriel)
    page.fill("input[name=secret-mot_de_passe]", mot_de_passe)
    page.click("#s-secret >> xpath=.. >> button:has-text('Se connecter')")


def _texte(page: Any, cible: str = "main") -> str:
    return str(page.inner_text(cible)).replace("\u00a0", " ").replace("\u202f", " ")


@pytest.mark.parametrize("ecran", LARGEURS)
def test_u1_she_reads_her_territory_and_takes_the_note_away(
    navigateur: Any, demonstration: tuple[str, str, str], scripts: bool, ecran: str
) -> None:
    """Zonings, indicators, needs and who answers them, the enterprises on a map and in a table, the note."""
    page = _ouvrir(navigateur, demonstration[0], scripts=scripts, largeur=LARGEURS[ecran])
    page.goto("/")
    page.fill("input[name=q]", "CC du Haut-Mirage")
    page.press("input[name=q]", "Enter")
    page.click("main >> a:has-text('CC du Haut-Mirage')")
    texte = _texte(page)
    assert page.inner_text("h1") == "CC du Haut-Mirage"
    for attendu in ("L’essentiel", "FRR", "Besoin", "Source"):
        assert attendu in texte
    with page.expect_download() as telechargement:
        page.click("main >> a:has-text('PDF')")
    assert Path(telechargement.value.path()).read_bytes().startswith(b"%PDF")
    page.click("text=Voir ses entreprises de l’ESS")
    assert "CC du Haut-Mirage" in page.inner_text("h1")
    assert page.locator("figure svg circle").count() >= 1
    assert page.locator("table tbody tr").count() >= 5
    page.click("table tbody tr >> nth=0 >> a")
    assert "Pourquoi" in _texte(page)
    page.context.close()


def test_u2_she_fills_the_grid_and_sees_when_the_treasury_breaks(
    navigateur: Any, demonstration: tuple[str, str, str], scripts: bool
) -> None:
    adresse, courriel, mot_de_passe = demonstration
    page = _ouvrir(navigateur, adresse, scripts=scripts)
    _se_connecter(page, courriel, mot_de_passe)
    page.goto("/espaces/")
    page.click("text=Communauté de communes du Haut-Mirage (fictive)")
    page.click("main >> a:has-text('Café associatif de Bourg-Inventé')")
    dossier = page.url
    if scripts:  # without them, the grid is tried in tests/web/diagnostics
        page.click("main >> h2 >> text=Diagnostic")
        page.click("main >> a[href*='/diagnostic/grille/'] >> nth=0")
        justification = page.locator("textarea").first
        justification.fill("Relevé de la réunion du comité (fictif).")
        justification.press("Tab")
        page.wait_for_selector("text=/Enregistré/")
        page.reload()
        assert page.locator("textarea").first.input_value() == "Relevé de la réunion du comité (fictif)."
    page.goto(f"{dossier}tresorerie/")
    assert "passe sous zéro le 15 avril 2027" in _texte(page, "p.reponse")
    page.check("input[name=levier][value=avance-commune]")
    if not scripts:
        page.click("text=Recalculer")
    page.wait_for_selector("p.reponse:has-text('La trésorerie tient')")
    assert page.is_checked("input[name=levier][value=avance-commune]")
    page.context.close()


def test_u3_she_asks_what_her_authority_may_do_for_an_enterprise(
    navigateur: Any, demonstration: tuple[str, str, str], scripts: bool
) -> None:
    """Why, what would change the advice, the law at a date, precedents, who else, the first step; the others
    are there with their reason."""
    page = _ouvrir(navigateur, demonstration[0], scripts=scripts)
    page.goto("/leviers/")
    page.click("main >> a[href*='recommander']")
    page.select_option("select[name=acteur]", value="epci")
    page.select_option("select[name=cas]", index=1)
    page.click("button:has-text('Demander l’avis')")
    texte = _texte(page)
    for attendu in ("L’essentiel", "Parce que", "Changerait si", "Droit au", "Précédents", "Premiers pas",
                    "Qui d’autre peut agir", "Les dix-neuf actions"):  # fmt: skip
        assert attendu in texte, attendu
    assert page.locator("#t-actions >> xpath=.. >> tbody tr").count() == 19
    page.context.close()


def test_the_keyboard_alone_writes_a_line_of_the_plan(
    navigateur: Any, demonstration: tuple[str, str, str]
) -> None:
    adresse, courriel, mot_de_passe = demonstration
    page = _ouvrir(navigateur, adresse, scripts=True)
    _se_connecter(page, courriel, mot_de_passe)
    page.goto("/espaces/")
    page.click("text=Communauté de communes du Haut-Mirage (fictive)")
    page.click("main >> a:has-text('Café associatif de Bourg-Inventé')")
    page.goto(f"{page.url}tresorerie/plan/dons/")
    page.focus("input[name=libelle]")
    for texte in ("Tombola (fictive)", None, "Habitants"):
        if texte:
            page.keyboard.type(texte)
        page.keyboard.press("Tab")
    page.focus("input[name=annuel]")
    page.keyboard.type("300")
    for nom, jour in (("debut", "01012027"), ("fin", "12312027")):
        page.focus(f"input[name={nom}]")
        page.keyboard.type(jour)
    page.focus("button:has-text('Enregistrer')")
    page.keyboard.press("Enter")
    page.wait_for_url("**/tresorerie/plan/")
    assert "Tombola (fictive)" in _texte(page)
    page.context.close()
