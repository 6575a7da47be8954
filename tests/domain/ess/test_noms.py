"""What names an association."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.ess.noms import cle_de_nom


@pytest.mark.parametrize(
    "nom", ["ASSOCIATION LES AMIS DE MASGOT (A.M.)", "Amis de Masgot", "ASSOC. des Amis de Masgot, loi 1901"]
)
def test_the_same_association_has_one_key(nom: str) -> None:
    assert cle_de_nom(nom) == "amis masgot"


def test_a_name_made_of_empty_words_only_keeps_them() -> None:
    assert cle_de_nom("L'Association") == "l association"


@given(st.text())
def test_the_key_is_idempotent(nom: str) -> None:
    assert cle_de_nom(cle_de_nom(nom)) == cle_de_nom(nom)
