"""The grid in a page: saved by the button and as one goes, in two tabs, seen by somebody who only reads."""

from __future__ import annotations

from typing import Any

import lxml.html

from perenne.web.diagnostics.lecture import lire_dossier
from perenne.web.diagnostics.models import Feuille, Volet
from perenne.web.espaces.models import Trace

A = "grille/2026/entreprise/A/"


def _champs(page: Any) -> dict[str, str]:
    """What the form of a page would send, untouched."""
    document = lxml.html.fromstring(page.content.decode())
    (form,) = [f for f in document.forms if f.get("id") == "grille"]
    # lxml says « on » for a checked box whose value is empty; a browser sends the empty value.
    vides = {x.get("name") for x in form.iter("input") if x.get("checked") is not None and not x.get("value")}
    return {c: "" if c in vides else v for c, v in form.form_values() if c != "csrfmiddlewaretoken"}


def _avis(scene: Any) -> dict[str, str]:
    return {r.critere: r.avis for r in lire_dossier(scene.dossier).dossier.reponses}


def test_the_button_saves_without_javascript_and_says_when(scene: Any) -> None:
    client = scene.entrer()
    champs = _champs(client.get(scene.adresse(A)))
    reponse = client.post(
        scene.adresse(A), {**champs, "A6-avis": "non", "A6-justification": "Crédit relais."}
    )
    assert (reponse.status_code, reponse["Location"]) == (302, f"{scene.adresse(A)}?enregistre")
    page = client.get(reponse["Location"]).content.decode()
    assert "Enregistré à " in page
    assert "Crédit relais." in page
    assert _avis(scene) == {"A6": "non"}


def test_the_other_button_goes_on_to_the_next_part(scene: Any) -> None:
    client = scene.entrer()
    reponse = client.post(scene.adresse(A), {**_champs(client.get(scene.adresse(A))), "suite": "1"})
    assert reponse["Location"] == scene.adresse("grille/2026/entreprise/B/")
    fin = scene.adresse("grille/2026/entreprise/C/")
    assert client.post(fin, {**_champs(client.get(fin)), "suite": "1"})["Location"] == scene.adresse()


def test_a_page_sent_back_untouched_writes_nothing(scene: Any) -> None:
    client = scene.entrer()
    client.post(scene.adresse(A), _champs(client.get(scene.adresse(A))))
    assert not Feuille.objects.exists()
    assert not Trace.objects.filter(geste="modifie").exists()


def test_saving_as_one_goes_answers_with_the_state_and_what_has_changed(scene: Any) -> None:
    client = scene.entrer()
    champs = {**_champs(client.get(scene.adresse(A))), "A6-avis": "oui"}
    texte = client.post(scene.adresse(A), champs, headers={"hx-request": "true"}).content.decode()
    assert texte.lstrip().startswith("Enregistré à ")
    assert "<html" not in texte
    assert "1 sur 14" in texte
    # The digest that the page must carry from now on.
    suite = {**champs, "A6-lu": texte.split('name="A6-lu" id="A6-lu" value="')[1].split('"')[0]}
    client.post(scene.adresse(A), {**suite, "A6-avis": "non"}, headers={"hx-request": "true"})
    assert _avis(scene) == {"A6": "non"}


def test_a_figure_that_cannot_be_read_is_shown_back_with_its_error(scene: Any) -> None:
    client = scene.entrer()
    champs = {**_champs(client.get(scene.adresse(A))), "A6-avis": "oui", "A6-tresorerie_mois": "beaucoup"}
    reponse = client.post(scene.adresse(A), champs)
    assert reponse.status_code == 400
    document = lxml.html.fromstring(reponse.content.decode())
    boite = document.get_element_by_id("A6-tresorerie_mois")
    assert (boite.get("value"), boite.get("aria-invalid")) == ("beaucoup", "true")
    (lien,) = [a for a in document.iter("a") if a.get("href") == "#A6-tresorerie_mois"]
    assert "Trésorerie disponible" in lien.text_content()
    assert _avis(scene) == {"A6": "oui"}


def test_two_tabs_are_shown_both_versions_and_keep_what_was_typed(scene: Any) -> None:
    client = scene.entrer()
    onglet = _champs(client.get(scene.adresse(A)))
    client.post(scene.adresse(A), {**onglet, "A6-avis": "oui", "A7-avis": "moyen"})
    reponse = client.post(scene.adresse(A), {**onglet, "A6-avis": "non", "A6-justification": "Vide."})
    assert reponse.status_code == 409
    document = lxml.html.fromstring(reponse.content.decode())
    assert document.get_element_by_id("A6-non").get("checked") is not None
    assert document.get_element_by_id("A6-justification").text == "Vide."
    assert "oui" in document.get_element_by_id("conflit-A6").text_content()
    # A7, which this tab had not touched, shows what the other one wrote.
    assert document.get_element_by_id("A7-moyen").get("checked") is not None
    assert _avis(scene) == {"A6": "oui", "A7": "moyen"}

    client.post(scene.adresse(A), {**_champs(reponse), "A6-choix": "mien"})
    assert _avis(scene) == {"A6": "non", "A7": "moyen"}


def test_the_other_version_may_be_taken(scene: Any) -> None:
    client = scene.entrer()
    onglet = _champs(client.get(scene.adresse(A)))
    client.post(scene.adresse(A), {**onglet, "A6-avis": "oui"})
    conflit = client.post(scene.adresse(A), {**onglet, "A6-avis": "non"}, headers={"hx-request": "true"})
    assert "A6-choix" in conflit.content.decode()
    empreinte = conflit.content.decode().split('name="A6-conflit" value="')[1].split('"')[0]
    choix = {**onglet, "A6-avis": "non", "A6-conflit": empreinte, "A6-choix": "autre"}
    texte = client.post(scene.adresse(A), choix, headers={"hx-request": "true"}).content.decode()
    # The whole criterion is sent again, with the other's answer.
    assert '<section class="question" id="c-A6"' in texte
    assert _avis(scene) == {"A6": "oui"}


def test_a_session_that_ended_is_said_without_a_page_of_connection_in_the_middle(scene: Any) -> None:
    reponse = scene.entrer("anonyme").post(scene.adresse(A), {}, headers={"hx-request": "true"})
    assert reponse.status_code == 401
    assert "<" not in reponse.content.decode()


def test_who_only_reads_sees_answers_and_no_form(scene: Any) -> None:
    Feuille.objects.create(
        passage=scene.passage, repondant=scene.entreprise, famille="A", contenu={"A6": {"avis": "non"}}
    )
    page = scene.entrer("lecteur").get(scene.adresse(A)).content.decode()
    assert "Vous consultez cette grille" in page
    assert 'id="grille"' not in page
    assert scene.entrer("lecteur").post(scene.adresse(A), {}).status_code == 403


def test_the_thirty_minute_grid_asks_its_fourteen_criteria(scene: Any) -> None:
    scene.passage.enregistrer(1, grille="essentielle")
    client = scene.entrer()
    posees = [
        c.removesuffix("-lu")
        for famille in "TABC"
        for c in _champs(client.get(scene.adresse(f"grille/2026/entreprise/{famille}/")))
        if c.endswith("-lu")
    ]
    assert posees == ["T1", "A2", "A3", "A4", "A6", "A8", "A13", "B1", "B2", "B8", "C2", "C5", "C9", "C11"]


def test_what_is_entered_in_the_whole_grid_survives_the_short_one(scene: Any) -> None:
    Feuille.objects.create(
        passage=scene.passage, repondant=scene.entreprise, famille="A", contenu={"A7": {"avis": "oui"}}
    )
    scene.passage.enregistrer(1, grille="essentielle")
    client = scene.entrer()
    client.post(scene.adresse(A), {**_champs(client.get(scene.adresse(A))), "A6-avis": "non"})
    assert _avis(scene) == {"A6": "non", "A7": "oui"}


def test_accounts_are_set_beside_the_question_for_who_may_see_them(scene: Any) -> None:
    Volet.objects.create(
        dossier=scene.dossier, table="exercices", annee="2025", contenu={"clos_le": "2025-12-31"}
    )
    comptes = [
        {"poste": "disponibilites", "solde": 3000}, {"poste": "fonds-propres", "solde": 3000},
        {"poste": "achats", "solde": 12000},
    ]  # fmt: skip
    Volet.objects.create(dossier=scene.dossier, table="comptes", annee="2025", contenu=comptes)
    # 3,000 € for 1,000 € a month.
    page = scene.entrer().get(scene.adresse(A)).content.decode()
    assert "D’après les comptes 2025\u00a0: 3 mois." in page.replace("\u202f", " ").replace("3\u00a0", "3 ")


def test_a_family_a_round_or_a_respondent_that_does_not_exist_is_not_found(scene: Any) -> None:
    client = scene.entrer()
    for suite in ("grille/2026/entreprise/Z/", "grille/1999/entreprise/A/", "grille/2026/personne/A/"):
        assert client.get(scene.adresse(suite)).status_code == 404


def test_the_page_of_the_diagnosis_says_where_to_take_up_again(scene: Any) -> None:
    client = scene.entrer()
    client.post(scene.adresse("grille/2026/elu/T/"), {"T1-lu": _vide(), "T1-avis": "oui"})
    page = lxml.html.fromstring(client.get(scene.adresse()).content.decode())
    (bouton,) = page.xpath('//a[@class="bouton"]')
    assert bouton.get("href") == f"{scene.adresse('grille/2026/elu/A/')}#c-A1"


def _vide() -> str:
    from perenne.web.diagnostics.assemblage import empreinte

    return empreinte({})


def test_a_draft_is_told_on_the_page_of_the_diagnosis(scene: Any) -> None:
    client = scene.entrer()
    client.post(scene.adresse(A), {**_champs(client.get(scene.adresse(A))), "A6-justification": "À voir."})
    page = client.get(scene.adresse()).content.decode()
    assert "Gardé, mais pas encore compté" in page
    assert f"{scene.adresse(A)}#c-A6" in page


def test_many_saves_of_one_sheet_make_one_line_of_the_journal(scene: Any) -> None:
    client = scene.entrer()
    for avis in ("oui", "non", "moyen"):
        client.post(scene.adresse(A), {**_champs(client.get(scene.adresse(A))), "A6-avis": avis})
    (trace,) = Trace.objects.filter(geste="modifie")
    assert trace.libelle == "Ressourcerie inventée : grille 2026, entreprise"
    assert trace.compte == scene.comptes["editeur"]
