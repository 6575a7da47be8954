"""Legal status of real instruments for real types of actors, against the texts."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from perenne.domain.leviers.situation import SituationJuridique
from perenne.domain.leviers.statut import (
    StatutJuridique,
    Statuts,
    statut_juridique,
    statuts_d_une_action,
    statuts_par_acteur,
)
from perenne.domain.leviers.treillis import RANG, pire
from perenne.domain.regles.memoire import Memoire
from perenne.domain.regles.moteur import evaluer_regle
from perenne.domain.savoir.base import BaseSavoir

JOUR = dt.date(2026, 11, 23)
ASSOCIATION = {"forme_juridique": "association", "aide_a_activite_economique": False}


@pytest.fixture
def demander(base: BaseSavoir, memoire: Statuts) -> Any:
    def repondre(
        instrument: str, acteur: str, *, au: dt.date = JOUR, montant: int | None = None, **faits: Any
    ) -> StatutJuridique:
        outil = base.instruments[instrument]
        situation = SituationJuridique(
            type_acteur=acteur,
            faits={k: Decimal(v) if type(v) is int else v for k, v in {**ASSOCIATION, **faits}.items()},
            au=au,
            montant=None if montant is None else Decimal(montant),
        )
        return statut_juridique(base.actions[outil.actions[0]], outil, situation, memoire)

    return repondre


def test_a_department_may_not_give_economic_aid_and_is_told_what_to_do(demander: Any) -> None:
    statut = demander(
        "subvention-investissement", "departement", aide_a_activite_economique=True, aide_a_immobilier=False
    )
    assert statut.statut == "exclu"
    assert [e.resultat.regle.id for e in statut.decisifs] == ["competences/aide-economique"]
    assert any("compétence" in conseil for conseil in statut.que_faire)


def test_a_small_grant_of_a_commune_is_possible_on_stated_conditions(demander: Any) -> None:
    statut = demander("subvention-projet", "commune", montant=5000, valeur_nature_annuelle=0)
    assert statut.statut == "sous_condition"
    supposes = dict(statut.suppositions)
    assert supposes["prestation_individualisee"] is False
    assert supposes["projet_initie_par_beneficiaire"] is True


def test_what_the_user_says_prevails_over_what_the_instrument_supposes(demander: Any) -> None:
    statut = demander("subvention-projet", "commune", montant=5000, prestation_individualisee=True)
    assert statut.statut == "exclu"
    assert "Passer un marché public pour ce qui répond aux besoins de l'autorité." in statut.que_faire


@pytest.mark.parametrize(("montant", "duty"), [(23000, False), (23001, True)])
def test_the_amount_decides_of_the_convention(montant: int, duty: bool, demander: Any) -> None:
    statut = demander("subvention-projet", "commune", montant=montant, valeur_nature_annuelle=0)
    obligations = {e.resultat.regle.id for e in statut.effets if e.resultat.issue == "obligatoire"}
    assert ("subventions/convention-obligatoire" in obligations) is duty


def test_a_purchase_below_the_threshold_changes_on_the_first_of_april(demander: Any) -> None:
    achat = {"montant": 45000, "objet_marche": "services"}
    assert demander("achat-sous-seuil", "commune", au=dt.date(2026, 3, 31), **achat).statut == "exclu"
    assert demander("achat-sous-seuil", "commune", au=dt.date(2026, 4, 1), **achat).statut != "exclu"


def test_shares_are_for_cooperatives_of_collective_interest_only(demander: Any) -> None:
    assert demander("part-sociale-scic", "commune").statut == "exclu"
    scic = demander(
        "part-sociale-scic",
        "commune",
        forme_juridique="scic",
        part_publique_capital=30,
        aide_a_immobilier=False,
    )
    assert scic.statut == "sous_condition"


def test_an_unverified_rule_alone_neither_permits_nor_excludes(demander: Any, base: BaseSavoir) -> None:
    for instrument in base.instruments.values():
        for acteur in ("commune", "epci", "departement", "region"):
            statut = demander(instrument.id, acteur)
            if statut.effets and all(e.resultat.confiance == "C" for e in statut.effets):
                assert statut.statut == "a_verifier"
            for effet in statut.effets:
                if effet.resultat.confiance == "C":
                    assert effet.statut in {None, "a_verifier"}
                    assert effet.resultat.regle.id in statut.a_verifier


def test_the_status_is_the_worst_effect_or_that_of_the_part_taken(demander: Any, base: BaseSavoir) -> None:
    for instrument in base.instruments.values():
        for acteur in ("commune", "region", "caf", "pnr"):
            statut = demander(instrument.id, acteur, montant=10_000)
            brut = pire(e.statut for e in statut.effets)
            assert RANG[statut.statut] >= RANG[brut]
            if statut.intervenant is None:
                assert statut.statut in {"a_verifier", "exclu"}
            if statut.statut == "exclu":
                assert statut.decisifs, "an exclusion always names its rule"


def test_every_exclusion_by_a_rule_says_what_to_do_or_why(demander: Any, base: BaseSavoir) -> None:
    for instrument in base.instruments.values():
        for effet in demander(instrument.id, "departement", montant=30_000).decisifs:
            assert all(effet.resultat.cas[i].cas.motif for i in effet.resultat.retenus)


def test_nothing_excluded_disappears_from_an_action(base: BaseSavoir, memoire: Statuts) -> None:
    situation = SituationJuridique(type_acteur="commune", faits=ASSOCIATION, au=JOUR)
    for action in base.actions.values():
        attendus = {i.id for i in base.instruments.values() if action.id in i.actions}
        statuts = statuts_d_une_action(action, base.instruments.values(), situation, memoire)
        assert {s.instrument for s in statuts} == attendus
        rangs = [RANG[s.statut] for s in statuts]
        assert rangs == sorted(rangs)


def test_other_actors_are_listed_with_their_own_status(base: BaseSavoir, memoire: Statuts) -> None:
    outil = base.instruments["aide-economique-entreprise"]
    faits = {"forme_juridique": "scic", "aide_a_activite_economique": True, "aide_a_immobilier": False}
    faits |= {"convention_region": False}
    situation = SituationJuridique(type_acteur="departement", faits=faits, au=JOUR)
    action = base.actions[outil.actions[0]]
    statuts = {s.type_acteur: s for s in statuts_par_acteur(action, outil, situation, memoire)}
    region = next(e for e in statuts["region"].effets if e.resultat.regle.id == "competences/aide-economique")
    assert region.resultat.issue == "possible"
    assert "departement" not in statuts or statuts["departement"].statut in {"exclu", "a_verifier"}


def test_memory_gives_the_same_answers_as_evaluation(base: BaseSavoir, memoire: Statuts) -> None:
    for regle in base.regles.values():
        faits = {"type_acteur": "commune", "forme_juridique": "scic", "montant_marche": Decimal(45000)}
        direct = evaluer_regle(regle, faits, JOUR, base.regles)
        assert memoire.regles.demander(regle.id, faits, JOUR) == direct
        assert {n for n, _ in direct.faits} | set(direct.manquants) <= set(memoire.regles.faits_lus(regle.id))


def test_a_remembered_status_is_that_of_the_same_facts_only(base: BaseSavoir, demander: Any) -> None:
    """A fresh memory and a used one agree, whatever was asked before."""
    for instrument in base.instruments.values():
        for forme in ("association", "scic"):
            for montant in (10_000, 50_000):
                vu = demander(instrument.id, "commune", montant=montant, forme_juridique=forme)
                neuve = Statuts(base.regles)
                faits = {**ASSOCIATION, "forme_juridique": forme}
                situation = SituationJuridique(
                    type_acteur="commune", faits=faits, au=JOUR, montant=Decimal(montant)
                )
                action = base.actions[instrument.actions[0]]
                assert statut_juridique(action, instrument, situation, neuve) == vu


def test_a_full_memory_is_emptied_and_stays_right(base: BaseSavoir) -> None:
    petite = Memoire(base.regles, taille=2)
    for montant in range(20_000, 60_000, 10_000):
        faits = {"montant_marche": Decimal(montant)}
        obtenu = petite.demander("commande-publique/ecrit-obligatoire", faits, JOUR).issue
        assert obtenu == ("obligatoire" if montant >= 25_000 else "facultatif")
