"""The normal form of names."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.atlas.noms import lire_type, normaliser_nom


@pytest.mark.parametrize(
    ("ecrit", "attendu"),
    [
        ("St-Étienne", "saint etienne"),
        ("SAINTE  ANNE", "sainte anne"),
        ("Ste-Anne", "sainte anne"),
        ("L'Haÿ-les-Roses", "l hay les roses"),
        ("Œting", "oeting"),
        ("Communauté de communes Creuse Grand Sud", "cc creuse grand sud"),
        ("Communauté d'agglomération du Grand Guéret", "ca du grand gueret"),
    ],
)
def test_spellings_of_a_name_read_the_same(ecrit: str, attendu: str) -> None:
    assert normaliser_nom(ecrit) == attendu


@given(st.text())
def test_the_normal_form_is_stable(nom: str) -> None:
    assert normaliser_nom(normaliser_nom(nom)) == normaliser_nom(nom)


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("departement de la creuse", ("departement", "creuse")),
        ("region bretagne", ("region", "bretagne")),
        ("ville de poitiers", ("commune", "poitiers")),
        ("villefranche", ("", "villefranche")),
        ("departement", ("", "departement")),
    ],
)
def test_the_kind_said_before_the_name_is_understood(nom: str, attendu: tuple[str, str]) -> None:
    assert lire_type(nom) == attendu
