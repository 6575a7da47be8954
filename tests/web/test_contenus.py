"""What the pages of levers, cases, rules and search say."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import lxml.html
import pytest
import shapely
import shapely.geometry
from django.test import Client

from perenne.reports.svg.esquisse import METROPOLE, OUTRE_MER
from perenne.services.savoir import obtenir_base

Ouvrir = Callable[[str], Any]


def _texte(page: Any) -> str:
    return " ".join(page.xpath("//main")[0].text_content().split())


def test_the_nineteen_actions_stand_at_a_glance(ouvrir: Ouvrir) -> None:
    page = ouvrir("/leviers/")
    assert len(page.xpath("//ul[@class='actions']/li")) == 19
    assert "6 leviers, 19 actions" in _texte(page)


def test_the_sheet_of_an_action_says_who_how_the_law_and_who_did_it(ouvrir: Ouvrir) -> None:
    texte = _texte(ouvrir("/leviers/avancer-les-fonds/"))
    assert "Premier pas : demander au financeur l’attestation de la somme notifiée" in texte
    assert "Département peut le faire" in texte
    assert "Avance sur une subvention notifiée" in texte
    assert "Bell’Occas" in texte
    assert "II.L1 Avancer les fonds" in texte


def test_the_law_is_read_at_the_date_of_the_address(ouvrir: Ouvrir) -> None:
    # Décret n° 2025-1386: 60 000 € from 1 April 2026, 40 000 € before.
    chemin = "/regles/commande-publique/seuil-dispense-fournitures-services/"
    avant, apres = (ouvrir(f"{chemin}?au={d}") for d in ("2026-03-31", "2026-04-01"))
    reponses = [" ".join(p.xpath("//p[@class='reponse']")[0].text_content().split()) for p in (avant, apres)]
    assert reponses == ["40 000 € HT", "60 000 € HT"]
    assert "Décret n° 2025-1386" in _texte(apres)
    assert "Dernière vérification" in _texte(apres)


def test_what_changed_in_the_year_is_listed_with_before_and_after(ouvrir: Ouvrir) -> None:
    lignes = ouvrir("/regles/?au=2026-11-23").xpath("//table[caption[@id='t-changements']]//tr")
    ligne = next(
        x for x in lignes if "fournitures et services" in x.text_content() and "Seuil de" in x.text_content()
    )
    assert "1er avril 2026" in ligne.text_content()
    assert [" ".join(c.text_content().split()) for c in ligne.xpath("td")][1:] == [
        "40 000 € HT",
        "60 000 € HT",
    ]


def test_an_unverified_rule_is_marked_in_words(ouvrir: Ouvrir) -> None:
    texte = _texte(ouvrir("/regles/accompagnement/ges/"))
    assert "Confiance C : à vérifier" in texte


def test_the_cases_are_filtered_by_lever_and_by_activity(ouvrir: Ouvrir, site: Client) -> None:
    tous = ouvrir("/cas/").xpath("//ul[@class='cas']/li")
    assert len(tous) == 16
    filtres = ouvrir("/cas/?levier=commande-publique&activite=ressourceries")
    assert [h.text_content() for h in filtres.xpath("//ul[@class='cas']//h2")] == ["Bell’Occas"]
    assert "sur 16" in _texte(filtres)
    assert site.get("/cas/?levier=inconnu").status_code == 404


def test_a_case_shows_each_fact_with_its_passage(ouvrir: Ouvrir) -> None:
    page = ouvrir("/cas/bell-occas/")
    lignes = [x.text_content() for x in page.xpath("//table[caption[@id='t-faits']]/tbody/tr")]
    fait = next(x for x in lignes if "C044" in x)
    assert "Département des Ardennes" in fait
    assert "II.L1 Avancer les fonds" in fait


def test_the_search_works_without_javascript(ouvrir: Ouvrir, site: Client) -> None:
    assert site.get("/recherche/?q=Brumeville")["Location"] == "/territoires/99001/"
    texte = _texte(ouvrir("/recherche/?q=avancer+fonds"))
    assert "Avancer les fonds octroyés par d’autres financeurs" in texte
    assert "Rien ne correspond" in _texte(ouvrir("/recherche/?q=zzzzzz"))


def test_suggestions_come_with_the_first_letters(site: Client) -> None:
    contenu = site.get("/suggestions/?q=brumev", headers={"hx-request": "true"}).content.decode()
    assert 'href="/territoires/99001/"' in contenu
    assert "<html" not in contenu
    assert "avancer-les-fonds" in site.get("/suggestions/?q=avanc").content.decode()
    assert site.get("/suggestions/?q=9900").content.decode().count("/territoires/9900") == 6


def test_names_typed_by_visitors_are_never_markup(site: Client) -> None:
    for chemin in ("/recherche/", "/suggestions/"):
        contenu = site.get(chemin, {"q": "<script>alert(1)</script>{{7*7}}"}).content.decode()
        assert "<script>alert" not in contenu
        assert "49" not in contenu.split("<main")[-1].split("</main")[0]


@pytest.mark.shared
def test_the_cases_are_on_the_map_and_in_the_same_list(
    site: Client, atlas_reel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PERENNE_ATLAS", str(atlas_reel))
    page = lxml.html.fromstring(site.get("/").content.decode())
    numeros = [x.text for x in page.xpath("//figure//text") if (x.text or "").isdigit()]
    lignes = page.xpath("//table[caption[@id='t-carte']]/tbody/tr")
    assert sorted(numeros, key=int) == [x.xpath("td")[0].text for x in lignes]
    assert len(numeros) == 16
    # The study: one case in Martinique, one on La Réunion.
    assert {"Martinique", "La Réunion"} <= {x.text for x in page.xpath("//figure//text")}


def test_without_france_in_the_atlas_the_map_is_a_sketch_that_says_so(ouvrir: Ouvrir) -> None:
    page = ouvrir("/")
    numeros = [x.text for x in page.xpath("//figure//text") if (x.text or "").isdigit()]
    assert sorted(map(int, numeros)) == list(range(1, 17))
    assert "esquissé à la main" in " ".join(page.xpath("//figcaption")[0].text_content().split())
    assert len(page.xpath("//table[caption[@id='t-carte']]/tbody/tr")) == 16


def test_each_case_stands_on_the_land_of_the_sketch() -> None:
    metropole = shapely.union_all([shapely.Polygon(a) for (a,) in METROPOLE]).buffer(0.1)
    for cas in obtenir_base().cas.values():
        place = cas.implantation
        terre = metropole
        if place.departement in OUTRE_MER:
            terre = shapely.Polygon(OUTRE_MER[place.departement][1])
        assert terre.contains(shapely.Point(place.lon, place.lat)), cas.id


@pytest.mark.shared
def test_the_points_of_the_cases_are_in_their_commune(partage: Path) -> None:
    communes = json.loads((partage / "data/communes/communes-1000m.geojson").read_text(encoding="utf-8"))
    formes = {x["properties"]["code"]: x["geometry"] for x in communes["features"]}
    vues = 0
    for cas in obtenir_base().cas.values():
        place = cas.implantation
        if place.commune:
            assert shapely.geometry.shape(formes[place.commune]).distance(
                shapely.Point(place.lon, place.lat)
            ) < 0.01, cas.id  # fmt: skip
            vues += 1
    assert vues == 14
