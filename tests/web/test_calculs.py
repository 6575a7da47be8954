"""What is posted is read, computed and forgotten: recommendations, diagnoses, simulations."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

API = "/api/v1"
DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"


def _simple(valeur: Any) -> Any:
    """YAML as JSON would say it."""
    if isinstance(valeur, dict):
        return {str(c): _simple(v) for c, v in valeur.items()}
    if isinstance(valeur, list):
        return [_simple(v) for v in valeur]
    return valeur.isoformat() if isinstance(valeur, dt.date) else valeur


def _lire(chemin: str) -> Any:
    return _simple(yaml.safe_load((DEMO / chemin).read_text(encoding="utf-8")))


def _poster(site: Client, chemin: str, corps: Any) -> Any:
    return site.post(f"{API}/{chemin}", corps, content_type="application/json")


def _envoyer(site: Client, chemin: str, nom: str, octets: bytes, **champs: str) -> Any:
    return site.post(f"{API}/{chemin}", {"fichier": SimpleUploadedFile(nom, octets), **champs})


@pytest.fixture(scope="module")
def contrat() -> Any:
    """Checks an object against a component of the OpenAPI file."""
    composants = Client().get(f"{API}/openapi.json").json()["components"]

    def verifier(nom: str, contenu: Any) -> None:
        schema = {"$ref": f"#/components/schemas/{nom}", "components": composants}
        jsonschema.Draft202012Validator(schema).validate(contenu)

    return verifier


@pytest.mark.parametrize("nom", ["cafe-associatif", "regie-de-quartier"])
def test_a_plan_gives_the_same_figures_from_json_and_from_its_file(
    nom: str, site: Client, contrat: Any
) -> None:
    plan = _lire(f"tresorerie/{nom}.yaml")
    contrat("Plan", plan)
    reponse = _poster(site, "simulation?tirages=20", plan)
    assert reponse.status_code == 200
    contrat("TresorerieResultat", reponse.json())
    octets = (DEMO / f"tresorerie/{nom}.yaml").read_bytes()
    assert _envoyer(site, "simulation/fichier?tirages=20", f"{nom}.yaml", octets).json() == reponse.json()


def test_a_file_about_an_enterprise_is_diagnosed(site: Client, contrat: Any) -> None:
    dossier = _lire("diagnostics/cafe-bourg-invente.yaml")
    contrat("Dossier", dossier)
    reponse = _poster(site, "diagnostic?au=2026-11-23", dossier)
    assert reponse.status_code == 200
    contrat("DiagnosticEntreprise", reponse.json())
    assert reponse.json()["faits"]["faits"]["forme_juridique"] == "association"


def test_a_diagnosis_is_enough_for_an_advice(site: Client) -> None:
    octets = (DEMO / "diagnostics/cafe-bourg-invente.yaml").read_bytes()
    avis = _envoyer(site, "recommandation/fichier", "../../café.yaml", octets, acteur="commune").json()
    assert avis["entreprise"] == "Café associatif de Bourg-Inventé"
    assert len(avis["actions"]) == 19


def test_an_advice_says_why_what_would_change_it_the_law_and_who_else(site: Client) -> None:
    demande = {
        "entreprise": {
            "nom": "Les Ateliers fictifs",
            "forme_juridique": "association",
            "grille": {"A8": "non", "A6": "non"},
            "situation": {"fonds_europeens": True, "delai_paiement_max_mois": 14, "tresorerie_mois": 1.5},
        },
        "acteur": "departement",
        "au": "2026-11-23",
        "montant": 30000,
    }
    avis = _poster(site, "recommandation", demande).json()
    premiere = next(a for a in avis["actions"] if a["rang"] == 1)
    assert premiere["action"]["id"] == "avancer-les-fonds"
    # The points are a sum: each part is given.
    assert premiere["points"] == sum(r["points"] for r in premiere["parce_que"])
    assert premiere["droit"]["regles"][0]["references"][0]["texte"]
    assert premiere["precedents"]
    assert premiere["autres"]
    assert premiere["premiers_pas"][0].startswith("Demander au financeur")
    assert {a["place"] for a in avis["actions"]} <= {"conseillee", "exclue", "sans_role"}
    assert all(a["motif_ecart"] for a in avis["actions"] if a["place"] != "conseillee")
    dernieres = [a for a in avis["actions"] if a["rang"] and a["rang"] > 5]
    assert any(a["changerait_si"] for a in dernieres)


def test_a_case_of_the_base_is_advised_by_an_address(site: Client) -> None:
    adresse = f"{API}/recommandation?cas=bell-occas&acteur=departement-ardennes"
    avis = site.get(adresse).json()
    assert avis["acteur"] == "Département des Ardennes"
    assert "bell-occas" not in {p["cas"]["id"] for a in avis["actions"] for p in a["precedents"]}
    assert site.get(f"{API}/recommandation?cas=inconnu&acteur=epci").status_code == 404


def test_every_mistake_is_told_at_once_with_its_path(site: Client) -> None:
    demande = {"entreprise": {"grille": {"Z9": "oui"}, "situation": {"inconnu": 1}}, "acteur": "epci"}
    reponse = _poster(site, "recommandation", demande)
    assert reponse.status_code == 422
    assert [d.split(" : ")[0] for d in reponse.json()["details"]] == ["grille.Z9", "situation.inconnu"]
    plan = _lire("tresorerie/cafe-associatif.yaml")
    plan["ventes"][0]["annuel"] = "beaucoup"
    details = _poster(site, "simulation", plan).json()["details"]
    assert details[0].startswith("ventes.0.annuel (bar) : ")


def test_a_plan_too_long_to_compute_at_once_is_refused(site: Client) -> None:
    plan = _lire("tresorerie/cafe-associatif.yaml")
    plan["dons"] = [{**plan["dons"][0], "id": f"don-{n}"} for n in range(61)]
    reponse = _poster(site, "simulation", plan)
    assert reponse.status_code == 422
    assert "60 au plus" in reponse.json()["message"]


def _bombe() -> bytes:
    """A workbook of a few kilobytes that would open into 60 MB."""
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * 60_000_000)
    return sortie.getvalue()


@pytest.fixture(scope="module")
def bombe() -> bytes:
    return _bombe()


@pytest.mark.parametrize("envoi", ["diagnostic/fichier", "simulation/fichier", "recommandation/fichier"])
def test_a_file_that_would_swell_or_reach_elsewhere_is_refused(
    envoi: str, site: Client, bombe: bytes, tmp_path: Path
) -> None:
    assert len(bombe) < 100_000
    reponse = _envoyer(site, envoi, "plan.xlsx", bombe, acteur="epci")
    assert reponse.status_code == 422
    assert "démesuré" in reponse.content.decode()
    for nom in ("../../etc/passwd", "..\\..\\plan.yaml", "plan\x00.yaml", "{{7*7}}.yaml"):
        reponse = _envoyer(site, envoi, nom, b"structure: {}\n", acteur="epci")
        assert reponse.status_code == 422
        assert "/etc" not in reponse.content.decode()
    # A file may name the accounts beside it: from the web there is no beside.
    (tmp_path / "comptes.csv").write_text("secret", encoding="utf-8")
    exercice = f"{{id: '2025', clos_le: 31/12/2025, comptes: {tmp_path}/comptes.csv}}"
    dossier = f"structure: {{nom: X}}\nexercices: [{exercice}]\n"
    reponse = _envoyer(site, envoi, "d.yaml", dossier.encode(), acteur="epci")
    assert reponse.status_code == 422
    assert "secret" not in reponse.content.decode()


def test_what_is_too_big_is_refused_before_it_is_read(site: Client) -> None:
    assert _poster(site, "diagnostic", "x" * 600_000).status_code == 413
    assert _envoyer(site, "simulation/fichier", "p.xlsx", b"x" * 5_200_000).status_code == 413
    reponse = site.post("/leviers/", b"x" * 6_000_000, content_type="application/octet-stream")
    assert reponse.status_code == 413
    assert "trop gros" in reponse.content.decode()


@pytest.mark.parametrize("corps", ["{", "[]", '{"a": 1, "a": 2}', '{"a": NaN}', '"' + "[" * 900, "\ud800"])
def test_what_is_not_a_json_object_is_refused(corps: str, site: Client) -> None:
    octets = corps.encode("utf-8", "surrogatepass")
    reponse = site.post(f"{API}/diagnostic", octets, content_type="application/json")
    assert reponse.status_code == 422
    assert set(reponse.json()) == {"message", "conseil", "details"}


def test_a_method_that_is_not_admitted_is_told_in_the_same_shape(site: Client) -> None:
    reponse = site.delete(f"{API}/cas")
    assert reponse.status_code == 405
    assert reponse["Allow"] == "GET"
    assert set(reponse.json()) == {"message", "conseil", "details"}


def test_the_diagnosis_of_a_territory_is_what_the_contract_says(site: Client, contrat: Any) -> None:
    contrat("TerritoireDiagnostic", site.get(f"{API}/territoires/99001").json())
