"""Levers, actions, instruments and actors of `knowledge/`, against the study."""

from __future__ import annotations

from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.texte import normaliser
from perenne.kb.controles_leviers import siren_valide
from perenne.services.savoir import obtenir_base

SAVOIR = Path(__file__).resolve().parents[2] / "knowledge"

ACTIONS = {
    "L1.1": "subventions-fonctionnement",
    "L1.2": "investir",
    "L1.3": "financer-un-projet",
    "L1.4": "politiques-sectorielles",
    "L1.5": "agrements-labels",
    "L1.6": "avancer-les-fonds",
    "L2.1": "preter-materiel",
    "L2.2": "acces-foncier",
    "L2.3": "mise-a-disposition-personnel",
    "L3.1": "echanges-prealables",
    "L3.2": "acheter-prestations",
    "L3.3": "acces-commande-publique",
    "L4.1": "ingenierie-technique",
    "L4.2": "ingenierie-financiere",
    "L5.1": "communication-institutionnelle",
    "L5.2": "marketing-territorial",
    "L5.3": "financement-participatif",
    "L6.1": "groupements-acteurs",
    "L6.2": "structuration-filieres",
}

# Words of the study for a tool, and the instrument that holds it.
INSTRUMENTS_NOMMES = {
    "subvention de fonctionnement annuelle": "subvention-fonctionnement-annuelle",
    "subvention pluriannuelle": "subvention-fonctionnement-pluriannuelle",
    "subvention d'équipement": "subvention-investissement",
    "entrée au capital": "part-sociale-scic",
    "appel à projets": "appel-a-projets",
    "demande directe de subvention": "subvention-projet",
    "EVS": "agrement-evs",
    "bonification d'intérêts": "aide-economique-entreprise",
    "avance remboursable": "avance-remboursable",
    "aide au poste": "conventionnement-iae",
    "scène conventionnée d'intérêt national": "conventionnement-culturel",
    "financeur d'avances": "avance-sur-subvention",
    "prêt participatif": "pret-relais-garantie",
    "secrétariat partagé": "pret-materiel",
    "revente de matériel": "achat-revente-materiel",
    "show-room": "lieu-vitrine",
    "location-vente": "atelier-relais",
    "mise à disposition de personnel": "mise-a-disposition-agent",
    "sourçage": "sourcing",
    "accord-cadre à bons de commande": "marche-bons-commande",
    "gré à gré": "achat-sous-seuil",
    "SPASER": "spaser",
    "clause d'insertion": "clause-sociale",
    "lots": "allotissement",
    "parrains et marraines": "parrainage",
    "ADEFPAT": "mise-en-relation-accompagnateur",
    "DLA": "dla",
    "bulletin municipal": "canaux-institutionnels",
    "bistrot de pays": "label-touristique-territorial",
    "crowdfunding": "plateforme-financement-participatif",
    "crowdacting": "crowdacting",
    "GES": "ges",
    "PTCE": "ptce",
    "PAT": "pat",
    "oser entreprendre": "pret-lancement-quartier",
    "Serre à projets": "emergence-projets-ruraux",
    "annuaires d'achats responsables": "annuaire-achats-responsables",
    "urbanisme transitoire": "urbanisme-transitoire",
    "espace mutualisé": "espace-mutualise",
    "financement participatif d'un lieu": "financement-participatif-lieu",
}


@cache
def base() -> BaseSavoir:
    return obtenir_base(SAVOIR)


def test_six_levers_hold_the_nineteen_actions_of_the_study() -> None:
    assert sorted(levier.code for levier in base().leviers.values()) == ["L1", "L2", "L3", "L4", "L5", "L6"]
    assert {a.code: a.id for a in base().actions.values()} == ACTIONS
    par_levier = Counter(a.code[:2] for a in base().actions.values())
    assert [par_levier[f"L{n}"] for n in range(1, 7)] == [6, 3, 3, 2, 3, 2]


def test_each_lever_has_the_posture_that_part_three_of_the_study_gives_it() -> None:
    # III: levers 1, 2 and 3 individual; 4 and 6 collective; 5 promotion.
    postures = {levier.code: levier.echelle for levier in base().leviers.values()}
    assert postures == {
        "L1": "individuelle",
        "L2": "individuelle",
        "L3": "individuelle",
        "L4": "collective",
        "L5": "promotion",
        "L6": "collective",
    }
    for action in base().actions.values():
        assert action.echelle == base().leviers[action.levier].echelle, action.id


def test_the_tools_that_the_study_names_are_found_under_their_usual_words() -> None:
    for mot, identifiant in INSTRUMENTS_NOMMES.items():
        instrument = base().instruments[identifiant]
        noms = {normaliser(n) for n in (instrument.titre, *instrument.alias)}
        assert normaliser(mot) in noms, (mot, identifiant)


def test_each_kind_of_reserved_contract_of_the_study_is_there_and_the_later_one_is_ours() -> None:
    statuts = {i.id: i.statut for i in base().instruments.values() if i.id.startswith("marche-reserve-")}
    assert statuts == {
        "marche-reserve-handicap": "etudie",
        "marche-reserve-siae": "etudie",
        "marche-reserve-mixte": "etudie",
        "marche-reserve-ess": "etudie",
        "marche-reserve-penitentiaire": "hors_etude",
    }


def test_what_the_study_leaves_to_explore_is_marked_so() -> None:
    a_explorer = {i.id for i in base().instruments.values() if i.statut == "a_explorer"}
    assert a_explorer == {
        "crowdacting",
        "emergence-projets-ruraux",
        "espace-mutualise",
        "financement-accompagnateurs",
        "financement-participatif-lieu",
        "fondation-territoriale",
        "label-touristique-territorial",
        "pret-lancement-quartier",
        "ptce",
        "socio-conditionnalite",
        "urbanisme-transitoire",
    }


def test_an_instrument_that_the_study_did_not_explore_carries_no_fact() -> None:
    utilises = {f.instrument for cas in base().cas.values() for f in cas.faits}
    for instrument in base().instruments.values():
        if instrument.statut != "etudie":
            assert instrument.id not in utilises, instrument.id


def test_each_action_says_how_to_start_and_what_to_watch() -> None:
    for action in base().actions.values():
        assert 3 <= len(action.premiers_pas) <= 5, action.id
        for liste in (action.points_de_vigilance, action.stades, action.acteurs):
            assert liste, action.id
        assert any(s.sens == "appelle" and s.poids == "fort" for s in action.signaux), action.id
        assert any(e.poids == "fort" and e.sens == "ameliore" for e in action.agit_sur), action.id
        for lien in action.synergies:
            assert lien.action != action.id


def test_each_criterion_of_the_grid_is_acted_on_by_an_action_except_the_one_no_lever_touches() -> None:
    vises = {e.critere for a in base().actions.values() for e in a.agit_sur if e.sens == "ameliore"}
    assert set(base().criteres) - vises == {"A3", "B11"}  # no public lever lowers dependence or improves pay


def test_a_departement_never_grants_economic_aid_alone() -> None:
    # CGCT L1511-2: since 2016 the region alone defines them; délégation excludes the départements.
    for identifiant in ("aide-economique-entreprise", "avance-remboursable"):
        porteurs = {
            i.type for i in base().instruments[identifiant].acteurs if i.role in {"porte", "cofinance"}
        }
        assert "departement" not in porteurs
    roles = {i.type: i.role for i in base().actions["politiques-sectorielles"].acteurs}
    assert roles["departement"] == "oriente"


def test_dated_names_follow_one_another_without_overlap() -> None:
    for acteur in (*base().types_acteur.values(), *base().organisations.values()):
        bornes = [(n.du, n.au) for n in acteur.noms]
        for (_, fin), (debut, _) in pairwise(bornes):
            if fin is not None and debut is not None:
                assert (debut - fin).days == 1, acteur.id


@pytest.mark.parametrize(
    ("type_acteur", "ancien", "dernier_jour"),
    [
        ("anct", "CGET", "2019-12-31"),
        ("etat-emploi-solidarites", "Direccte", "2021-03-31"),
        ("etat-jeunesse-sports", "DRJSCS", "2020-12-31"),
        ("france-travail", "Pôle emploi", "2023-12-31"),
    ],
)
def test_a_former_name_stops_on_its_last_day(type_acteur: str, ancien: str, dernier_jour: str) -> None:
    nom = base().types_acteur[type_acteur].noms[0]
    assert ancien in (nom.nom, nom.sigle)
    assert str(nom.au) == dernier_jour


def test_organisations_keep_their_official_codes_and_the_study_s_spelling() -> None:
    auvillers = base().organisations["commune-auvillers-les-forges"]
    assert auvillers.territoire is not None
    assert (auvillers.territoire.code, auvillers.siren) == ("08037", "210800355")
    assert "Auvilliers-les-Forges" in auvillers.alias
    limousin = base().organisations["region-nouvelle-aquitaine"]
    assert limousin.anachronismes
    assert str(limousin.noms[0].au) == "2015-12-31"


def test_siren_keys_are_checked() -> None:
    assert siren_valide("200041622")  # CC Ardennes Thiérache, DGCL
    assert not siren_valide("200041623")
    assert not siren_valide("20004162")
    assert not siren_valide("20004162A")


def test_what_the_law_forbids_cites_the_rule_that_says_so() -> None:
    sans_regle = {
        i.objet
        for fiche in (*base().actions.values(), *base().instruments.values())
        for i in fiche.incompatibilites
        if i.juridique and not i.regles
    }
    # Company law and competition law are not in the base of rules.
    assert sans_regle == {
        "Entrée au capital d'une association ou d'une fondation",
        "Entente sur les prix entre candidats séparés",
    }


def test_each_reserved_contract_is_bound_by_its_own_rule() -> None:
    regles = {
        "marche-reserve-handicap": "commande-publique/reserve-handicap",
        "marche-reserve-siae": "commande-publique/reserve-insertion",
        "marche-reserve-mixte": "commande-publique/reserve-handicap-et-insertion",
        "marche-reserve-ess": "commande-publique/reserve-ess",
        "marche-reserve-penitentiaire": "commande-publique/reserve-penitentiaire",
    }
    for identifiant, regle in regles.items():
        assert regle in base().instruments[identifiant].regles


def test_free_premises_and_lent_staff_are_bound_by_the_rules_that_the_study_leaves_out() -> None:
    assert "en-nature/domaine-public-gratuite" in base().instruments["local-titre-gracieux"].regles
    assert "en-nature/mise-a-disposition-personnel" in base().instruments["mise-a-disposition-agent"].regles
    assert "financements/fonds-de-dotation" in base().instruments["fonds-dotation-territorial"].regles
    assert "ess/scic-prise-de-participation" in base().instruments["part-sociale-scic"].regles
