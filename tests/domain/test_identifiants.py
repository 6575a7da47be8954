"""Keys of SIREN and SIRET."""

from __future__ import annotations

import pytest

from perenne.domain.identifiants import siren_valide, siret_valide


@pytest.mark.parametrize("siret", ["73282932000074", "35600000000048", "35600000009075"])
def test_numbers_given_by_insee_as_examples_are_right(siret: str) -> None:
    """732 829 320 00074 is INSEE's example; La Poste follows a rule of its own (sum multiple of five)."""
    assert siret_valide(siret)
    assert siren_valide(siret[:9])


@pytest.mark.parametrize("siret", ["73282932000075", "7328293200007", "7328293200007A", "", "٧" * 14])
def test_a_wrong_key_or_shape_is_refused(siret: str) -> None:
    assert not siret_valide(siret)


def test_a_right_siret_of_a_wrong_siren_is_refused() -> None:
    assert not siren_valide("732829321")
    assert not siret_valide("73282932100072")
