"""Pairing kernels receive whole keys."""

from __future__ import annotations

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from perenne.pipeline.moteurs.duckdb import couper

COLONNE = st.lists(st.sampled_from(["01", "2A", "2B", "974", "é", "Z"]))


@given(COLONNE, COLONNE, st.integers(1, 5))
def test_a_key_is_never_parted_and_no_row_of_the_left_is_lost(
    gauche: list[str], droite: list[str], taille: int
) -> None:
    a, b = sorted(gauche), sorted(droite)
    morceaux = [
        (x.column("k").to_pylist(), y.column("k").to_pylist())
        for x, y in couper(
            pa.table({"k": pa.array(a, pa.string())}), pa.table({"k": pa.array(b, pa.string())}), "k", taille
        )
    ]
    assert [k for x, _ in morceaux for k in x] == a
    for x, y in morceaux:
        assert [k for k in y if k in x] == [k for k in b if k in x]
        assert not any(set(x) & set(autre) for autre, _ in morceaux if autre is not x)
