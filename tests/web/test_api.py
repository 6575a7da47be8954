"""The API keeps its contract: OpenAPI 3.1, one error shape, no undeclared answer."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings

ESSAIS, ESSAIS_ENVOI = 15, 6
OPERATIONS = 36


@pytest.fixture(scope="module")
def operations(django_db_setup: None, django_db_blocker: Any) -> dict[str, Any]:
    """The operations that the description declares, as schemathesis reads them."""
    import schemathesis

    from perenne.web.config.wsgi import application

    with django_db_blocker.unblock():
        contrat = schemathesis.openapi.from_wsgi(
            "/api/v1/openapi.json", application, headers={"Host": "localhost"}
        )
    lues = (o.ok() for o in contrat.get_all_operations())
    return {o.label: o for o in lues}


@pytest.mark.django_db
@pytest.mark.parametrize("rang", range(OPERATIONS))
def test_every_answer_is_declared(operations: dict[str, Any], rang: int) -> None:
    import schemathesis
    from schemathesis.specs.openapi.checks import positive_data_acceptance

    assert len(operations) == OPERATIONS
    operation = list(operations.values())[rang]
    envoi = operation.method == "post"
    # A plan of the right form may still be impossible: a grant paid before it is decided, an unknown lever.
    hors = [positive_data_acceptance] if envoi else []
    modes = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]
    for mode in modes:
        rien = not operation.query and not operation.path_parameters and not operation.body
        if mode is schemathesis.GenerationMode.NEGATIVE and rien:
            continue

        @settings(
            max_examples=ESSAIS_ENVOI if envoi else ESSAIS,
            deadline=None,
            derandomize=True,
            database=None,
            suppress_health_check=list(HealthCheck),
        )
        @given(cas=operation.as_strategy(generation_mode=mode))
        def essayer(cas: Any) -> None:
            cas.call_and_validate(
                headers={"Host": "localhost", "Accept-Encoding": "identity"}, excluded_checks=hors
            )

        essayer()


def test_the_description_is_openapi_3_1_in_french(site: Client) -> None:
    description = site.get("/api/v1/openapi.json").json()
    assert description["openapi"].startswith("3.1")
    operations = [o for c in description["paths"].values() for o in c.values()]
    assert all(o["summary"] for o in operations)
    assert description["components"]["schemas"]["FicheRegle"]["properties"].keys() >= {"periodes", "limites"}


def test_a_rule_gives_its_figure_at_the_date(site: Client) -> None:
    adresse = "/api/v1/regles/commande-publique/seuil-dispense-fournitures-services"
    fiche = site.get(adresse, {"au": "2026-04-01"}).json()
    assert fiche["periodes"][fiche["actuelle"]]["nombre"] == 60000
    fiche = site.get(adresse, {"au": "2026-03-31"}).json()
    assert fiche["periodes"][fiche["actuelle"]]["nombre"] == 40000


@pytest.mark.parametrize(
    ("adresse", "statut"),
    [("cas/inconnu", 404), ("regles?au=hier", 422), ("territoires/99999", 404), ("rien", 404)],
)
def test_errors_have_one_shape(site: Client, adresse: str, statut: int) -> None:
    reponse = site.get(f"/api/v1/{adresse}")
    assert reponse.status_code == statut
    assert set(reponse.json()) == {"message", "conseil", "details"}


def test_the_territory_holds_what_its_page_says(site: Client) -> None:
    donnees = site.get("/api/v1/territoires/99001?au=2026-11-23").json()
    assert donnees["territoire"]["nom"] == "Brumeville"
    assert donnees["territoire"]["population"] == 31420
    assert {"lectures", "besoins", "zonages", "sources"} <= donnees.keys()


def test_an_unchanged_answer_is_304(site: Client) -> None:
    reponse = site.get("/api/v1/cas")
    assert site.get("/api/v1/cas", headers={"if-none-match": reponse["ETag"]}).status_code == 304
    assert len(reponse.json()) == 16


def test_a_page_of_text_is_given_section_by_section(site: Client) -> None:
    page = site.get("/api/v1/pages/aide").json()
    assert page["titre"] == "Aide"
    section = next(s for s in page["sections"] if s["titre"] == "Trouver un territoire")
    assert section["textes"][0].startswith("Par son nom : Guéret.")
    plan = site.get("/api/v1/pages/plan").json()
    adresses = {x["adresse"] for s in plan["sections"] for x in s["liens"]}
    assert {"/leviers/avancer-les-fonds/", "/cas/bell-occas/"} <= adresses
