"""What the shared macros make of a Django form: labels, helps, errors, all tied together."""

from __future__ import annotations

from typing import Any

import lxml.html
import pytest
from django import forms
from django.template import engines
from django.test import RequestFactory


class Essai(forms.Form):
    nom = forms.CharField(label="Nom de l'entreprise", help_text="Tel qu'il est écrit au répertoire.")
    commune = forms.CharField(label="Commune", required=False)
    forme = forms.ChoiceField(
        label="Forme", choices=[("a", "Association"), ("s", "Scop")], widget=forms.RadioSelect
    )
    accord = forms.BooleanField(label="J'ai lu")
    cle = forms.CharField(widget=forms.HiddenInput, initial="<x>")


class Seconde(forms.Form):
    def clean(self) -> dict[str, Any]:
        raise forms.ValidationError("La date de fin précède la date de début.")


GABARIT = """{% from "formulaires.html.j2" import formulaire, sommaire, bouton_seul %}
<main>{{ sommaire(f, autre) }}{{ formulaire(f, csrf_input, bouton='Enregistrer', version=7) }}
{{ bouton_seul(csrf_input, 'Retirer', valeurs={'a': '"><b>'}, precision='le dossier') }}</main>"""


def _rendre(f: forms.Form, autre: forms.Form) -> Any:
    gabarit = engines["jinja2"].from_string(GABARIT)
    return lxml.html.fromstring(gabarit.render({"f": f, "autre": autre}, RequestFactory().get("/")))


@pytest.fixture
def rempli() -> Any:
    return _rendre(Essai({"commune": "<i>Brumeville"}), Seconde({}))


def test_each_field_has_its_label_and_names_its_help_and_its_error(rempli: Any) -> None:
    for champ in rempli.xpath("//input[not(@type='hidden')]"):
        assert rempli.xpath(f"//label[@for='{champ.get('id')}']"), champ.get("name")
    (nom,) = rempli.xpath("//input[@name='nom']")
    decrit = [rempli.xpath(f"//*[@id='{i}']")[0].text_content() for i in nom.get("aria-describedby").split()]
    assert decrit == ["Tel qu’il est écrit au répertoire.", "Erreur\u00a0: Ce champ est obligatoire."]
    assert nom.get("aria-invalid") == "true"
    (groupe,) = rempli.xpath("//fieldset")
    assert rempli.xpath(f"//*[@id='{groupe.get('aria-describedby')}']")


def test_the_errors_are_told_again_at_the_top_with_links_that_lead_to_the_fields(rempli: Any) -> None:
    (sommaire,) = rempli.xpath("//div[@role='alert']")
    lignes = [li.text_content().replace("\u00a0", " ") for li in sommaire.xpath(".//li")]
    assert "Nom de l’entreprise : ce champ est obligatoire." in lignes
    assert "La date de fin précède la date de début." in lignes
    for lien in sommaire.xpath(".//a/@href"):
        assert rempli.xpath(f"//input[@id='{lien[1:]}']"), lien


def test_what_was_typed_is_given_back_as_text_and_never_as_markup(rempli: Any) -> None:
    assert rempli.xpath("//input[@name='commune']/@value") == ["<i>Brumeville"]
    assert rempli.xpath("//i|//b") == []


def test_only_what_is_not_mandatory_says_so(rempli: Any) -> None:
    facultatifs = rempli.xpath("//span[@class='facultatif']/..")
    assert [x.get("for") for x in facultatifs] == ["id_commune"]


def test_the_form_carries_its_token_its_version_and_its_hidden_fields(rempli: Any) -> None:
    formulaire = rempli.xpath("//form[@class='formulaire']")[0]
    caches = {c.get("name"): c.get("value") for c in formulaire.xpath(".//input[@type='hidden']")}
    assert caches.keys() == {"csrfmiddlewaretoken", "version", "cle"}
    assert caches["version"] == "7"


def test_a_form_without_error_has_no_summary() -> None:
    assert _rendre(Essai(), forms.Form()).xpath("//div[@role='alert']|//*[@aria-invalid]") == []
