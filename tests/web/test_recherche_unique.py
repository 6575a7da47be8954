"""The one search box finds territories, enterprises, activities and actions, as one types and on its page."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import lxml.html
import pytest
from django.test import Client


def _liens(site: Client, adresse: str) -> dict[str, str]:
    """Text of each link → its address, in what the box suggests or finds."""
    page = lxml.html.fromstring(f"<div>{site.get(adresse).content.decode()}</div>")
    return {
        " ".join(a.text_content().split()): a.get("href") for a in page.xpath("//ul[@class='resultats']//a")
    }


@pytest.mark.parametrize(
    ("mots", "attendue"),
    [
        ("brumeville", "/territoires/99001/"),
        ("CC du Haut", "/territoires/299900027/"),
        ("brumes hautes", "/territoires/QN09901M/"),
        ("recyclerie", "/entreprises/?activite=ressourceries"),
        ("avancer les f", "/leviers/avancer-les-fonds/"),
        ("bell", "/cas/bell-occas/"),
    ],
)
def test_each_kind_of_thing_is_suggested_and_found(site: Client, mots: str, attendue: str) -> None:
    assert attendue in _liens(site, f"/suggestions/?q={mots}").values()
    page = site.get(f"/recherche/?q={mots}", follow=True)
    assert attendue in _liens(site, f"/recherche/?q={mots}").values() or page.redirect_chain[0][0] == attendue


def test_an_enterprise_is_found_by_its_name_as_one_types(site: Client) -> None:
    nom = next(iter(site.get("/api/v1/entreprises").json()["entreprises"]))["nom"]
    trouvees = _liens(site, f"/suggestions/?q={nom[:8].lower()}")
    assert any(adresse.startswith("/entreprises/0009") for adresse in trouvees.values()), trouvees


def test_a_number_opens_the_sheet(site: Client) -> None:
    assert site.get("/recherche/?q=000 990 010")["Location"] == "/entreprises/000990010/"


def test_a_common_word_says_how_many_there_are_and_opens_the_list(
    site: Client, ouvrir: Callable[[str], Any]
) -> None:
    trouvees = site.get("/api/v1/recherche?q=association").json()["entreprises"]
    assert trouvees["total"] > len(trouvees["premieres"]) or trouvees["total"] <= 20
    page = ouvrir("/recherche/?q=inventée")
    total = site.get("/api/v1/recherche?q=inventée").json()["entreprises"]["total"]
    assert total > 0
    assert site.get("/api/v1/entreprises?q=inventée").json()["total"] == total
    assert page.xpath("//h2[@id='s-entreprises']")


def test_two_letters_suggest_no_enterprise(site: Client) -> None:
    assert "Entreprises de l’ESS" not in site.get("/suggestions/?q=br").content.decode()
