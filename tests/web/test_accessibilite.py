"""Every private screen and every screen of error, in each state: read by axe, by narrow and by weak eyes.

Public pages are in `test_navigateur`. What a tool cannot see is listed in the declaration.
"""

from __future__ import annotations

import datetime as dt
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import RequestFactory
from tests.web.ecrans import ECRANS, Ecran, ouvrir
from tests.web.serveur_reel import environnement

from perenne.services.accessibilite.declaration import THEMES, Audit, lire_declaration
from perenne.web.common.erreurs import panne, repondre
from perenne.web.common.tailles import trop_gros
from perenne.web.comptes.freins import TropDEssais

pytestmark = pytest.mark.lent
SEMER = Path(__file__).with_name("semer_pages.py")
TOUT = {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "RGAAv4"]}
CONTRASTE = {"type": "rule", "values": ["color-contrast"]}
"""What another theme or another width may change."""

LOTS = 9
AXE = Axe().axe_script
LANCER = """options => axe.run(document, options).then(r => ({
  passees: r.passes.length,
  fautes: r.violations.flatMap(v => v.nodes.map(n => v.id + " : " + n.target.join(" ")))
}))"""
INTERFACE = """[...document.querySelectorAll("h1,legend,button,summary,nav")]
  .map(e => e.innerText).join("\\n")"""
"""The words of the site, not those that people and reports wrote."""

ABSENT = re.compile(
    r"<(iframe|video|audio|object|embed|canvas|marquee|blink|img)\b| target=|accesskey|\sstyle="
)
BOUGE = re.compile(r"@keyframes|animation|transition|:hover[^{]*\{[^}]*(display|visibility)")
PLAINES = re.compile(r"[^ \n] [?!;»](?:\s|$)|« |[^ \n] :(?:\s|$)")
"""A plain space where French ties the sign to its word."""

ESPACES = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)


@pytest.fixture(scope="session")
def seme(serveur: str, dossier_serveur: Path, atlas_demo: Path) -> dict[str, Any]:
    """What was put in the base of the live server."""
    sortie = subprocess.run(
        [sys.executable, str(SEMER)], env=environnement(dossier_serveur, atlas_demo), check=True,
        capture_output=True, text=True, timeout=120,
    ).stdout  # fmt: skip
    lu: dict[str, Any] = json.loads(sortie.splitlines()[-1])
    return lu | {"serveur": serveur}


@pytest.fixture(scope="session")
def onglets(navigateur: Any, seme: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A tab for each person, and one for nobody."""
    contextes = {}
    for qui in ("", *seme["sessions"]):
        # The policy of the site forbids scripts that are not its own: axe is one.
        contextes[qui] = navigateur.new_context(bypass_csp=True, reduced_motion="reduce")
        if qui:
            contextes[qui].add_cookies(
                [{"name": "perenne_session", "value": seme["sessions"][qui], "url": seme["serveur"]}]
            )
    yield {qui: c.new_page() for qui, c in contextes.items()}
    for contexte in contextes.values():
        contexte.close()


def examiner(page: Any) -> list[str]:
    """Everything that is wrong with what a page shows now, whatever the theme, the width and the size."""
    page.evaluate("document.querySelectorAll('details').forEach(d => d.open = true)")
    fautes = []
    page.evaluate(AXE)
    for theme, largeur, regles in (("light", 360, TOUT), ("dark", 1280, CONTRASTE)):
        page.emulate_media(color_scheme=theme)
        page.set_viewport_size({"width": largeur, "height": 800})
        vu = page.evaluate(LANCER, {"runOnly": regles, "resultTypes": ["violations"]})
        assert vu["passees"], "nothing was checked"
        fautes += [f"{theme} {faute}" for faute in vu["fautes"]]
    # 640: a window of 1280 at 200 %. 320: one of 1280 at 400 %.
    for largeur in (1280, 640, 320):
        page.set_viewport_size({"width": largeur, "height": 800})
        fautes += _deborde(page, largeur, "")
    page.set_viewport_size({"width": 1280, "height": 800})
    page.evaluate("document.documentElement.style.fontSize = '200%'")
    fautes += _deborde(page, 1280, " texte à 200 %")
    texte = page.evaluate(INTERFACE)
    return fautes + [f"espace sécable : {m.group(0)!r}" for m in PLAINES.finditer(texte)]


def _deborde(page: Any, largeur: int, quoi: str) -> list[str]:
    large = page.evaluate("document.documentElement.scrollWidth")
    return [f"{large} pour {largeur}{quoi}"] if large > largeur else []


@pytest.mark.parametrize("lot", range(LOTS))
def test_no_screen_has_an_accessibility_error(
    lot: int, onglets: dict[str, Any], seme: dict[str, Any]
) -> None:
    fautes = []
    for ecran in ECRANS[lot::LOTS]:
        page = onglets[ecran.qui]
        page.set_viewport_size({"width": 360, "height": 800})
        assert ouvrir(page, ecran, seme["serveur"], seme) == ecran.statut, str(ecran)
        fautes += [f"{ecran} : {f}" for f in examiner(page)]
    assert fautes == []


def test_pages_of_errors_that_nobody_can_ask_for(onglets: dict[str, Any], seme: dict[str, Any]) -> None:
    """Too many tries, too big, broken: made here, shown by the browser in the dress of the site."""
    requete = RequestFactory().get("/")
    attente = TropDEssais(dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC), conseil="Attendez ce délai.")
    page = onglets[""]
    for reponse in (repondre(requete, attente), repondre(requete, trop_gros(5_000_000)), panne(requete)):
        page.goto(f"{seme['serveur']}/sante")
        page.set_content(reponse.content.decode())
        assert page.inner_text("h1")
        assert examiner(page) == []


def test_spacing_of_text_may_be_widened(onglets: dict[str, Any], seme: dict[str, Any]) -> None:
    page = onglets["chargee"]
    for adresse in ("/dossiers/{complet}/diagnostic/", "/dossiers/{complet}/tresorerie/plan/charges/"):
        page.set_viewport_size({"width": 360, "height": 800})
        ouvrir(page, Ecran(qui="chargee", adresse=adresse), seme["serveur"], seme)
        page.add_style_tag(content=ESPACES)
        assert _deborde(page, 360, " espaces") == []
        coupes = page.evaluate(
            "[...document.querySelectorAll('button,a.bouton,label,legend')].filter("
            "e => !e.closest('.cache') && e.scrollWidth > e.clientWidth + 1"
            " && getComputedStyle(e).overflow !== 'visible').map(e => e.textContent)"
        )
        assert coupes == []


def test_templates_hold_nothing_that_the_declaration_says_they_do_not(racine: Path) -> None:
    """No frame, sound, animation, new window, shortcut or style in the text; every table has a title."""
    gabarits = [*racine.glob("src/perenne/web/*/gabarits/**/*.j2")]
    feuilles = [*racine.glob("src/perenne/**/*.css")]
    assert len(gabarits) > 50
    assert [(f.name, m.group(0)) for f in gabarits for m in ABSENT.finditer(f.read_text("utf-8"))] == []
    for f in gabarits:
        texte = f.read_text("utf-8")
        assert len(re.findall(r"<table\b", texte)) == len(re.findall(r"<caption\b", texte)), f.name
    for f in feuilles:
        assert not BOUGE.search(f.read_text("utf-8")), f.name


def test_the_declaration_holds_every_criterion_and_each_test_that_it_names_exists(racine: Path) -> None:
    declaration = lire_declaration()
    assert len(declaration.criteres) == 106 == sum(n for _, n in THEMES.values())
    for controle in declaration.controles.values():
        fichier, _, nom = controle.partition("::")
        texte = (racine / fichier).read_text("utf-8")
        assert not nom or f"def {nom}(" in texte, controle
    assert declaration.controles.keys() == {c for x in declaration.criteres.values() for c in x.par}


def test_the_state_follows_the_rule_and_needs_an_audit() -> None:
    jour = dt.date(2026, 11, 23)
    lue = lire_declaration()
    assert lue.conformite(jour) == "non"
    audit = Audit(fait_le=jour, valable_jusqu_au=dt.date(2029, 11, 23), par="Organisme fictif")
    tous = {
        n: c if c.etat == "sans-objet" else c.model_copy(update={"etat": "manuel"})
        for n, c in lue.criteres.items()
    }
    faite = lue.model_copy(update={"audit": audit, "criteres": tous})
    assert faite.conformite(jour) == "totale"
    assert faite.conformite(dt.date(2029, 11, 24)) == "non"
    applicables = [n for n, c in tous.items() if c.etat == "manuel"]
    for gardes, attendu in ((len(applicables) - 1, "partielle"), (len(applicables) // 2 - 1, "non")):
        moins = {
            n: c.model_copy(update={"etat": "a-verifier"}) if n in applicables[gardes:] else c
            for n, c in tous.items()
        }
        assert faite.model_copy(update={"criteres": moins}).conformite(jour) == attendu
