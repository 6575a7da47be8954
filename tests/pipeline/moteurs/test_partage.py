"""Pairs of tables shared between processes."""

from __future__ import annotations

from collections.abc import Iterator

import pyarrow as pa
import pytest
from tests.pipeline.moteurs.noyaux_d_essai import apparier

from perenne.pipeline import equipe
from perenne.pipeline.moteurs import partage


def _paires() -> Iterator[tuple[pa.Table, pa.Table]]:
    gauche, droite = (
        pa.table({"nom": [f"{cote}{i}" for i in range(5)], "groupe": list("01234")}) for cote in "ab"
    )
    yield from ((gauche.slice(i, 1), droite.slice(i, 1)) for i in range(5))


def _mourir() -> None:
    raise SystemExit(1)


@pytest.mark.parametrize("processus", [1, 2])
def test_each_pair_meets_once_and_in_order(processus: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partage, "PAIRES_SEUL", 2)
    faits = list(partage.partager_paires(_paires(), apparier, processus))
    assert [t.to_pylist() for t in faits] == [[{"gauche": f"a{i}", "droite": f"b{i}"}] for i in range(5)]


def test_when_a_process_dies_its_pairs_are_done_here(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(partage, "PAIRES_SEUL", 2)
    monkeypatch.setattr(equipe, "obeir_au_parent", _mourir)
    faits = list(partage.partager_paires(_paires(), apparier, 2))
    assert [t.column("gauche")[0].as_py() for t in faits] == [f"a{i}" for i in range(5)]
