"""The kernel gives what the pure function gives, row by row."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.ess.lot import VALEURS, coder, numeroter, table_de_decision
from perenne.domain.ess.verdict import Indices, decider

indices = st.builds(Indices, **{nom: st.sampled_from(valeurs) for nom, valeurs in VALEURS.items()})


def _colonnes(lot: list[Indices]) -> dict[str, Any]:
    textes = {nom: np.array([getattr(i, nom) for i in lot]) for nom in VALEURS}
    return {n: coder(n, v) if isinstance(VALEURS[n][0], str) else v for n, v in textes.items()}


@given(st.lists(indices, min_size=1, max_size=30))
def test_the_kernel_equals_the_pure_function(lot: list[Indices]) -> None:
    decisions = [table_de_decision()[n] for n in numeroter(_colonnes(lot))]
    assert decisions == [decider(i) for i in lot]


@given(indices)
def test_one_more_official_list_never_lowers_a_verdict_that_the_form_leaves_open(i: Indices) -> None:
    if i.forme != "non":
        valeur = {"non": 0, "inconnu": 1, "probable": 2, "oui": 3}
        avec = Indices(**{f.name: getattr(i, f.name) for f in fields(i)} | {"esus": True})
        assert valeur[decider(avec).verdict] >= valeur[decider(i).verdict]


def test_the_fields_of_the_kernel_are_those_of_the_indices_in_their_order() -> None:
    assert list(VALEURS) == [f.name for f in fields(Indices)]


def test_a_missing_field_or_a_code_out_of_bounds_is_refused() -> None:
    zeros = {nom: np.zeros(2, np.int32) for nom in VALEURS}
    with pytest.raises(ValueError, match="rna"):
        numeroter({n: v for n, v in zeros.items() if n != "rna"})
    with pytest.raises(ValueError, match="forme"):
        numeroter(zeros | {"forme": np.array([0, 4])})


def test_an_unknown_text_counts_as_not_known() -> None:
    assert coder("mention", np.array(["O", "?", "N", ""])).tolist() == [1, 0, 2, 0]
