"""No export gives a spreadsheet something to run."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.reports.cellule_sure import liberer_cellule, proteger_cellule


@pytest.mark.parametrize(
    "texte", ["=1+1", "+33123", "-cmd|'/c calc'!A0", "@SUM(A1)", "\t=1", " =1", "\r=1", "|calc", "%x"]
)
def test_a_text_that_starts_as_a_formula_is_made_text(texte: str) -> None:
    if texte == "+33123":  # a number stays a number
        assert proteger_cellule(texte) == texte
    else:
        assert proteger_cellule(texte) == f"'{texte}"


@pytest.mark.parametrize("texte", ["", "-12,5", "Café", "12 450", "L'Atelier", "a=b"])
def test_an_ordinary_text_is_left_alone(texte: str) -> None:
    assert proteger_cellule(texte) == texte


@given(st.text())
def test_what_is_protected_is_given_back(texte: str) -> None:
    if not (texte.startswith("'") and liberer_cellule(texte) != texte):
        assert liberer_cellule(proteger_cellule(texte)) == texte
