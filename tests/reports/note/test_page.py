"""The page: well formed, accessible, self-contained, narrow enough for a phone."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from perenne.domain.territoire.resultat import Diagnostic
from perenne.reports.note.rendu import rendre
from perenne.reports.page import lire_gabarit

VIDES = {"meta", "br", "hr", "img", "link", "input"}
CHARGENT = {"src", "href", "srcset", "data", "poster", "action"}
CSS_MAX = 25_000


class Lecteur(HTMLParser):
    """Reads the page and fails on a tag closed out of order."""

    def __init__(self) -> None:
        super().__init__()
        self.pile: list[str] = []
        self.balises: list[tuple[str, dict[str, str | None]]] = []
        self.fautes: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.balises.append((tag, dict(attrs)))
        if tag not in VIDES:
            self.pile.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.balises.append((tag, dict(attrs)))

    def handle_endtag(self, tag: str) -> None:
        if not self.pile or self.pile.pop() != tag:
            self.fautes.append(f"</{tag}> {self.getpos()}")


@pytest.fixture(scope="module")
def page(diagnostic: Diagnostic) -> str:
    return rendre(diagnostic, "html").decode()


@pytest.fixture(scope="module")
def lue(page: str) -> Lecteur:
    lecteur = Lecteur()
    lecteur.feed(page)
    lecteur.close()
    return lecteur


def test_the_page_is_well_formed_and_in_french(page: str, lue: Lecteur) -> None:
    assert lue.fautes == []
    assert lue.pile == []
    assert lue.balises[0] == ("html", {"lang": "fr"})
    assert "<title>Note de territoire" in page


def test_names_of_territories_are_escaped(page: str) -> None:
    assert "Val &amp; Fictif &lt;sur&gt; Brume" in page
    assert "<sur>" not in page


def test_nothing_is_loaded_from_elsewhere_and_no_script_is_needed(page: str, lue: Lecteur) -> None:
    for balise, attributs in lue.balises:
        assert balise not in {"script", "iframe", "object", "embed", "link", "img"}
        for nom in CHARGENT & attributs.keys():
            valeur = attributs[nom] or ""
            assert valeur.startswith("#") or (balise == "a" and valeur.startswith("https://"))
    assert "url(http" not in page
    assert "@import" not in page
    assert len(lire_gabarit("note.css").encode()) <= CSS_MAX


def test_headings_go_down_one_level_at_a_time(lue: Lecteur) -> None:
    niveaux = [int(b[1]) for b, _ in lue.balises if re.fullmatch(r"h[1-6]", b)]
    assert niveaux.count(1) == 1
    assert niveaux[0] == 1
    assert all(suivant <= avant + 1 for avant, suivant in pairwise(niveaux))


def test_every_table_has_a_caption_and_scoped_headers(page: str, lue: Lecteur) -> None:
    tables = sum(b == "table" for b, _ in lue.balises)
    assert tables >= 6
    assert sum(b == "caption" for b, _ in lue.balises) == tables
    assert all("scope" in a for b, a in lue.balises if b == "th")


def test_every_figure_has_its_text_alternative_and_a_table_after_it(page: str, lue: Lecteur) -> None:
    dessins = [a for b, a in lue.balises if b == "svg"]
    assert len(dessins) == 3
    ids = {a["id"] for _, a in lue.balises if a.get("id")}
    assert all(a["role"] == "img" and set((a["aria-labelledby"] or "").split()) <= ids for a in dessins)
    assert page.rindex("</svg>") < page.index('id="t-indicateurs"')


def test_identifiers_are_unique_and_links_inside_lead_somewhere(lue: Lecteur) -> None:
    ids = [a["id"] for _, a in lue.balises if a.get("id")]
    assert len(ids) == len(set(ids))
    internes = [
        (a["href"] or "")[1:] for b, a in lue.balises if b == "a" and (a["href"] or "").startswith("#")
    ]
    assert internes == ["contenu"]
    assert set(internes) <= set(ids)


def test_sources_stand_at_the_foot_with_their_vintage(page: str) -> None:
    pied = page[page.index("<footer>") :]
    for attendu in ("Insee", "Filosofi", "2021", "Licence Ouverte 2.0", "insee.fr", "23 novembre 2026"):
        assert attendu in pied


@pytest.mark.parametrize("largeur", [360, 1280])
def test_no_width_needs_horizontal_scrolling(page: str, tmp_path: Path, largeur: int) -> None:
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        pytest.skip("chromium absent : la largeur de la page n'est pas mesurée")
    # A headless window may not go under 500 px: the page is measured in a frame of the width.
    mesure = (
        "<script>addEventListener('load',()=>{const d=document.querySelector('iframe').contentDocument;"
        "document.title=JSON.stringify([d.documentElement.scrollWidth,d.documentElement.clientWidth])})</script>"
    )
    echappee = page.replace("&", "&amp;").replace('"', "&quot;")
    cadre = tmp_path / "cadre.html"
    cadre.write_text(
        f'<meta charset="utf-8"><iframe style="border:0;width:{largeur}px;height:2000px" srcdoc="{echappee}">'
        f"</iframe>{mesure}",
        encoding="utf-8",
    )
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profil'}"]
    sortie = subprocess.run(
        [chromium, *options, "--virtual-time-budget=3000", "--dump-dom", cadre.as_uri()],
        capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    trouve = re.search(r"<title>(\[.*?\])</title>", sortie.stdout)
    assert trouve is not None
    defile, visible = json.loads(trouve.group(1))
    assert largeur - 20 <= visible <= largeur, "the frame keeps a scrollbar at most"
    assert defile <= visible
