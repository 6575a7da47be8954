"""The advice on a page: asked with a file, a case or a few answers, and nothing is kept."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
import lxml.html
import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pypdf import PdfReader

ADRESSE = "/leviers/recommander/"
DEMO = Path(__file__).resolve().parents[2] / "data" / "demo"
REPONSES = {
    "acteur": "departement",
    "au": "2026-11-23",
    "montant": "30 000 €",
    "nom": "Les Ateliers fictifs",
    "forme_juridique": "association",
    "fait_fonds_europeens": "oui",
    "fait_delai_paiement_max_mois": "14",
    "fait_tresorerie_mois": "1,5",
    "fait_critere_a6": "non",
}


def _demander(site: Client, statut: int = 200, **champs: Any) -> Any:
    reponse = site.post(ADRESSE, champs)
    assert reponse.status_code == statut
    assert "Set-Cookie" not in reponse.headers
    return lxml.html.fromstring(reponse.content.decode())


def _texte(element: Any) -> str:
    return " ".join(element.text_content().split())


def _valeurs(page: Any) -> dict[str, str]:
    """What the form would send again."""
    formulaire = page.forms[[f.get("id") for f in page.forms].index("demande")]
    return {n: v for n, v in formulaire.fields.items() if v}


def test_a_few_answers_give_the_first_actions_with_their_reasons(site: Client) -> None:
    page = _demander(site, **REPONSES)
    premieres = [_texte(x) for x in page.xpath("//ol[@class='avis-premieres']/li")]
    assert premieres[0].startswith("Avancer les fonds octroyés par d’autres financeurs")
    assert "Premier pas : demander au financeur" in premieres[0]
    fiche = page.xpath("//article")[0]
    titres = [_texte(x) for x in fiche.xpath(".//dt")]
    assert titres[:3] == ["Parce que", "Changerait si", "Droit au 23 novembre 2026"]
    assert {"Précédents", "Qui d’autre peut agir", "Premiers pas"} <= set(titres)
    assert "trésorerie" in _texte(fiche).casefold()
    assert fiche.xpath(".//a[starts-with(@href, '/cas/')]")
    assert fiche.xpath(".//a[starts-with(@href, '/regles/')]")
    assert len(page.xpath("//table[caption[@id='t-actions']]/tbody/tr")) <= 19
    assert page.xpath("//section[h2[@id='s-questions']]/ul/li")


def test_what_is_excluded_is_listed_with_its_reason(site: Client) -> None:
    page = _demander(site, acteur="caf", au="2026-11-23")
    lignes = page.xpath("//table[caption[@id='t-actions']]/tbody/tr")
    ecartees = [_texte(x) for x in page.xpath("//section[h2[@id='s-ecartees']]/ul/li")]
    assert len(lignes) + len(ecartees) == 19
    assert all(" : " in x for x in ecartees)
    assert any("Peuvent agir" in x for x in ecartees)


def test_the_file_of_a_diagnosis_fills_in_the_form_and_may_be_changed(site: Client) -> None:
    octets = (DEMO / "diagnostics/cafe-bourg-invente.yaml").read_bytes()
    fichier = SimpleUploadedFile("../../café.yaml", octets)
    page = _demander(site, acteur="commune", fichier=fichier)
    assert "Café associatif de Bourg-Inventé" in _texte(page.xpath("//h1")[0])
    reprises = _valeurs(page)
    assert reprises["activite"] == "cafes_associatifs"
    faits = _texte(page.xpath("//table[caption[@id='t-faits']]")[0])
    assert "Association" in faits
    # Asked again without the file: the same advice, from what the page itself carries.
    encore = _demander(site, **reprises)
    assert _texte(encore.xpath("//section[h2[@id='s-actions']]")[0]) == _texte(
        page.xpath("//section[h2[@id='s-actions']]")[0]
    )
    # An answer taken away is unknown again.
    connu = next(n for n in reprises if n.startswith("fait_critere"))
    sans = _demander(site, **{**reprises, connu: ""})
    assert connu not in _valeurs(sans)


def test_a_case_is_advised_from_an_address_and_may_be_changed(site: Client) -> None:
    page = lxml.html.fromstring(site.get(f"{ADRESSE}?cas=bell-occas&acteur=departement").content.decode())
    assert "Bell’Occas" in _texte(page.xpath("//h1")[0])
    (jumeau,) = page.xpath("//link[@type='application/json']/@href")
    assert "cas=bell-occas" in jumeau
    reprises = _valeurs(page)
    assert reprises["fait_fonds_europeens"] == "oui"
    change = _demander(site, **{**reprises, "fait_fonds_europeens": ""})
    assert "fait_fonds_europeens" not in _valeurs(change)
    precedents = change.xpath("//dt[.='Précédents']/following-sibling::dd//a/@href")
    assert precedents
    assert "/cas/bell-occas/" not in precedents


@pytest.mark.parametrize("format_", ["pdf", "docx", "xlsx"])
def test_the_advice_downloads_and_runs_nothing(format_: str, site: Client) -> None:
    piege = '=HYPERLINK("http://exemple.example";"x")'
    reponse = site.post(ADRESSE, {**REPONSES, "nom": piege, "format": format_})
    assert reponse.status_code == 200
    assert reponse["Content-Disposition"] == f'attachment; filename="avis-leviers.{format_}"'
    octets = io.BytesIO(reponse.content)
    if format_ == "pdf":
        texte = PdfReader(octets).pages[0].extract_text()
    elif format_ == "docx":
        texte = "\n".join(p.text for p in docx.Document(octets).paragraphs)
    else:
        classeur = openpyxl.load_workbook(octets)
        cellules = [c for f in classeur for ligne in f.iter_rows() for c in ligne if c.value is not None]
        assert all(c.data_type != "f" for c in cellules)
        assert classeur.sheetnames == ["Réponse", "Dix-neuf actions", "Points", "Faits"]
        texte = " ".join(str(c.value) for c in cellules)
    assert "HYPERLINK" in texte
    assert "Parce que" in texte or format_ == "pdf"


def test_a_name_is_never_a_template_nor_markup(site: Client) -> None:
    page = site.post(ADRESSE, {**REPONSES, "nom": "{{7*7}}<script>alert(1)</script>{% raw %}"})
    contenu = page.content.decode()
    assert "{{7*7}}&lt;script&gt;" in contenu
    assert "<script>alert" not in contenu


@pytest.mark.parametrize(
    ("champs", "dit"),
    [
        ({"acteur": ""}, "obligatoire"),
        ({"acteur": "sorcier"}, "sorcier"),
        ({"acteur": "caf", "collectivite": "Brumeville"}, "seulement pour une commune"),
        ({"acteur": "commune", "collectivite": "zzzzzz"}, "zzzzzz"),
        ({"acteur": "commune", "montant": "beaucoup"}, "n’est pas un nombre"),
        ({"acteur": "commune", "fait_tresorerie_mois": "peu"}, "n’est pas un nombre"),
        ({"acteur": "commune", "fait_fonds_europeens": "bof"}, "bof"),
        ({"acteur": "commune", "fiche": "[1"}, "abîmée"),
        ({"acteur": "commune", "fiche": '{"situation": {"inconnu": 1}}'}, "inconnu"),
        ({"acteur": "commune", "territoire": "zzzzzz"}, "zzzzzz"),
        ({"acteur": "commune", "au": "1200-01-01"}, "hors de propos"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_typed_is_lost(
    champs: dict[str, str], dit: str, site: Client
) -> None:
    page = _demander(site, 400, nom="Les Ateliers fictifs", **champs)
    erreurs = _texte(page.xpath("//div[@class='erreurs']")[0])
    assert dit in erreurs
    assert "perenne " not in erreurs
    assert _valeurs(page)["nom"] == "Les Ateliers fictifs"


def test_every_mistake_of_a_file_is_told(site: Client) -> None:
    fiche = b"nom: X\ngrille: {Z9: oui}\nsituation: {inconnu: 3}\n"
    page = _demander(site, 400, acteur="epci", fichier=SimpleUploadedFile("fiche.yaml", fiche))
    erreurs = [_texte(x) for x in page.xpath("//div[@class='erreurs']//li")]
    assert any("fiche.yaml, ligne 2" in x for x in erreurs)
    assert any("fiche.yaml, ligne 3" in x for x in erreurs)


def test_a_bomb_is_refused(site: Client) -> None:
    import zipfile

    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"0" * 60_000_000)
    page = _demander(site, 400, acteur="epci", fichier=SimpleUploadedFile("d.xlsx", sortie.getvalue()))
    assert "démesuré" in _texte(page)


def test_the_acting_authority_is_named_within_its_kind(site: Client) -> None:
    # data/demo/territoire.csv: Brumeville is a commune, and the town of a grouping.
    page = _demander(site, acteur="commune", collectivite="Brumeville", au="2026-11-23")
    assert "Commune : Brumeville" in _texte(page.xpath("//p[@class='chapeau']")[0])
    faits = _texte(page.xpath("//table[caption[@id='t-faits']]")[0])
    assert "31 420" in faits
