"""A long list walked with cursors while its rows come and go."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.atlas.listes import lister_territoires
from perenne.atlas.recherche import Candidat
from perenne.services.consulter.curseurs import ecrire_curseur, lire_curseur, trancher
from perenne.services.consulter.elements import Introuvable

CLES = st.tuples(st.sampled_from(["commune", "epci", "qpv"]), st.text("0123456789AB", min_size=1, max_size=4))
CHANGEMENTS = st.lists(st.tuples(st.booleans(), CLES), max_size=4)


def _parcourir(base: sqlite3.Connection, limite: int) -> Iterator[list[tuple[str, str]]]:
    """The keys of each page; the caller changes the rows in between."""

    def lire(sql: str, valeurs: Any) -> list[tuple[Any, ...]]:
        return base.execute(sql, valeurs).fetchall()

    def cle(c: Candidat) -> tuple[str, ...]:
        return c.cle.type, c.cle.code

    curseur = ""
    while True:
        tranche = trancher(
            lambda apres, n: lister_territoires(lire, {}, apres=apres, limite=n),
            cle,
            curseur=curseur,
            limite=limite,
            longueur=2,
        )
        yield [(c.cle.type, c.cle.code) for c in tranche.elements]
        if not tranche.suivant:
            return
        curseur = tranche.suivant


@given(
    depart=st.sets(CLES, max_size=25),
    changements=st.lists(CHANGEMENTS, max_size=12),
    limite=st.integers(1, 7),
)
def test_no_row_comes_twice_and_none_that_stays_is_missed(
    depart: set[tuple[str, str]], changements: list[list[tuple[bool, tuple[str, str]]]], limite: int
) -> None:
    base = sqlite3.connect(":memory:")
    base.execute(
        "CREATE TABLE territoire(type, code, nom, departement, population, PRIMARY KEY (type, code))"
    )
    base.executemany("INSERT INTO territoire VALUES (?, ?, '', '', 0)", depart)
    restes, vus = set(depart), []
    for rang, page in enumerate(_parcourir(base, limite)):
        vus += page
        for ajoute, cle in changements[rang] if rang < len(changements) else ():
            if ajoute:
                base.execute("INSERT OR IGNORE INTO territoire VALUES (?, ?, '', '', 0)", cle)
            else:
                base.execute("DELETE FROM territoire WHERE type = ? AND code = ?", cle)
                restes.discard(cle)
    base.close()
    assert len(vus) == len(set(vus))
    assert restes <= set(vus)
    assert vus == sorted(vus)


@given(cle=st.lists(st.text(max_size=20), min_size=1, max_size=3))
def test_a_cursor_is_given_back_as_it_was(cle: list[str]) -> None:
    assert lire_curseur(ecrire_curseur(cle), len(cle)) == tuple(cle)


@pytest.mark.parametrize("curseur", ["é", "AAAA", "W10", "WzEsMl0", "[", "[" * 300, ecrire_curseur(["seul"])])
def test_a_cursor_that_is_not_ours_is_refused(curseur: str) -> None:
    with pytest.raises(Introuvable, match="curseur"):
        lire_curseur(curseur, 2)
