"""What each operation promises, on both engines."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from pathlib import Path

import ibis
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.pipeline.moteurs.noyaux_d_essai import DOUBLE, PAIRE, apparier, fabriquer

from perenne.pipeline.moteurs.commun import MasseParEtapes
from perenne.pipeline.moteurs.interface import ErreurDeMoteur


def _deposer(masse: MasseParEtapes, table: str, /, **colonnes: list[object]) -> None:
    masse.deposer(table, pa.table(colonnes))


def test_a_kernel_sees_every_row_and_may_leave_some(masse: MasseParEtapes) -> None:
    _deposer(masse, "t", nom=["a", "é", None], x=[1, None, 3])
    t = masse.table("t")
    masse.noyau("d", t.filter(t.nom.isnull() | (t.nom != "z")), partial(fabriquer, 2), DOUBLE)
    assert sorted(masse.lignes(masse.table("d")), key=str) == [("a", 2), (None, 6)]
    assert masse.schema(masse.table("d")) == DOUBLE


def test_rows_of_one_key_meet_and_those_without_a_key_do_not(masse: MasseParEtapes) -> None:
    _deposer(masse, "g", nom=["a", "b", "c", "d"], groupe=["1", "1", "2", None])
    _deposer(masse, "d", nom=["x", "y", "z", "t"], groupe=["1", "3", "2", None])
    masse.apparier("p", masse.table("g"), masse.table("d"), "groupe", noyau=apparier, schema=PAIRE)
    assert sorted(masse.lignes(masse.table("p"))) == [("a", "x"), ("b", "x"), ("c", "z")]


def test_what_the_driver_reads_is_kept_with_its_note(masse: MasseParEtapes) -> None:
    lus = 0

    def lots() -> Iterator[pa.RecordBatch]:
        nonlocal lus
        for debut in (0, 2):
            lus += 2
            yield pa.RecordBatch.from_pydict({"x": pa.array([debut, debut + 1], pa.int64())})

    schema = pa.schema([("x", pa.int64())])
    assert masse.ranger("r", lots(), schema, cle="v1", note=lambda: {"lus": lus}) == {"lus": 4}
    assert sorted(masse.lignes(masse.table("r"))) == [(0,), (1,), (2,), (3,)]


def test_a_file_is_opened_where_it_is_with_its_rows_numbered(masse: MasseParEtapes, tmp_path: Path) -> None:
    pq.write_table(pa.table({"x": ["a", "b", "c"]}), tmp_path / "un fichier [é] {1}.parquet")
    masse.ouvrir("f", tmp_path / "un fichier [é] {1}.parquet")
    f = masse.table("f")
    assert masse.lignes(f.filter(f.x == "c").select("x", "_rang")) == [("c", 2)]


def test_a_damaged_file_is_an_error_of_the_engine(masse: MasseParEtapes, tmp_path: Path) -> None:
    (tmp_path / "f.parquet").write_bytes(b"PAR1 pas du Parquet")
    with pytest.raises(ErreurDeMoteur):
        masse.ouvrir("f", tmp_path / "f.parquet")


def test_nothing_at_all_still_has_columns(masse: MasseParEtapes) -> None:
    masse.deposer("vide", DOUBLE.empty_table())
    masse.materialiser("v", masse.table("vide"))
    masse.noyau("n", masse.table("v").select("nom", x="double"), partial(fabriquer, 2), DOUBLE)
    assert masse.lignes(masse.table("n")) == []
    assert masse.compter(masse.table("v")) == 0
    assert masse.schema(masse.table("n")) == DOUBLE


def test_a_name_is_given_once(masse: MasseParEtapes) -> None:
    masse.deposer("t", DOUBLE.empty_table())
    with pytest.raises(ValueError, match="nom déjà pris"):
        masse.voir("t", masse.table("t"))


def test_what_is_delivered_is_read_by_the_engine_that_publishes(masse: MasseParEtapes) -> None:
    _deposer(masse, "t", nom=["a", "b"], x=[1, 2])
    t = masse.table("t")
    masse.voir("vue", t.filter(t.x > 1))
    masse.materialiser("rangee", t.mutate(y=ibis.null("string")))
    for nom in ("vue", "rangee", "t"):
        masse.livrer(nom)
    base = masse.publication
    assert base.lignes("SELECT nom, x FROM vue") == [("b", 2)]
    assert base.lignes("SELECT nom, x, y FROM rangee ORDER BY x") == [("a", 1, None), ("b", 2, None)]
    assert base.lignes("SELECT count(*) FROM t") == [(2,)]
