"""The words of a name, read the same however it is written."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.annuaire.mots import cle_de_recherche, decouper, entre_parentheses, epeler, racine


@pytest.mark.parametrize(
    "ecriture", ["R.E.C.U.P.", "r.e.c.u.p", "R. E. C. U. P.", "R E C U P", "Récup", "RECUP", "récup’"]
)
def test_an_acronym_is_one_word_with_points_spaces_or_neither(ecriture: str) -> None:
    assert decouper(ecriture) == ["recup"]


@pytest.mark.parametrize(
    ("nom", "mots"),
    [
        ("ASSOCIATION LES AMIS DE MASGOT", ["amis", "masgot"]),
        ("A.M.A.P. du Coin", ["amap", "coin"]),
        ("L'A.D.M.R. de la Brume", ["admr", "brume"]),
        ("Bell'Occas", ["bell", "occas"]),
        ("Envie 2E", ["envie", "2e"]),
        ("M. Dupré", ["m", "dupre"]),
        ("L’Association", ["l", "association"]),
        ("", []),
        ("***", []),
    ],
)
def test_words_that_name_nothing_are_left_out_unless_nothing_else_is_there(nom: str, mots: list[str]) -> None:
    assert decouper(nom) == mots


def test_the_key_leaves_brackets_out_and_they_are_a_name_of_their_own() -> None:
    nom = "Association Les Amis du Mirage (A.M.)"
    assert cle_de_recherche(nom) == "amis mirage"
    assert entre_parentheses(nom) == ["A.M."]
    assert cle_de_recherche("(Seule)") == "seule"
    assert cle_de_recherche("Jamais fermée (coupée") == "jamais fermee"


@pytest.mark.parametrize(
    ("mot", "attendue"),
    [("jardins", "jardin"), ("bois", "boi"), ("ess", "ess"), ("lieux", "lieu"), ("cafe", "cafe")],
)
def test_only_the_mark_of_the_plural_is_cut(mot: str, attendue: str) -> None:
    assert racine(mot) == attendue


@given(st.text(alphabet="AbcéL.'’ -()1", max_size=25))
def test_reading_a_name_twice_changes_nothing(nom: str) -> None:
    une = epeler(nom)
    assert epeler(une) == une
    assert cle_de_recherche(cle_de_recherche(nom)) == cle_de_recherche(nom)
