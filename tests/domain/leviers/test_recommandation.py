"""The recommendation: what must hold whatever the question, and answers an adviser would expect."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest

from perenne.domain.leviers.bareme import TETE
from perenne.domain.leviers.classement import choisir_tete, classer
from perenne.domain.leviers.contributions import somme
from perenne.domain.leviers.entree import Demande, Lieu
from perenne.domain.leviers.modele import Modele
from perenne.domain.leviers.recommandation import Recommandation, recommander
from perenne.domain.leviers.variantes import bornes, valeurs_possibles

ATELIER: dict[str, Any] = {
    "forme_juridique": "association",
    "stade": "consolidation",
    "agrement_iae": "aci",
    "critere_a4": "non",
    "critere_a6": "non",
    "critere_a8": "non",
    "fonds_europeens": True,
    "delai_paiement_max_mois": Decimal(24),
    "cherche_local": True,
}


@pytest.fixture(scope="module")
def avis(modele: Modele, demande_de: Callable[..., Demande]) -> Recommandation:
    return recommander(modele, demande_de("departement", besoins=("B15",), **ATELIER))


def test_the_nineteen_actions_are_there_and_the_sum_of_the_parts_is_the_rank(avis: Recommandation) -> None:
    assert len(avis.actions) == 19
    assert all(somme(a.parce_que) == a.points for a in avis.actions)
    conseillees = [a for a in avis.actions if a.place == "conseillee"]
    assert [a.rang for a in conseillees] == list(range(1, len(conseillees) + 1))
    assert [a.points for a in conseillees] == sorted((a.points for a in conseillees), reverse=True)


def test_money_paid_late_calls_first_for_an_advance(avis: Recommandation) -> None:
    premiere = avis.actions[0]
    assert premiere.action.id == "avancer-les-fonds"
    # A8 and A6 missing: 3 + 3. Strong signals on delays, European funds, both gaps: 9. Stage: 1.
    assert premiere.points == 16.0


def test_the_same_question_gives_the_same_answer(modele: Modele, demande_de: Callable[..., Demande]) -> None:
    demande = demande_de("commune", **ATELIER)
    assert recommander(modele, demande) == recommander(modele, demande)


def _tete(modele: Modele, demande: Demande) -> set[str]:
    return set(recommander(modele, demande).tete.premieres)


def test_what_would_change_the_advice_does_change_it(
    modele: Modele, demande_de: Callable[..., Demande], avis: Recommandation
) -> None:
    """Every proposed change is applied for good: the action enters or leaves the first ones."""
    essais = 0
    for a in avis.actions:
        for bascule in a.changerait_si:
            change = {**ATELIER, **{c.fait: c.apres for c in bascule.changements}}
            tete = _tete(modele, demande_de("departement", besoins=("B15",), **change))
            assert (a.action.id in tete) is (bascule.sens == "entre"), (a.action.id, bascule)
            assert all(c.avant == ATELIER.get(c.fait) for c in bascule.changements)
            essais += 1
    assert essais > 10


def test_no_smaller_change_is_missed_for_single_facts(
    modele: Modele, demande_de: Callable[..., Demande], avis: Recommandation
) -> None:
    """Brute force over every value of every fact: a pair is only proposed when no single one is enough."""
    for a in avis.actions:
        if any(len(b.changements) == 2 for b in a.changerait_si):
            dedans = a.action.id in avis.tete.premieres
            for fait, valeurs in modele.variantes.items():
                if fait in modele.fixes and fait in ATELIER:
                    continue
                for valeur in valeurs:
                    tete = _tete(
                        modele, demande_de("departement", besoins=("B15",), **{**ATELIER, fait: valeur})
                    )
                    assert (a.action.id in tete) is dedans


def test_the_first_question_is_the_one_that_changes_most(avis: Recommandation) -> None:
    assert avis.questions
    assert all(q.fait not in ATELIER for q in avis.questions)
    bascules = [q.bascules for q in avis.questions]
    assert bascules == sorted(bascules, reverse=True)
    assert bascules[0] >= 1


def test_an_action_at_the_wrong_stage_is_flagged(modele: Modele, demande_de: Callable[..., Demande]) -> None:
    avis = recommander(modele, demande_de("commune", stade="emergence"))
    assert avis.par_action["subventions-fonctionnement"].contretemps
    assert not avis.par_action["ingenierie-technique"].contretemps


def test_excluded_actions_and_actions_of_others_are_listed_after_never_lost(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    avis = recommander(modele, demande_de("caf", **ATELIER))
    assert len(avis.actions) == 19
    places = [a.place != "conseillee" for a in avis.actions]
    assert places == sorted(places)
    sans_role = [a for a in avis.actions if a.place == "sans_role"]
    assert sans_role
    assert all(a.rang is None and a.autres for a in sans_role)


def test_a_documented_need_strengthens_what_brings_the_activity_nearer(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    ici = Lieu(nom="Ici", besoins={"B15": "marque"})
    sans = recommander(modele, demande_de("commune", besoins=("B15",), **ATELIER))
    avec = recommander(modele, demande_de("commune", besoins=("B15",), lieu=ici, **ATELIER))
    ailleurs = recommander(modele, demande_de("commune", besoins=("B01",), lieu=ici, **ATELIER))
    # acces-foncier acts on T1: 1 point for a marked need.
    assert avec.par_action["acces-foncier"].points - sans.par_action["acces-foncier"].points == 1.0
    assert ailleurs.par_action["acces-foncier"].points == sans.par_action["acces-foncier"].points


def test_means_and_ambitions_of_the_actor_count(modele: Modele, demande_de: Callable[..., Demande]) -> None:
    libre = recommander(modele, demande_de("commune", besoins=("B14",), **ATELIER))
    nature = recommander(
        modele,
        demande_de(
            "commune", besoins=("B14",), moyens=frozenset({"nature"}), ambitions=frozenset({"B14"}), **ATELIER
        ),
    )
    ecart = lambda a: nature.par_action[a].points - libre.par_action[a].points  # noqa: E731
    assert ecart("subventions-fonctionnement") == -2.0
    assert ecart("acces-foncier") == 2.0


def test_a_case_is_never_its_own_precedent_and_says_what_it_already_has(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    avis = recommander(modele, demande_de("departement", cas="bell-occas", **ATELIER))
    assert all(p.cas.id != "bell-occas" for a in avis.actions for p in a.precedents)
    assert avis.par_action["avancer-les-fonds"].deja
    for a in avis.actions:
        distances = [p.distance for p in a.precedents]
        assert distances == sorted(distances)
        assert all(0 <= d <= 1 for d in distances)


def test_purchase_and_subsidy_are_told_apart_when_both_come_first(avis: Recommandation) -> None:
    tete = {*avis.tete.premieres, *(a for _, a in avis.tete.echelles)}
    if {"subventions-fonctionnement", "acheter-prestations"} <= tete:
        incompatibles = avis.par_action["subventions-fonctionnement"].incompatibilites
        assert any(i.action == "acheter-prestations" for i in incompatibles)
    assert {"subventions-fonctionnement", "acheter-prestations"} <= tete


def test_nothing_known_says_so_and_follows_the_precedents(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    avis = recommander(modele, demande_de("commune"))
    assert avis.sans_signal
    cas = modele.nombre_de_cas()
    nombres = [cas[a] for a in avis.tete.premieres]
    assert nombres == sorted(nombres, reverse=True)


def test_a_scale_absent_from_the_first_is_shown_beside_and_removes_nothing(modele: Modele) -> None:
    points = [10.0 if a.echelle == "individuelle" else 1.0 for a in modele.actions]
    ordre = classer(modele.actions, points, {})
    tete = choisir_tete(modele.actions, ordre, points, [True] * len(points))
    assert len(tete.premieres) == TETE
    assert {e for e, _ in tete.echelles} == {"collective", "promotion"}
    muette = choisir_tete(modele.actions, ordre, points, [False] * len(points))
    assert muette.echelles == ()


def test_the_date_of_the_decision_changes_the_law_not_the_order(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    hier = recommander(modele, demande_de("commune", au=dt.date(2020, 1, 1), **ATELIER))
    demain = recommander(modele, demande_de("commune", **ATELIER))
    assert {a.action.id: a.points for a in hier.actions} == {a.action.id: a.points for a in demain.actions}


def test_numbers_are_tried_on_both_sides_of_every_bound(modele: Modele) -> None:
    fait = modele.savoir.faits["tresorerie_mois"]
    assert bornes("tresorerie_mois < 3 mois et a_des_salaries") == {"tresorerie_mois": (Decimal(3),)}
    assert valeurs_possibles(fait, ["tresorerie_mois < 3 mois"], (), ()) == (
        Decimal(2),
        Decimal(3),
        Decimal(4),
    )


def test_an_action_whose_every_tool_is_excluded_is_set_apart_with_what_would_make_it_possible(
    modele: Modele, demande_de: Callable[..., Demande]
) -> None:
    """Staff lent to a commercial company without public mission: CGFP L512-7 and following forbid it."""
    faits = {
        "forme_juridique": "societe-commerciale",
        "contribue_politique_publique": False,
        "interet_general_mecenat": False,
        "poste_critique_vacant": True,
    }
    avis = recommander(modele, demande_de("region", **faits))
    mise = avis.par_action["mise-a-disposition-personnel"]
    assert mise.place == "exclue"
    assert mise.rang is None
    assert mise.points > 0, "the law sets it apart, it does not erase why it was called for"
    assert all(v.statut.statut == "exclu" and v.statut.que_faire for v in mise.droit.voies)
    assert mise.action.id not in avis.tete.premieres
    assert mise.changerait_si == ()
