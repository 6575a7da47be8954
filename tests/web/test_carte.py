"""The enterprises of a territory on a map: the drawing, its tables, its JSON and its GeoJSON say the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import leaflet
import lxml.html
import pytest
from django.test import Client

from perenne.services.carte import lire

PREMIERE_VUE_MAX = 500_000
"""Bytes of a first view of a page with a map, everything that a moving map asks for included."""

DEPARTEMENT = "/territoires/99/carte/"
JUMEAU = "/api/v1/territoires/99/carte"
GEOJSON = "/api/v1/geojson/territoires/99/entreprises"


def _page(site: Client, adresse: str) -> Any:
    reponse = site.get(adresse)
    assert reponse.status_code == 200, adresse
    return lxml.html.fromstring(reponse.content.decode())


@pytest.fixture
def en_disques(monkeypatch: pytest.MonkeyPatch) -> None:
    """As a territory of many enterprises is drawn."""
    monkeypatch.setattr(lire, "POINTS_MAX", 10)
    monkeypatch.setattr(lire, "_gardees", type(lire._gardees)())


def test_the_map_counts_the_same_enterprises_as_their_list(site: Client) -> None:
    carte = site.get(JUMEAU).json()
    assert carte["total"] == site.get("/api/v1/entreprises", {"dans": "99"}).json()["total"] > 0
    assert carte["situees"] + carte["au_centre"] + carte["sans_point"] == carte["total"]
    assert sum(s["nombre"] for s in carte["signes"]) == carte["situees"]


def test_the_drawing_its_tables_and_the_features_show_the_same_points(site: Client) -> None:
    carte, page = site.get(JUMEAU).json(), _page(site, DEPARTEMENT)
    points = [f for f in site.get(GEOJSON).json()["features"] if f["properties"]["role"] == "entreprise"]
    signes = page.xpath("//figure//*[local-name()='svg']//*[contains(@class, 'e c') or @class='f n']")
    assert len(points) == carte["situees"] == len(signes)
    lignes = page.xpath("//tr[@data-point]")
    assert [x.get("data-point") for x in lignes] == [f["id"] for f in points][: lire.LIGNES_MAX]
    # Every point lies in the département drawn under it.
    fond = [f for f in site.get(GEOJSON).json()["features"] if f["properties"]["role"] == "territoire"]
    assert fond
    sommets = [p for f in fond for anneau in f["geometry"]["coordinates"] for p in _aplatir(anneau)]
    for axe in (0, 1):
        bornes = min(p[axe] for p in sommets), max(p[axe] for p in sommets)
        assert all(bornes[0] <= f["geometry"]["coordinates"][axe] <= bornes[1] for f in points)


def _aplatir(anneau: Any) -> list[list[float]]:
    return [anneau] if isinstance(anneau[0], float) else [p for a in anneau for p in _aplatir(a)]


def test_a_shape_has_its_words_everywhere(site: Client) -> None:
    page = _page(site, DEPARTEMENT)
    legende = {
        x.get("data-signe"): x.text_content().split(":")[0].strip() for x in page.xpath("//li[@data-signe]")
    }
    assert len(legende) >= 4
    assert legende["rond"] == "Inclusion"
    for ligne in page.xpath("//tr[@data-point]"):
        dit = " ".join(ligne.xpath("td[@data-t='Signe']")[0].text_content().split())
        assert dit.capitalize() in legende.values()


def test_what_is_not_drawn_is_listed_with_its_reason(site: Client) -> None:
    carte = site.get(JUMEAU).json()
    assert carte["autres"]
    assert all(e["lon"] is None and e["situation"] for e in carte["autres"])
    texte = _page(site, DEPARTEMENT).xpath("//details[.//table]")[0].text_content()
    assert f"{carte['total'] - carte['situees']} entreprises non dessinées" in texte
    assert "aucun fichier ne donne son point" in texte


def test_an_activity_or_a_need_is_chosen_without_a_script(site: Client) -> None:
    page = _page(site, DEPARTEMENT)
    formulaire = next(f for f in page.forms if f.action == DEPARTEMENT)
    assert formulaire.method == "GET"
    assert {"activite", "besoin"} <= set(formulaire.fields)
    choisie = site.get(JUMEAU, {"activite": "ressourceries"}).json()
    compte = next(a["nombre"] for a in site.get(JUMEAU).json()["activites"] if a["code"] == "ressourceries")
    assert choisie["total"] == compte > 0
    assert choisie["activite"]["titre"] == "Recycleries et ressourceries"
    # Seen under this choice, its shape is that of the theme of what was chosen.
    assert {s["titre"] for s in choisie["signes"]} == {"Consommation et production responsables"}
    lien = _page(site, f"{DEPARTEMENT}?activite=ressourceries").xpath(
        "//a[starts-with(., 'Toute la liste')]/@href"
    )
    assert lien == ["/entreprises/?dans=99&activite=ressourceries"]
    besoin = site.get(JUMEAU, {"besoin": "B11"}).json()
    assert besoin["total"] == site.get("/api/v1/entreprises", {"dans": "99", "besoin": "B11"}).json()["total"]


def test_a_choice_that_is_not_known_is_told(site: Client) -> None:
    reponse = site.get(f"{DEPARTEMENT}?activite=licornes")
    assert reponse.status_code == 400
    dite = " ".join(lxml.html.fromstring(reponse.content.decode()).text_content().split())
    assert "« licornes » n’est pas une activité" in dite
    assert site.get(f"{JUMEAU}?activite=licornes").status_code == 404


def test_too_many_enterprises_are_drawn_as_numbers(site: Client, en_disques: None) -> None:
    carte, page = site.get(JUMEAU).json(), _page(site, DEPARTEMENT)
    assert carte["dessin"] == "groupes"
    assert len(carte["placees"]) == min(lire.LIGNES_MAX, carte["total"])
    assert carte["situees"] + carte["au_centre"] + carte["sans_point"] == carte["total"]
    # An enterprise with places in two groups is in both; each has one somewhere in the département.
    assert sum(g["nombre"] for g in carte["groupes"]) >= carte["total"]
    lignes = page.xpath("//table[caption[@id='t-carte-groupes']]/tbody/tr")
    assert len(lignes) == len(carte["groupes"])
    disques = [f for f in site.get(GEOJSON).json()["features"] if f["properties"]["role"] == "groupe"]
    assert [d["properties"]["nombre"] for d in disques] == [g["nombre"] for g in carte["groupes"]]


def test_discs_of_one_town_count_the_head_offices_that_are_located(site: Client, en_disques: None) -> None:
    carte = site.get("/api/v1/territoires/99001/carte").json()
    assert carte["dessin"] == "groupes"
    assert sum(g["nombre"] for g in carte["groupes"]) == carte["situees"] > 0


@pytest.mark.parametrize("demande", ["99001", "299900027", "region:99", "99001+99002", "QN09901M"])
def test_every_kind_of_territory_has_its_map(site: Client, demande: str) -> None:
    page = _page(site, f"/territoires/{demande}/carte/")
    assert len(page.xpath("//figure//*[local-name()='svg']")) == 1


def test_a_name_leads_to_the_code_with_what_was_chosen(site: Client) -> None:
    reponse = site.get("/territoires/Brumeville/carte/?activite=ressourceries")
    assert reponse["Location"] == "/territoires/99001/carte/?activite=ressourceries"


def test_the_page_of_the_territory_asks_for_the_map_only_when_it_is_seen(site: Client) -> None:
    page = _page(site, "/territoires/99/")
    zone = page.get_element_by_id("carte-entreprises")
    assert zone.get("hx-get") == DEPARTEMENT
    assert zone.get("hx-trigger") == "revealed"
    assert zone.xpath(".//a/@href") == [DEPARTEMENT]
    partie = site.get(DEPARTEMENT, headers={"hx-request": "true"})
    assert "<html" not in partie.content.decode()
    assert "HX-Request" in partie["Vary"]


def test_the_features_are_kept_as_long_as_the_atlas_is_the_same(site: Client) -> None:
    atlas = site.get(JUMEAU).json()["atlas"]
    assert site.get(GEOJSON, {"version": atlas})["Cache-Control"] == "public, max-age=86400"
    assert site.get(GEOJSON, {"version": "une autre"})["Cache-Control"] == "no-cache"
    zone = _page(site, DEPARTEMENT).xpath("//*[@data-carte]")[0]
    assert zone.get("data-carte") == f"{GEOJSON}?version={atlas}"


def test_leaflet_is_that_of_its_dependency_and_kept_a_year(site: Client) -> None:
    zone = _page(site, DEPARTEMENT).xpath("//*[@data-carte]")[0]
    reponse = site.get(zone.get("data-script"))
    assert "immutable" in reponse["Cache-Control"]
    origine = Path(str(leaflet.__file__)).parent / "static" / "leaflet" / "leaflet.js"
    assert reponse.content.decode().split("//#")[0].strip() == origine.read_text().split("//#")[0].strip()
    assert site.get("/cartes/autre.js").status_code == 404


def test_the_first_view_with_a_moving_map_stays_light(site: Client) -> None:
    page = _page(site, DEPARTEMENT)
    zone = page.xpath("//*[@data-carte]")[0]
    adresses = [DEPARTEMENT, *page.xpath("//link[@rel='stylesheet']/@href"), *page.xpath("//script/@src")]
    adresses += [zone.get(a) for a in ("data-carte", "data-script", "data-feuille")]
    poids = {}
    for adresse in adresses:
        reponse = site.get(adresse, headers={"accept-encoding": "gzip"})
        assert reponse.status_code == 200 or adresse.startswith("/statique/"), adresse
        contenu = b"".join(reponse) if reponse.streaming else reponse.content
        poids[adresse] = len(contenu)
    assert sum(poids.values()) < PREMIERE_VUE_MAX, poids


@pytest.mark.parametrize(
    ("filtres", "mene"),
    [
        ("dans=99", "/territoires/99/carte/"),
        ("dans=99&activite=ressourceries", "/territoires/99/carte/?activite=ressourceries"),
        ("dans=99&employeur=oui", None),
        ("dans=99&activite=ressourceries&activite=fablabs", None),
    ],
)
def test_the_list_leads_to_the_map_of_the_same_enterprises(
    site: Client, filtres: str, mene: str | None
) -> None:
    liens = _page(site, f"/entreprises/?{filtres}").xpath("//figcaption/a/@href")
    assert liens == ([mene] if mene else [])
    if mene:
        attendu = site.get(f"/api/v1/entreprises?{filtres}").json()["total"]
        jumeau = mene.replace("/territoires/", "/api/v1/territoires/").replace("/carte/", "/carte")
        assert site.get(jumeau).json()["total"] == attendu
