"""References, expressions and reversed periods are found at any depth of an item."""

from __future__ import annotations

import datetime as dt
from typing import Annotated

from perenne.domain.savoir.commun import Periode, Ref, fiche
from perenne.domain.savoir.expressions import Expression
from perenne.kb.marques import PeriodeInversee, marques_de

RefBesoin = Annotated[str, Ref("besoin")]


@fiche
class Feuille:
    """Ends of the tree."""

    besoin: RefBesoin | None = None
    si: Annotated[str, Expression()] = ""


@fiche
class Arbre:
    """Contains itself."""

    id: str = ""
    table: dict[RefBesoin, Annotated[str, Ref("cas")]] | None = None
    couples: tuple[tuple[RefBesoin, int], ...] = ()
    feuilles: tuple[Feuille | str, ...] = ()
    periode: Periode = Periode()
    fils: tuple[Arbre, ...] = ()


def test_marks_are_found_in_tables_tuples_unions_and_recursion() -> None:
    arbre = Arbre(
        table={"B01": "c1"},
        couples=(("B02", 1),),
        feuilles=("libre", Feuille(besoin="B03", si="x > 1")),
        fils=(Arbre(fils=(Arbre(couples=(("B04", 2),)),)),),
    )
    trouvees = {(texte, chemin) for _, texte, chemin in marques_de(arbre)}
    assert trouvees == {
        ("B01", ("table", "B01")),
        ("c1", ("table", "B01")),
        ("B02", ("couples", 0, 0)),
        ("B03", ("feuilles", 1, "besoin")),
        ("x > 1", ("feuilles", 1, "si")),
        ("B04", ("fils", 0, "fils", 0, "couples", 0, 0)),
    }


def test_a_reversed_period_is_found_and_a_period_of_one_day_is_not() -> None:
    jour = dt.date(2026, 4, 1)
    inverse = Arbre(fils=(Arbre(periode=Periode(du=jour, au=dt.date(2026, 3, 31))),))
    assert [(type(m), c) for m, _, c in marques_de(inverse)] == [
        (PeriodeInversee, ("fils", 0, "periode", "du"))
    ]
    assert list(marques_de(Arbre(periode=Periode(du=jour, au=jour)))) == []
