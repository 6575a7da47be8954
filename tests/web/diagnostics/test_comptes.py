"""Structure, situation, accounting years: typed, refused with reasons, kept under the lock."""

from __future__ import annotations

import datetime as dt
from typing import Any

import lxml.html

from perenne.web.diagnostics.lecture import lire_dossier
from perenne.web.diagnostics.models import Passage, Repondant, Volet
from perenne.web.espaces.models import Trace

AU = dt.date(2026, 11, 23)


def _annee(scene: Any) -> None:
    reponse = scene.entrer().post(scene.adresse("nouvel-exercice/"), {"clos_le": "2025-12-31", "mois": "12"})
    assert reponse["Location"] == scene.adresse("comptes/2025/")


def test_the_structure_is_typed_and_read(scene: Any) -> None:
    saisie = {
        "version": "0", "activites": ["ressourceries"], "territoires": ["rural", "qpv"],
        "debut_activite": "2017-04-03", "comptes_clos": "8", "stade": "consolidation",
        "stade_motif": "Stable.",
    }  # fmt: skip
    assert scene.entrer().post(scene.adresse("structure/"), saisie).status_code == 302
    lue = lire_dossier(scene.dossier, AU).dossier.structure
    assert (lue.nom, lue.activites, lue.territoires) == (
        "Ressourcerie inventée", ("ressourceries",), ("rural", "qpv"),
    )  # fmt: skip
    assert (lue.debut_activite, lue.comptes_clos, lue.stade) == (dt.date(2017, 4, 3), 8, "consolidation")
    page = lxml.html.fromstring(scene.entrer().get(scene.adresse("structure/")).content.decode())
    coches = [x.get("value") for x in page.iter("input") if x.get("checked") is not None]
    assert coches == ["ressourceries", "rural", "qpv"]


def test_a_wrong_field_is_said_beside_it_and_everything_typed_stays(scene: Any) -> None:
    saisie = {"version": "0", "comptes_clos": "huit", "stade_motif": "Parce que."}
    reponse = scene.entrer().post(scene.adresse("structure/"), saisie)
    assert reponse.status_code == 400
    document = lxml.html.fromstring(reponse.content.decode())
    assert document.get_element_by_id("id_comptes_clos").get("value") == "huit"
    assert "n’est pas un nombre" in document.get_element_by_id("id_comptes_clos_error").text_content()
    assert document.get_element_by_id("id_stade_motif").text.strip() == "Parce que."
    assert not Volet.objects.exists()


def test_two_people_in_one_table_see_both_versions(scene: Any) -> None:
    client = scene.entrer()
    client.post(scene.adresse("structure/"), {"version": "0", "comptes_clos": "8"})
    client.post(scene.adresse("structure/"), {"version": "1", "comptes_clos": "9", "stade_motif": "x"})
    reponse = client.post(scene.adresse("structure/"), {"version": "1", "comptes_clos": "7"})
    assert reponse.status_code == 409
    texte = reponse.content.decode().replace("\u00a0", " ")
    assert "Nombre de comptes clos : 9" in texte
    assert "Nombre de comptes clos : 7" in texte
    document = lxml.html.fromstring(texte)
    assert document.get_element_by_id("id_comptes_clos").get("value") == "7"
    (form,) = [f for f in document.forms if "version" in f.fields]
    assert Volet.objects.get().contenu["comptes_clos"] == 9
    # Sent again with the version that was shown, it is a choice.
    client.post(scene.adresse("structure/"), dict(form.form_values()) | {"csrfmiddlewaretoken": ""})
    assert Volet.objects.get().contenu == {"comptes_clos": 7}


def test_the_situation_is_typed_and_reaches_the_levers(scene: Any) -> None:
    saisie = {"version": "0", "forme_juridique": "association", "fonds_europeens": "oui", "agrement_iae": ""}
    scene.entrer().post(scene.adresse("situation/"), saisie)
    faits = lire_dossier(scene.dossier, AU).dossier.structure.faits
    assert faits == {"forme_juridique": "association", "fonds_europeens": "oui"}


def test_a_fact_that_cannot_be_read_is_said_beside_its_question(scene: Any) -> None:
    saisie = {"version": "0", "part_publique_capital": "beaucoup"}
    reponse = scene.entrer().post(scene.adresse("situation/"), saisie)
    assert reponse.status_code == 400
    document = lxml.html.fromstring(reponse.content.decode())
    assert document.get_element_by_id("id_part_publique_capital_error") is not None


def test_accounts_that_do_not_balance_yet_are_kept_aside_and_said(scene: Any) -> None:
    _annee(scene)
    client = scene.entrer()
    client.post(scene.adresse("comptes/2025/postes/"), {"version": "0", "disponibilites": "1 200,50"})
    assert Volet.objects.get(table="comptes").brouillon
    assert lire_dossier(scene.dossier, AU).dossier.exercices[0].montants == {}
    page = client.get(scene.adresse()).content.decode()
    assert "comptes 2025\u00a0: l’actif et le passif diffèrent" in page

    equilibre = {"version": "1", "disponibilites": "1 200,50", "fonds-propres": "1200,50"}
    client.post(scene.adresse("comptes/2025/postes/"), equilibre)
    assert lire_dossier(scene.dossier, AU).dossier.exercices[0].montants == {
        "disponibilites": 120_050, "fonds-propres": 120_050,
    }  # fmt: skip
    assert "Gardé, mais pas encore compté" not in client.get(scene.adresse()).content.decode()


def test_an_empty_box_is_unknown_and_a_zero_is_a_zero(scene: Any) -> None:
    _annee(scene)
    scene.entrer().post(scene.adresse("comptes/2025/postes/"), {"version": "0", "ventes": "0", "achats": ""})
    assert lire_dossier(scene.dossier, AU).dossier.exercices[0].montants == {"ventes": 0}


def test_an_amount_that_cannot_be_read_is_said_and_nothing_is_written(scene: Any) -> None:
    _annee(scene)
    saisie = {"version": "0", "ventes": "1.234", "achats": "12"}
    reponse = scene.entrer().post(scene.adresse("comptes/2025/postes/"), saisie)
    assert reponse.status_code == 400
    document = lxml.html.fromstring(reponse.content.decode())
    assert "deux façons" in document.get_element_by_id("id_ventes_error").text_content()
    assert document.get_element_by_id("id_achats").get("value") == "12"
    assert not Volet.objects.filter(table="comptes").exists()


LIGNE = {"l0-poste": "subventions", "l0-payeur": "Commune", "l0-montant": "4000", "l0-nature": "public"}


def test_payers_are_typed_one_line_each_and_empty_lines_say_nothing(scene: Any) -> None:
    _annee(scene)
    client, adresse = scene.entrer(), scene.adresse("comptes/2025/ressources/")
    client.post(adresse, {"version": "0", "lignes": "3", **LIGNE, "l0-niveau": "commune", "l0-fleche": "non"})
    (r,) = lire_dossier(scene.dossier, AU).dossier.ressources
    assert (r.payeur, r.montant, r.niveau, r.fleche, r.nombre) == ("Commune", 400_000, "commune", False, 1)

    client.post(adresse, {"version": "1", "lignes": "3", **LIGNE, "l0-effacer": "1"})
    assert lire_dossier(scene.dossier, AU).dossier.ressources == ()


def test_a_wrong_line_is_said_in_its_place_and_nothing_is_lost(scene: Any) -> None:
    _annee(scene)
    saisie = {
        "version": "0", "lignes": "3", **LIGNE, "l2-poste": "ventes", "l2-payeur": "Clients",
        "l2-montant": "-5", "l2-nature": "",
    }  # fmt: skip
    reponse = scene.entrer().post(scene.adresse("comptes/2025/ressources/"), saisie)
    assert reponse.status_code == 400
    document = lxml.html.fromstring(reponse.content.decode())
    assert "négatif" in document.get_element_by_id("id_l2-montant_error").text_content()
    assert document.get_element_by_id("id_l0-payeur").get("value") == "Commune"


def test_more_lines_are_asked_without_losing_what_was_typed(scene: Any) -> None:
    _annee(scene)
    saisie = {"version": "0", "lignes": "3", **LIGNE, "ajouter": "1"}
    reponse = scene.entrer().post(scene.adresse("comptes/2025/ressources/"), saisie)
    document = lxml.html.fromstring(reponse.content.decode())
    assert len(document.xpath('//fieldset[@class="carte"]')) == 6
    assert document.get_element_by_id("id_l0-payeur").get("value") == "Commune"
    assert not Volet.objects.filter(table="ressources").exists()


def test_a_year_is_removed_with_its_tables(scene: Any) -> None:
    _annee(scene)
    client = scene.entrer()
    client.post(scene.adresse("comptes/2025/ressources/"), {"version": "0", "lignes": "1", **LIGNE})
    assert client.post(scene.adresse("comptes/2025/supprimer/"), {"nom": "2024"}).status_code == 400
    assert Volet.objects.count() == 2
    client.post(scene.adresse("comptes/2025/supprimer/"), {"nom": "2025"})
    assert not Volet.objects.exists()
    assert Trace.objects.filter(geste="supprime", libelle__endswith="exercice 2025").exists()


def test_a_first_round_opens_with_who_answers(scene: Any) -> None:
    Passage.objects.all().delete()
    Repondant.objects.all().delete()
    saisie = {"date": "2026-01-05", "grille": "essentielle", "repondants": ["entreprise", "agent"]}
    scene.entrer().post(scene.adresse("nouveau-passage/"), saisie)
    lu = lire_dossier(scene.dossier, AU).dossier
    assert [(p.id, p.version) for p in lu.passages] == [("2026", "essentielle")]
    assert [r.id for r in lu.repondants] == ["entreprise", "agent"]


def test_a_round_moved_to_another_year_takes_its_name(scene: Any) -> None:
    client = scene.entrer()
    client.post(scene.adresse("nouveau-passage/"), {"date": "2026-07-01", "grille": "complete"})
    assert {p.nom for p in Passage.objects.all()} == {"2026", "2026-2"}
    saisie = {"date": "2024-05-14", "grille": "complete", "version": "1"}
    client.post(scene.adresse("passages/2026-2/"), saisie)
    assert {p.nom for p in Passage.objects.all()} == {"2026", "2024"}


def test_a_round_in_the_future_is_refused(scene: Any) -> None:
    reponse = scene.entrer().post(
        scene.adresse("nouveau-passage/"), {"date": "2090-01-01", "grille": "complete"}
    )
    assert reponse.status_code == 400
    assert "pas encore passée" in reponse.content.decode()


def test_a_respondent_is_a_function_and_never_a_person(scene: Any) -> None:
    client = scene.entrer()
    reponse = client.post(scene.adresse("nouveau-repondant/"), {"fonction": "M. Untel", "role": "elu"})
    assert reponse.status_code == 400
    client.post(scene.adresse("nouveau-repondant/"), {"fonction": "Direction", "role": "entreprise"})
    client.post(scene.adresse("nouveau-repondant/"), {"fonction": "direction", "role": "entreprise"})
    assert {r.nom for r in Repondant.objects.all()} == {"entreprise", "elu", "direction", "direction-2"}
