"""Every page answers, is well formed, light, and leads somewhere."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import lxml.html
from django.test import Client
from django.urls import reverse

POIDS_MAX = 300_000
Ouvrir = Callable[[str], Any]


def test_a_page_is_in_french_has_one_title_and_a_way_to_its_content(chemin: str, ouvrir: Ouvrir) -> None:
    page = ouvrir(chemin)
    assert page.get("lang") == "fr"
    assert len(page.xpath("//h1")) == 1
    assert page.xpath("//title")[0].text_content().endswith("– Pérenne")
    assert page.xpath("//a[@class='saut']/@href") == ["#contenu"]
    assert page.xpath("//main[@id='contenu']")
    assert "version" in page.xpath("//footer")[-1].text_content()


def test_identifiers_are_unique_and_every_field_has_its_label(chemin: str, ouvrir: Ouvrir) -> None:
    page = ouvrir(chemin)
    assert [i for i, n in Counter(page.xpath("//@id")).items() if n > 1] == []
    champs = page.xpath("//input[not(@type='hidden')]|//select|//textarea")
    assert [c.get("name") for c in champs if not page.xpath(f"//label[@for='{c.get('id')}']")] == []
    references = [i for valeur in page.xpath("//@aria-labelledby") for i in valeur.split()]
    assert [i for i in references if not page.xpath(f"//*[@id='{i}']")] == []
    assert page.xpath("//img[not(@alt)]|//svg[not(title or @aria-hidden='true')]") == []


def test_headings_skip_no_level(chemin: str, ouvrir: Ouvrir) -> None:
    niveaux = [int(h.tag[1]) for h in ouvrir(chemin).xpath("//h1|//h2|//h3|//h4")]
    assert [b for a, b in pairwise(niveaux) if b > a + 1] == []


def test_nothing_is_inline_nor_fetched_from_elsewhere(chemin: str, ouvrir: Ouvrir) -> None:
    page = ouvrir(chemin)
    assert page.xpath("//style|//script[not(@src)]|//@style|//@onclick") == []
    assert all(
        a.startswith("/") and not a.startswith("//")
        for a in page.xpath("//link/@href|//script/@src|//img/@src|//form/@action")
    )


def test_the_first_view_of_a_page_is_light(chemin: str, site: Client) -> None:
    reponse = site.get(chemin, headers={"accept-encoding": "gzip"})
    assert reponse["Content-Encoding"] == "gzip"
    page = lxml.html.fromstring(gzip.decompress(reponse.content).decode())
    poids = len(reponse.content)
    for autre in page.xpath("//link[@rel='stylesheet']/@href|//script/@src"):
        fichier = site.get(autre)
        assert fichier.status_code == 200
        poids += len(b"".join(fichier.streaming_content) if fichier.streaming else fichier.content)
    assert poids < POIDS_MAX


def test_a_lost_address_is_told_in_french(perdu: tuple[str, int], site: Client) -> None:
    chemin, statut = perdu
    reponse = site.get(chemin)
    assert reponse.status_code == statut
    page = lxml.html.fromstring(reponse.content.decode())
    assert page.xpath("//h1")[0].text_content() in ("Page introuvable", "Demande incomprise")
    assert "perenne " not in page.xpath("//main")[0].text_content()


def test_every_internal_link_leads_somewhere(toutes: tuple[str, ...], site: Client) -> None:
    """From every page, two clicks: each address that a page gives answers, its anchor too."""
    vues: dict[str, Any] = {}
    a_voir = {(c, "") for c in toutes}
    for tour in range(2):
        suivants = set()
        for chemin, ancre in sorted(a_voir):
            if chemin not in vues:
                reponse = site.get(chemin, follow=True)
                assert reponse.status_code == 200, chemin
                html = reponse["Content-Type"].startswith("text/html")
                if reponse.streaming:
                    reponse.close()
                vues[chemin] = lxml.html.fromstring(reponse.content.decode()) if html else None
            page = vues[chemin]
            assert not ancre or page.xpath(f"//*[@id='{ancre}']"), f"{chemin}#{ancre}"
            if page is not None and tour == 0:
                liens = (a.partition("#") for a in page.xpath("//main//a/@href|//footer//a/@href"))
                suivants |= {(c or chemin, a) for c, _, a in liens if not c.startswith("http")}
        a_voir = suivants
    assert len(vues) > 150


def test_each_public_page_names_its_twin_and_the_twin_answers_json(
    toutes: tuple[str, ...], site: Client
) -> None:
    jumeaux = {}
    for chemin in toutes:
        page = lxml.html.fromstring(site.get(chemin).content.decode())
        jumeaux[chemin] = page.xpath("//link[@type='application/json']/@href")
    # What one only fills in says nothing that the API could say.
    a_remplir = re.compile(r"/(connexion|inscription|deconnexion)/|.*/corriger/$")
    assert [c for c, j in jumeaux.items() if len(j) != 1 and not a_remplir.match(c)] == []
    for adresse in {a for j in jumeaux.values() for a in j}:
        reponse = site.get(adresse)
        assert reponse.status_code == 200
        assert reponse["Content-Type"].startswith("application/json")
        assert reponse.json() is not None


def test_the_style_sheet_stays_small() -> None:
    from perenne.web.common.feuille import lire_feuille

    assert len(lire_feuille().encode()) <= 25_000
    assert "url(" not in lire_feuille()


def test_an_internal_error_says_so_without_its_trace(site: Client, monkeypatch: Any) -> None:
    from perenne.web.leviers import vues

    def casser() -> None:
        raise RuntimeError("secret du serveur")

    monkeypatch.setattr(vues, "lister_leviers", casser)
    reponse = site.get(reverse("leviers"))
    assert reponse.status_code == 500
    assert "Une erreur est survenue" in reponse.content.decode()
    assert b"secret du serveur" not in reponse.content
