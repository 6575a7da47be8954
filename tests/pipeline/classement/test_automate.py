"""The one-pass automaton finds what a loop over the patterns finds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perenne.domain.savoir.activites import Activite, au_debut_d_un_mot
from perenne.domain.texte import normaliser
from perenne.pipeline.classement.automate import Automate
from perenne.services.classement.obtenir import activites_du_savoir

ACTIVITES = activites_du_savoir()
AUTOMATE = Automate(ACTIVITES)
PHRASES = [e for a in ACTIVITES.values() for e in (*a.essais.positifs, *a.essais.negatifs)]


def par_boucle(activite: Activite, forme: str) -> set[tuple[str, str, int]]:
    motifs = activite.motifs
    return {
        (activite.id, genre, rang)
        for genre, liste in (("fort", motifs.forts), ("faible", motifs.faibles), ("exclu", motifs.exclus))
        for rang, motif in enumerate(liste)
        if re.search(au_debut_d_un_mot(motif), forme)
    }


@given(st.lists(st.sampled_from(PHRASES), min_size=1, max_size=4))
@settings(max_examples=25, deadline=None)
def test_one_pass_finds_what_a_loop_finds(phrases: list[str]) -> None:
    forme = normaliser(" ".join(phrases))
    attendu = set().union(*(par_boucle(a, forme) for a in ACTIVITES.values()))
    occurrences = AUTOMATE.reperer(forme)
    assert {(o.activite, o.genre, o.motif) for o in occurrences} == attendu
    assert all(0 <= o.debut < o.fin <= len(forme) for o in occurrences)


@pytest.mark.parametrize("forme", ["", "a", "x" * 10_000])
def test_texts_without_any_pattern_give_nothing(forme: str) -> None:
    assert AUTOMATE.reperer(forme) == []


def test_no_activity_at_all_is_not_an_error() -> None:
    assert Automate({}).reperer("fablab") == []


def test_a_word_after_a_gap_starts_a_word_too() -> None:
    assert re.search(au_debut_d_un_mot("dons? .{0,15}velos?"), "don de vieux velos")
    assert not re.search(au_debut_d_un_mot("dons? .{0,15}velos?"), "don de livres developper")
