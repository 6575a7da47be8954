"""The activities of `knowledge/`, against the study's list and the official nomenclatures."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import MappingProxyType

import pytest

from perenne.domain.savoir.activites import Activite, Motifs
from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.controle_activites import controler_activites
from perenne.services.savoir import obtenir_base

SAVOIR = Path(__file__).resolve().parents[2] / "knowledge"

# Section I of the study, "les besoins locaux et les activités d'utilité sociale associées", in its order.
LISTE_ETUDE = {
    "B01": {"circuits_courts_distribution", "monnaies_locales", "conciergeries_solidaires"},
    "B02": {"energie_citoyenne"},
    "B03": {
        "legumeries_conserveries",
        "epiceries_sociales",
        "epiceries_cooperatives",
        "jardins_partages",
    },
    "B04": {"logistique_eco_responsable"},
    "B05": {"villages_vacances", "hebergements_touristiques_alternatifs"},
    "B06": {"insertion_socioprofessionnelle", "entrepreneuriat_collectif", "ateliers_socio_esthetiques"},
    "B07": {"garages_solidaires", "ateliers_velos", "auto_ecoles_sociales", "plateformes_mobilite"},
    "B08": {"habitat_inclusif", "habitat_intergenerationnel", "logement_jeunes_travailleurs"},
    "B09": {"ateliers_numeriques"},
    "B10": {"sport_adapte", "services_personnes_malades", "maison_des_aidants"},
    "B11": {"addictologie", "centres_sante"},
    "B12": {"gardes_alternatives", "ludotheques"},
    "B13": {"festivals", "soutien_acteurs_culturels"},
    "B14": {"cafes_associatifs", "echanges_savoirs_entraide", "fablabs", "coworking"},
    "B15": {"dechets_alimentaires", "ressourceries"},
}

# Annex 1: four themes, sixteen activities, sixteen enterprises.
MONOGRAPHIES = {
    "circuits_courts_distribution": ("consommation-production-responsables", "loco-motives"),
    "ressourceries": ("consommation-production-responsables", "bell-occas"),
    "fablabs": ("consommation-production-responsables", "8-fablab-drome"),
    "production_circuit_court": ("consommation-production-responsables", "ambiance-bois"),
    "conciergeries_solidaires": ("attractivite", "desbals-services"),
    "festivals": ("attractivite", "espace-culturel-chaillol"),
    "patrimoine_naturel": ("attractivite", "cpie-haut-doubs"),
    "patrimoine_culturel": ("attractivite", "amis-pierre-masgot"),
    "cafes_associatifs": ("lien-social", "cafe-pluche"),
    "habitat_intergenerationnel": ("lien-social", "sos-gramounes"),
    "habitat_inclusif": ("lien-social", "habit-age"),
    "centres_sante": ("inclusion", "centre-sante-3-cites"),
    "epiceries_sociales": ("inclusion", "la-pioche"),
    "plateformes_mobilite": ("inclusion", "reseau-pouce-pouce"),
    "pratiques_sportives_inclusives": ("inclusion", "cap-sport"),
    "services_personne_collectivite": ("inclusion", "hercule-insertion"),
}


@cache
def base() -> BaseSavoir:
    return obtenir_base(SAVOIR)


def activites() -> Mapping[str, Activite]:
    return base().activites


def test_the_needs_hold_exactly_the_activities_of_the_study() -> None:
    par_besoin: dict[str, set[str]] = {}
    for activite in activites().values():
        for besoin in activite.besoins:
            par_besoin.setdefault(besoin, set()).add(activite.id)
    assert par_besoin == LISTE_ETUDE


def test_five_activities_come_from_the_monographs_only() -> None:
    hors_liste = {a.id for a in activites().values() if not a.dans_liste_etude}
    assert len(activites()) == 37 + 5
    assert hors_liste == {
        "production_circuit_court",
        "patrimoine_naturel",
        "patrimoine_culturel",
        "pratiques_sportives_inclusives",
        "services_personne_collectivite",
    }
    assert all(activites()[a].besoins_proposes for a in hors_liste)


def test_a_theme_is_the_study_s_only_where_the_study_gives_it() -> None:
    etude = {
        a.id: (a.thematique, a.monographie)
        for a in activites().values()
        if a.provenance_thematique == "etude"
    }
    assert etude == MONOGRAPHIES
    assert not [a.id for a in activites().values() if a.monographie and a.id not in MONOGRAPHIES]


def test_no_need_is_both_the_study_s_and_ours() -> None:
    assert not [a.id for a in activites().values() if set(a.besoins) & set(a.besoins_proposes)]


def test_patterns_examples_and_codes_hold() -> None:
    assert [f"{c.id} {c.chemin} {c.message}" for c in controler_activites(base())] == []


def test_each_activity_has_examples_on_both_sides() -> None:
    courts = [a.id for a in activites().values() if not a.essais.positifs or not a.essais.negatifs]
    assert courts == []


@pytest.mark.parametrize(
    ("motif", "attendu"),
    [
        ("amap(?! medical)", "RE2"),
        ("caf(e", "RE2"),
        ("cafe|", "n’importe quel mot"),
    ],
)
def test_a_bad_pattern_is_reported_where_it_stands(motif: str, attendu: str) -> None:
    saine = activites()["cafes_associatifs"]
    cassee = replace(saine, motifs=Motifs(forts=(*saine.motifs.forts, motif)))
    seule = replace(base(), fiches=MappingProxyType({**base().fiches, "activite": {cassee.id: cassee}}))
    constats = list(controler_activites(seule))
    assert [c.chemin for c in constats] == [("motifs", "forts", len(saine.motifs.forts))]
    assert attendu in constats[0].message


def test_an_example_that_the_patterns_miss_is_reported() -> None:
    saine = activites()["fablabs"]
    cassee = replace(saine, essais=replace(saine.essais, positifs=("club de tarot",)))
    seule = replace(base(), fiches=MappingProxyType({**base().fiches, "activite": {cassee.id: cassee}}))
    assert [c.chemin for c in controler_activites(seule)] == [("essais", "positifs", 0)]


@pytest.mark.shared
def test_codes_exist_in_the_official_nomenclatures(partage: Path) -> None:
    dossier = partage / "data" / "nomenclatures"
    naf = json.loads((dossier / "naf_rev2_socialgouv.json").read_text(encoding="utf-8"))
    waldec = json.loads((dossier / "nomenclature_waldec.json").read_text(encoding="utf-8"))
    nomenclatures = base().fiches["nomenclature"]
    assert set(nomenclatures["naf"].libelles) <= {x["id"] for x in naf}
    assert set(nomenclatures["waldec"].libelles) <= set(waldec)
