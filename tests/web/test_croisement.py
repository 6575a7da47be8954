"""Levers crossed with the groups of cases, and the cases filtered by zoning."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

Ouvrir = Callable[[str], Any]


def test_a_cell_says_its_count_its_interval_and_when_it_says_nothing(ouvrir: Ouvrir) -> None:
    # Hand count in knowledge/cas: both overseas cases received direct funding.
    page = ouvrir("/cas/croisement/?par=zonage")
    ligne = next(x for x in page.xpath("//tbody/tr") if "outre-mer" in x.xpath("th")[0].text_content())
    cases = [" ".join(c.text_content().split()) for c in ligne.xpath("td")]
    assert cases[0].startswith("2 sur 2")
    assert len(cases) == 6
    larges = [c for c in cases if c.endswith("trop large")]
    assert larges
    assert len(larges) == len(ligne.xpath("td[@class='absent']"))


def test_an_activity_leads_to_its_cases(ouvrir: Ouvrir) -> None:
    page = ouvrir("/cas/croisement/")
    assert len(page.xpath("//tbody/tr")) == 17
    assert page.xpath("//th/a[text()='Recycleries et ressourceries']/@href") == [
        "/cas/?activite=ressourceries"
    ]


def test_the_nineteen_actions_are_lines(ouvrir: Ouvrir) -> None:
    page = ouvrir("/cas/croisement/?par=theme&grain=action")
    assert len(page.xpath("//tbody/tr")) == 19
    assert len(page.xpath("//thead//th")) == 6


def test_an_activity_in_a_zoning_shrinks_towards_the_activity(site: Client) -> None:
    adresse = "/api/v1/croisement"
    cases = site.get(adresse, {"par": "activite-zonage"}).json()["cases"]
    activites = {(c["ligne"], c["groupe"]): c for c in site.get(adresse, {"par": "activite"}).json()["cases"]}
    for c in cases:
        if "|" in c["groupe"]:
            large = activites[c["ligne"], c["groupe"].split("|")[0]]
            # Beta with weight 4 on the share of the activity, then k of n.
            assert c["part"] == pytest.approx((4 * large["part"] + c["k"]) / (4 + c["n"]))


def test_an_unknown_axis_is_refused_in_french(site: Client) -> None:
    for chemin in ("/cas/croisement/?par=sexe", "/cas/croisement/?grain=mot"):
        reponse = site.get(chemin)
        assert reponse.status_code == 400
        assert "Choisissez" in reponse.content.decode()


def test_the_cases_are_filtered_by_zoning(ouvrir: Ouvrir, site: Client) -> None:
    page = ouvrir("/cas/?zonage=drom")
    assert len(page.xpath("//ul[@class='cas']/li")) == 2
    assert [c["id"] for c in site.get("/api/v1/cas?zonage=drom").json()] == [
        "reseau-pouce-pouce",
        "sos-gramounes",
    ]
    assert site.get("/cas/?zonage=inconnu").status_code == 404


def test_territories_are_walked_page_by_page(site: Client) -> None:
    vus, adresse = [], "/api/v1/territoires?limite=20"
    while adresse:
        reponse = site.get(adresse)
        vus += [(t["type"], t["code"]) for t in reponse.json()["elements"]]
        adresse = (
            reponse.headers.get("Link", "").partition(">")[0].lstrip("<").removeprefix("http://testserver")
        )
    # data/demo/territoire.csv: 36 communes, 12 groupings, one département, one région, two quarters.
    assert len(vus) == len(set(vus)) == 52
    assert len(site.get("/api/v1/territoires?type=epci&limite=500").json()["elements"]) == 12
