"""The sixteen cases and the 118 facts of `knowledge/cas`, against the study and its table of facts."""

from __future__ import annotations

import csv
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.cas import Cas, FaitCas
from perenne.domain.texte import normaliser
from perenne.services.savoir import obtenir_base

SAVOIR = Path(__file__).resolve().parents[2] / "knowledge"

# Counted by hand in the table of facts.
FAITS_PAR_CAS = {
    "8-fablab-drome": 16,
    "bell-occas": 19,
    "espace-culturel-chaillol": 14,
    "loco-motives": 9,
    "ambiance-bois": 10,
    "cap-sport": 8,
    "reseau-pouce-pouce": 7,
    "amis-pierre-masgot": 6,
    "desbals-services": 6,
    "cafe-pluche": 5,
    "habit-age": 5,
    "hercule-insertion": 5,
    "cpie-haut-doubs": 3,
    "centre-sante-3-cites": 3,
    "sos-gramounes": 1,
    "la-pioche": 1,
}
FAITS_PAR_ACTION = {
    "L1.1": 13, "L1.2": 11, "L1.3": 10, "L1.4": 4, "L1.5": 10, "L1.6": 4,
    "L2.1": 2, "L2.2": 14, "L2.3": 3,
    "L3.1": 1, "L3.2": 9, "L3.3": 4,
    "L4.1": 4, "L4.2": 4,
    "L5.1": 2, "L5.2": 4, "L5.3": 1,
    "L6.1": 11, "L6.2": 7,
}  # fmt: skip
EXPLICITATIONS = {"explicite": 107, "implicite": 8, "envisage": 2, "contexte": 1}

# Every spelling met in the study, and the enterprise it names.
GRAPHIES = {
    "Les Loco-Motivés": "loco-motives",
    "Les Locos-Motivés": "loco-motives",
    "Loco-Motives": "loco-motives",
    "Habit'Age": "habit-age",
    "Habit’Âge": "habit-age",
    "Les Amis de la Pierre de Masgot": "amis-pierre-masgot",
    "Les Amis du Village de Masgot": "amis-pierre-masgot",
    "Cap'Sport": "cap-sport",
    "CAP’Sport": "cap-sport",
    "SOS Gramounes isolés": "sos-gramounes",
    "RESPA Seul": "sos-gramounes",
    "Réseau Pouce Pouce": "reseau-pouce-pouce",
    "OPM": "reseau-pouce-pouce",
    "Sapo Ambiance Bois": "ambiance-bois",
    "Desbals Services": "desbals-services",
    "ECC": "espace-culturel-chaillol",
    "Le Café Pluche": "cafe-pluche",
    "Le 8 Fablab Drôme": "8-fablab-drome",
    "Bell’Occas": "bell-occas",
    "Hercule Insertion": "hercule-insertion",
    "CPIE du Haut-Doubs": "cpie-haut-doubs",
    "Centre de santé des 3 cités": "centre-sante-3-cites",
    "La Pioche": "la-pioche",
}


# Official names, which nobody can rephrase.
NOMS_PROPRES = (
    "action coeur de ville petites villes de demain territoires d industrie",
    "association de developpement des pays aveyronnais et tarnais",
    "association pour le fonds de dotation de la montagne limousine",
    "avancer les fonds octroyes par d autres financeurs",
    "centre permanent d initiatives pour l environnement du haut doubs",
    "comite national de liaison des regies de quartier",
    "fonds national d amenagement et de developpement du territoire",
    "maison de l environnement et du patrimoine de la vallee du drugeon et de la haute vallee de l ain",
    "scene conventionnee d interet national art en territoire",
)


@cache
def base() -> BaseSavoir:
    return obtenir_base(SAVOIR)


def faits() -> dict[str, tuple[Cas, FaitCas]]:
    return {f.id: (cas, f) for cas in base().cas.values() for f in cas.faits}


def test_sixteen_enterprises_and_118_facts_numbered_without_a_hole() -> None:
    assert {cas: len(base().cas[cas].faits) for cas in base().cas} == FAITS_PAR_CAS
    assert sorted(faits()) == [f"C{n:03d}" for n in range(1, 119)]


def test_each_action_has_as_many_facts_as_in_the_table() -> None:
    assert Counter(base().actions[f.action].code for _, f in faits().values()) == FAITS_PAR_ACTION


def test_facts_are_explicit_as_often_as_in_the_study() -> None:
    assert Counter(f.explicitation for _, f in faits().values()) == EXPLICITATIONS


def test_one_association_in_each_but_two_cooperative_forms() -> None:
    # Introduction of the study: one SCIC, one SAPO, the others associations.
    formes = Counter(cas.forme_juridique for cas in base().cas.values())
    assert formes == {"association": 14, "scic": 1, "sapo": 1}


def test_four_themes_share_the_enterprises_as_in_annexe_one() -> None:
    themes = Counter(cas.theme for cas in base().cas.values())
    assert themes == {
        "consommation-production-responsables": 4,
        "attractivite": 4,
        "lien-social": 3,
        "inclusion": 5,
    }


@pytest.mark.parametrize(("graphie", "attendu"), GRAPHIES.items())
def test_every_spelling_of_the_study_leads_to_its_enterprise(graphie: str, attendu: str) -> None:
    trouves = {
        cas.id
        for cas in base().cas.values()
        if normaliser(graphie) in {normaliser(n) for n in (cas.nom, *cas.alias)}
    }
    assert trouves == {attendu}


def test_the_activity_of_a_case_is_the_one_whose_monograph_it_is() -> None:
    for cas in base().cas.values():
        assert base().activites[cas.activite].monographie == cas.id


def test_only_the_ceiling_of_the_family_allowance_fund_carries_an_amount() -> None:
    montants = {f.id: (f.montant_eur, f.plafond) for _, f in faits().values() if f.montant_eur is not None}
    assert montants == {"C029": (23000, True)}


def test_a_commune_that_the_study_does_not_write_is_said_to_be_probable() -> None:
    ecrites = {
        "8-fablab-drome",
        "bell-occas",
        "desbals-services",
        "cafe-pluche",
        "centre-sante-3-cites",
        "cap-sport",
        "hercule-insertion",
    }
    for cas in base().cas.values():
        lieu = cas.implantation
        if lieu.commune and cas.id not in ecrites:
            assert lieu.probable, cas.id
            assert lieu.note, cas.id
            assert lieu.confiance in {"B", "C"}, cas.id
        if cas.id in ecrites:
            assert lieu.commune, cas.id
            assert not lieu.probable, cas.id


def test_the_martinique_platform_is_not_in_guadeloupe() -> None:
    cas, fait = faits()["C084"]
    assert cas.implantation.departement == "972"
    assert fait.erreurs == ("pouce-pouce-guadeloupe",)


def test_two_sights_of_the_same_support_say_so() -> None:
    # C091 is C001 seen from attractiveness; C109 gathers C019 and C020: adding them up would be wrong.
    assert "C001" in faits()["C091"][1].note
    assert "C019" in faits()["C109"][1].note


def test_answers_drawn_from_a_support_name_it_so_that_it_can_be_hidden() -> None:
    for cas in base().cas.values():
        actions = {f.id: f.action for f in cas.faits}
        for reponse in cas.evaluations:
            if reponse.critere == "A13" and reponse.reponse == "oui":
                assert any(
                    actions[d] in {"acces-foncier", "mise-a-disposition-personnel", "preter-materiel"}
                    for d in reponse.deduit_de
                ), cas.id


def test_facts_are_those_of_the_table_row_by_row(partage: Path) -> None:
    with (partage / "study/cas.csv").open(encoding="utf-8", newline="") as f:
        lignes = {ligne["row_id"]: ligne for ligne in csv.DictReader(f)}
    assert set(lignes) == set(faits())
    explicitations = {
        "explicite": "explicite",
        "implicite": "implicite",
        "envisagé": "envisage",
        "contexte territorial": "contexte",
    }
    publics = {"oui": True, "non": False, "non précisé": None}
    for rang, ligne in lignes.items():
        cas, fait = faits()[rang]
        noms = {normaliser(n) for n in (cas.nom, *cas.alias)}
        assert normaliser(ligne["enterprise"]) in noms, rang
        assert base().actions[fait.action].code == ligne["key_action_code"], rang
        assert fait.source.section == ligne["locator"], rang
        assert fait.explicitation == explicitations[ligne["explicitness"]], rang
        assert fait.acteur.public == publics[ligne["actor_is_public"]], rang
        assert fait.duree == ligne["duration"], rang
        assert normaliser(fait.echelle) == normaliser(ligne["scale"]), rang
        if ligne["insee_commune"]:
            assert cas.implantation.commune == ligne["insee_commune"], rang


def test_wording_is_ours_and_not_the_study_s(partage: Path) -> None:
    etude = normaliser((partage / "study/etude.txt").read_text(encoding="utf-8"))
    copies = []
    for chemin in sorted(SAVOIR.glob("*/**/*.yaml")):
        if chemin.parts[len(SAVOIR.parts)] not in {"cas", "leviers", "instruments", "acteurs"}:
            continue
        for ligne in chemin.read_text(encoding="utf-8").splitlines():
            mots = normaliser(ligne.partition("source:")[0].partition("section:")[0]).split()
            suites = (" ".join(mots[i : i + 8]) for i in range(len(mots) - 7))
            copies += [
                f"{chemin.name}: {suite}"
                for suite in suites
                if suite in etude and not any(suite in nom for nom in NOMS_PROPRES)
            ]
    assert copies == []
