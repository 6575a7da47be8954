"""Dated legal questions whose answers were written from the texts, and what each date of change changes."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from perenne.domain.regles.resultat import Resultat

QUESTIONS: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("questions.yaml").read_text(encoding="utf-8")
)


def _reponse(resultat: Resultat) -> object:
    if resultat.issue is not None:
        return resultat.issue
    return "inconnu" if resultat.valeur is None else float(resultat.valeur)


def test_there_are_sixty_questions_each_with_its_source() -> None:
    assert len(QUESTIONS) >= 60
    assert all(q["source"] and q["q"] for q in QUESTIONS)
    assert len({(q["regle"], q["au"], str(q["avec"])) for q in QUESTIONS}) == len(QUESTIONS)


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: f"{q['regle']}@{q['au']}")
def test_question(question: dict[str, Any], demander: Any) -> None:
    resultat = demander(question["regle"], question["au"], question["avec"])
    assert _reponse(resultat) == question["attendu"], question["q"]
    assert set(question.get("manque", [])) <= set(resultat.manquants)


MAD = {"type_acteur": "region", "forme_juridique": "association-rup", "duree_mise_a_disposition": 12}
MAD |= {"duree_totale_mise_a_disposition": 12}
SCIC = {"forme_juridique": "scic", "type_acteur": "commune", "part_publique_capital": 30}
CUMUL = {"cumul_handicap_insertion": True, "agrement_iae": "ei", "part_publics_prioritaires": 60}
FRR = {"outre_mer": False, "population_commune": 900, "membre_epci_fiscalite_propre": True}
FRR |= {"densite_epci_sous_mediane": True, "revenu_epci_sous_mediane": True}
DEP = {"type_acteur": "departement", "aide_a_activite_economique": True, "aide_a_immobilier": False}
SERVICE = {"objet_marche": "services", "montant_marche": 45000}
PRIX = {"critere_prix_unique": True, "cout_global_avec_environnement": False}
UE = {"objet_marche": "services", "categorie_acheteur": "collectivite", "montant_marche": 218000}

CHANGEMENTS = [
    # first day of the new state, rule, facts, the day before, that day
    ("2014-08-02", "ess/scic-prise-de-participation", SCIC, "exclu", "sous_condition"),
    ("2014-08-02", "ess/scic-part-publique-max", {}, 20.0, 50.0),
    ("2014-08-02", "subventions/en-nature", {"apport_gratuit_ou_minore": True}, "a_verifier", "oui"),
    ("2015-09-03", "accompagnement/dla", {"creatrice_emploi": True, "forme_juridique": "association"},
     "a_verifier", "possible"),
    ("2016-01-01", "competences/aide-economique", DEP, "a_verifier", "exclu"),
    ("2017-08-01", "subventions/donnees-essentielles",
     {"convention_de_subvention": True, "type_acteur": "epci", "population_acteur": 9000,
      "montant_numeraire_annuel": 24000},
     "sans_objet", "obligatoire"),
    ("2020-01-01", "commande-publique/seuil-dispense-fournitures-services", {}, 25000.0, 40000.0),
    ("2020-01-01", "acteurs/appellations", {"appellation_acteur": "anct"}, "a_verifier", "oui"),
    ("2020-07-24", "commande-publique/seuil-dispense-travaux", {}, 40000.0, 70000.0),
    ("2020-12-09", "commande-publique/seuil-dispense-travaux", {}, 70000.0, 100000.0),
    ("2020-12-09", "commande-publique/reserve-handicap-et-insertion", CUMUL, "exclu", "possible"),
    ("2022-01-02", "subventions/contrat-engagement-republicain", {"forme_juridique": "fondation"},
     "sans_objet", "obligatoire"),
    ("2022-02-23", "ess/scic-avance-compte-courant", {"forme_juridique": "scic", "part_publique_capital": 30},
     "a_verifier", "sous_condition"),
    ("2022-12-28", "en-nature/mecenat-de-competences", MAD, "sans_objet", "sous_condition"),
    ("2023-01-01", "commande-publique/seuil-spaser", {}, 1e8, 5e7),
    ("2024-01-01", "aides-etat/de-minimis-plafond", {}, 200000.0, 300000.0),
    ("2024-01-01", "commande-publique/seuil-europeen-atteint", UE, "oui", "non"),
    ("2024-01-01", "zonages/qpv-liste-metropole", {"zonages": ["qpv-2015"]}, "oui", "non"),
    ("2024-07-01", "zonages/zrr", {"zonages": ["zrr"]}, "oui", "sans_objet"),
    ("2024-07-01", "zonages/frr", FRR, "sans_objet", "oui"),
    ("2025-01-01", "zonages/qpv-liste-outre-mer", {"zonages": ["qpv-2015"], "outre_mer": True}, "oui", "non"),
    ("2026-01-01", "commande-publique/chiffre-affaires-exigible", {}, 2.0, 1.5),
    ("2026-01-01", "commande-publique/seuil-europeen-atteint", UE, "non", "oui"),
    ("2026-04-01", "commande-publique/dispense-de-procedure", SERVICE, "exclu", "possible"),
    ("2026-04-01", "commande-publique/profil-acheteur", SERVICE, "obligatoire", "facultatif"),
    ("2026-08-22", "commande-publique/clause-environnementale", {}, "facultatif", "obligatoire"),
    ("2026-08-22", "commande-publique/critere-environnemental", {}, "facultatif", "obligatoire"),
    ("2026-08-22", "commande-publique/prix-seul", PRIX, "a_verifier", "exclu"),
    ("2027-12-28", "en-nature/mecenat-de-competences", MAD, "sous_condition", "a_verifier"),
    ("2028-01-01", "zonages/ex-zrr", {"zonages": ["ex-zrr"]}, "possible", "a_verifier"),
]  # fmt: skip


@pytest.mark.parametrize("changement", CHANGEMENTS, ids=lambda c: f"{c[1]}@{c[0]}")
def test_the_day_before_and_the_day_of_a_change(
    changement: tuple[str, str, dict[str, Any], object, object], demander: Any
) -> None:
    jour, regle, avec, avant, apres = changement
    date = dt.date.fromisoformat(jour)
    assert _reponse(demander(regle, date - dt.timedelta(days=1), avec)) == avant
    assert _reponse(demander(regle, date, avec)) == apres
