"""Where the engines answer otherwise to one expression: what docs/explications/moteurs-et-grappe.md says.

A line of that page that stops being true fails here: the rule that it gives may then be dropped.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import ibis
import pyarrow as pa
import pytest

from perenne.pipeline.moteurs.commun import MasseParEtapes

TABLE = pa.table({"s": ["x|y", "12-34", "fin\n"], "x": [1, 2, 3]})
ECARTS: dict[str, tuple[Callable[[Any], Any], Any, Any]] = {
    "split": (
        lambda t: t.filter(t.x == 1).select(r=t.s.split("|")),
        [(["x", "y"],)],
        [(["x", "|", "y", ""],)],
    ),
    "reprise d'un motif": (
        lambda t: t.filter(t.x == 2).select(r=t.s.re_replace("([0-9]+)-([0-9]+)", "$2-$1")),
        [("$2-$1",)],
        [("34-12",)],
    ),
    "fin de texte": (lambda t: t.filter(t.x == 3).select(r=t.s.re_search("^fin$")), [(False,)], [(True,)]),
    "compte sous condition": (
        lambda t: (vide := t.filter(t.x > 3)).aggregate(r=vide.count(where=vide.x > 1)),
        [(0,)],
        [(None,)],
    ),
}


@pytest.mark.parametrize("ecart", ECARTS)
def test_the_engines_differ_as_the_page_says(masse: MasseParEtapes, ecart: str) -> None:
    calcul, duckdb, spark = ECARTS[ecart]
    masse.deposer("t", TABLE)
    assert masse.lignes(calcul(masse.table("t"))) == (duckdb if masse.nom == "duckdb" else spark)


def test_the_end_of_a_text_is_the_same_for_both_when_written_so(masse: MasseParEtapes) -> None:
    masse.deposer("t", TABLE)
    t = masse.table("t")
    assert masse.compter(t.filter(t.s.re_search(r"^fin\z"))) == 0


def test_a_sum_of_whole_numbers_is_wider_for_one_engine(masse: MasseParEtapes) -> None:
    masse.deposer("t", TABLE)
    t = masse.table("t")
    genre = masse.schema(t.aggregate(r=t.x.sum())).field("r").type
    assert (genre == pa.int64()) == (masse.nom == "spark")


def test_ibis_keeps_the_last_of_two_orders_on_one_column() -> None:
    t = ibis.table({"x": "int64"}, name="t")
    rang = ibis.row_number().over(ibis.window(order_by=[t.x.desc(), t.x.asc()]))
    assert "DESC" not in ibis.to_sql(t.select(r=rang), dialect="duckdb")
