"""Sets of ranks behave as sets, and are given back as they were written."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.annuaire.masques import compter, compter_parmi, lister, masquer, plein, unir, vide
from perenne.domain.annuaire.rangs import ecrire_rangs, lire_masque, lire_rangs

TOTAL = 70_000
ENSEMBLES = st.one_of(
    st.sets(st.integers(0, TOTAL - 1), max_size=40),
    st.builds(lambda a, b: set(range(a, TOTAL, b)), st.integers(0, 900), st.sampled_from([1, 2, 9, 300])),
)


def _rangs(ensemble: set[int]) -> np.ndarray:
    return np.array(sorted(ensemble), np.uint32)


@given(ENSEMBLES, st.sampled_from([TOTAL, TOTAL + 1, TOTAL + 63]))
def test_ranks_are_read_as_they_were_written(ensemble: set[int], total: int) -> None:
    octets = ecrire_rangs(_rangs(ensemble), total)
    assert lister(lire_masque(octets, total)).tolist() == sorted(ensemble)
    assert len(octets) <= min(4 * len(ensemble), total // 8 + 8) + 5 + 4
    if octets[:1] == b"\x02":
        with pytest.raises(ValueError, match="bits"):
            lire_rangs(octets)
    else:
        assert lire_rangs(octets).tolist() == sorted(ensemble)


@given(ENSEMBLES, ENSEMBLES)
def test_masks_are_sets(a: set[int], b: set[int]) -> None:
    x, y = masquer(_rangs(a), TOTAL), masquer(_rangs(b), TOTAL)
    assert compter(x & y) == len(a & b)
    assert compter_parmi(x, _rangs(b)) == len(a & b)
    assert lister(unir([x, y], TOTAL)).tolist() == sorted(a | b)
    assert lister(plein(TOTAL) & ~x).tolist() == sorted(set(range(TOTAL)) - a)
    assert compter(vide(TOTAL)) == 0


@given(ENSEMBLES, st.integers(0, TOTAL), st.integers(1, 50))
def test_a_page_is_the_next_ranks_from_a_place(ensemble: set[int], debut: int, limite: int) -> None:
    attendus = [r for r in sorted(ensemble) if r >= debut][:limite]
    assert lister(masquer(_rangs(ensemble), TOTAL), debut, limite).tolist() == attendus


def test_an_empty_set_out_of_nothing_can_be_written() -> None:
    assert lister(lire_masque(ecrire_rangs(_rangs(set()), 0), 0)).tolist() == []
