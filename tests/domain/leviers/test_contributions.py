"""The points, computed by hand on a made-up action, then what must hold for the nineteen real ones."""

from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perenne.domain.leviers.compilation import compiler, faits_lus
from perenne.domain.leviers.contributions import (
    compiler_grille,
    contributions,
    fait_du_critere,
    hors_moyens,
    signaux_inconnus,
    somme,
)
from perenne.domain.leviers.modele import Modele, construire_modele
from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.evaluation import evaluer
from perenne.domain.savoir.commun import Source
from perenne.domain.savoir.leviers import Action, Effet, Effort, Signal, Stade
from perenne.services.savoir import obtenir_base

MODELE = construire_modele(obtenir_base())

AVANCE = Action(
    id="avancer",
    code="L9.1",
    levier="essai",
    titre="Avancer",
    echelle="individuelle",
    conseil="",
    agit_sur=(
        Effet(critere="A8", poids="fort", motif="délai"),
        Effet(critere="T1", poids="moyen", motif="besoin"),
        Effet(critere="A3", poids="faible", sens="fragilise", motif="dépendance"),
    ),
    signaux=(
        Signal(si="delai_paiement_max_mois >= 6 mois", poids="fort", motif="lent"),
        Signal(
            si="critere_a6 = 'non' et non fonds_europeens", sens="deconseille", poids="moyen", motif="non"
        ),
    ),
    acteurs=(),
    premiers_pas=("Appeler",),
    effort=Effort(a_documenter=("delai", "cout")),
    stades=(Stade(stade="consolidation"), Stade(stade="emergence", convient="non", motif="Rien n'est dû.")),
    source=Source(document="essai"),
)
GRILLE = compiler_grille(AVANCE)


@pytest.mark.parametrize(
    ("faits", "besoins", "attendu"),
    [
        # No answer never counts.
        ({}, {}, 0.0),
        # A8 missing: 3 × 1. Half missing: 3 × 0.5.
        ({"critere_a8": "non"}, {}, 3.0),
        ({"critere_a8": "moyen"}, {}, 1.5),
        ({"critere_a8": "oui"}, {}, 0.0),
        # An unwanted effect counts against it where the enterprise is already weak: −1 × 1.
        ({"critere_a3": "non"}, {}, -1.0),
        # Signals: +3, and −2.
        ({"delai_paiement_max_mois": Decimal(6)}, {}, 3.0),
        ({"delai_paiement_max_mois": Decimal(5)}, {}, 0.0),
        ({"critere_a6": "non", "fonds_europeens": False}, {}, -2.0),
        ({"critere_a6": "non"}, {}, 0.0),
        # Stage: +1 fits, −3 misfits, 0 where nothing is said.
        ({"stade": "consolidation"}, {}, 1.0),
        ({"stade": "emergence"}, {}, -3.0),
        ({"stade": "rebond"}, {}, 0.0),
        # Needs: only the one that weighs most, since the action acts on T1.
        ({}, {"B01": 1.0, "B02": 0.5}, 1.0),
        ({}, {"B02": 0.5}, 0.5),
        # Everything: 3 + 3 − 1 + 1 + 1.
        (
            {
                "critere_a8": "non",
                "critere_a3": "non",
                "delai_paiement_max_mois": Decimal(24),
                "stade": "consolidation",
            },
            {"B01": 1.0},
            7.0,
        ),
    ],
)
def test_points_computed_by_hand(faits: dict[str, Any], besoins: dict[str, float], attendu: float) -> None:
    termes = contributions(GRILLE, faits, besoins)
    assert somme(termes) == attendu
    assert GRILLE.total(faits, max(besoins.values(), default=0.0)) == attendu
    assert all(t.points for t in termes)


def test_an_unknown_signal_is_listed_and_gives_no_point() -> None:
    inconnus = signaux_inconnus(GRILLE, {"critere_a6": "oui"})
    assert [s.signal.motif for s in inconnus] == ["lent"]


def test_an_action_out_of_the_means_of_the_actor_says_so() -> None:
    assert somme(hors_moyens(["numeraire"], frozenset({"nature"}))) == -2.0
    assert hors_moyens(["numeraire", "nature"], frozenset({"nature"})) == ()
    assert hors_moyens(["numeraire"], frozenset()) == ()


def _valeurs() -> st.SearchStrategy[dict[str, Any]]:
    champs = {f: st.sampled_from([None, *v]) for f, v in MODELE.variantes.items() if v}
    return st.fixed_dictionaries(champs).map(lambda d: {k: v for k, v in d.items() if v is not None})


@settings(max_examples=60, deadline=None)
@given(_valeurs())
def test_the_sum_of_the_terms_is_the_fast_total(faits: dict[str, Any]) -> None:
    for grille in (*MODELE.grilles, *MODELE.grilles_instruments.values()):
        assert somme(contributions(grille, faits, {})) == grille.total(faits)


@settings(max_examples=60, deadline=None)
@given(_valeurs())
def test_compiled_conditions_tell_the_truth_of_the_evaluator(faits: dict[str, Any]) -> None:
    for si in {s.signal.si for g in MODELE.grilles for s in g.signaux}:
        assert compiler(si)(faits) is evaluer(analyser(si), faits).verite


@settings(max_examples=40, deadline=None)
@given(_valeurs(), st.data())
def test_the_effect_of_one_change_is_local(faits: dict[str, Any], data: st.DataObject) -> None:
    fait = data.draw(st.sampled_from(sorted(f for f, v in MODELE.variantes.items() if v)))
    autres = {**faits, fait: data.draw(st.sampled_from(MODELE.variantes[fait]))}
    for g in MODELE.grilles:
        assert g.partiel(autres, fait) - g.partiel(faits, fait) == g.total(autres) - g.total(faits)


def test_a_worse_gap_never_lowers_the_action_that_answers_it(modele: Modele) -> None:
    """Exhaustive: for each improved criterion, over everything that a signal reads together with it."""
    essais = 0
    for fiche in (*modele.actions, *modele.savoir.instruments.values()):
        grille = compiler_grille(fiche)
        for critere in (e.critere for e in fiche.agit_sur if e.sens == "ameliore"):
            fait = fait_du_critere(critere)
            for signal in (s for s in grille.signaux if fait in s.faits):
                autres = [f for f in signal.faits if f != fait]
                for valeurs in product(*((None, *modele.variantes.get(f, ())) for f in autres)):
                    contexte = {f: v for f, v in zip(autres, valeurs, strict=True) if v is not None}
                    suite = [grille.total({**contexte, fait: r}) for r in ("oui", "moyen", "non")]
                    assert suite == sorted(suite), (fiche.id, critere, signal.signal.si, contexte)
                    essais += 1
    assert essais > 50


def test_the_facts_of_every_signal_are_tried(modele: Modele) -> None:
    lus = {f for g in modele.grilles for s in g.signaux for f in faits_lus(s.signal.si)}
    assert not {f for f in lus if not modele.variantes.get(f)}


@settings(max_examples=60, deadline=None)
@given(_valeurs(), st.data())
def test_a_worse_answer_never_lowers_what_answers_it_whatever_else_is_known(
    faits: dict[str, Any], data: st.DataObject
) -> None:
    grille = data.draw(st.sampled_from(MODELE.grilles))
    ameliores = [f for f, points, _ in grille.effets if points > 0]
    fait = data.draw(st.sampled_from(ameliores))
    suite = [grille.total({**faits, fait: reponse}) for reponse in ("oui", "moyen", "non")]
    assert suite == sorted(suite)
