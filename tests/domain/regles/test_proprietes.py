"""Properties of the language over random well-typed conditions: round trip, Kleene's laws, monotonicity."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.regles.analyse import analyser
from perenne.domain.regles.evaluation import Valeur, evaluer
from perenne.domain.regles.logique import et, non, ou
from perenne.domain.regles.syntaxe import Appel, Binaire, Expr, Liste, Litteral, Nom, Unaire, ecrire, noms
from perenne.domain.regles.typage import defauts_de_type
from perenne.domain.regles.types import Portee, Type

TRI = st.sampled_from([True, False, None])
PORTEE = Portee(
    {
        "a": Type("booleen"),
        "b": Type("booleen"),
        "x": Type("nombre", "EUR"),
        "y": Type("nombre", "EUR"),
        "forme": Type("choix", valeurs=frozenset({"association", "scic", "sarl"})),
        "zonages": Type("choix_multiple", valeurs=frozenset({"qpv", "zrr"})),
    }
)
FORMES = st.sampled_from(["association", "scic", "sarl"])
NOMBRES = st.decimals(min_value=0, max_value=10_000, places=2)


def _texte(valeur: str) -> Litteral:
    return Litteral(valeur)


_montant: st.SearchStrategy[Expr] = st.one_of(
    st.sampled_from([Nom("x"), Nom("y")]), NOMBRES.map(lambda n: Litteral(n, "EUR"))
)
nombres: st.SearchStrategy[Expr] = st.recursive(
    _montant,
    lambda f: st.one_of(
        st.builds(Binaire, st.sampled_from(["+", "-"]), f, f),
        st.builds(Binaire, st.sampled_from(["*", "/"]), f, NOMBRES.map(Litteral)),
        st.builds(lambda g, d, n: Appel(n, (g, d)), f, f, st.sampled_from(["min", "max"])),
    ),
    max_leaves=4,
)
_relations: st.SearchStrategy[Expr] = st.one_of(
    st.sampled_from([Nom("a"), Nom("b"), Litteral(True), Litteral(False)]),
    st.builds(Binaire, st.sampled_from(["=", "!=", "<", "<=", ">", ">="]), nombres, nombres),
    st.builds(lambda f: Binaire("=", Nom("forme"), _texte(f)), FORMES),
    st.builds(
        lambda fs: Binaire("dans", Nom("forme"), Liste(tuple(map(_texte, fs)))),
        st.lists(FORMES, min_size=1, max_size=3),
    ),
    st.builds(lambda z: Binaire("dans", _texte(z), Nom("zonages")), st.sampled_from(["qpv", "zrr"])),
)
conditions: st.SearchStrategy[Expr] = st.recursive(
    _relations,
    lambda f: st.one_of(
        st.builds(Binaire, st.sampled_from(["et", "ou"]), f, f),
        st.builds(lambda e: Unaire("non", e), f),
    ),
    max_leaves=8,
)
faits = st.fixed_dictionaries(
    {},
    optional={
        "a": st.booleans(),
        "b": st.booleans(),
        "x": NOMBRES,
        "y": NOMBRES,
        "forme": FORMES,
        "zonages": st.frozensets(st.sampled_from(["qpv", "zrr"])),
    },
)


@given(conditions)
def test_writing_then_reading_gives_the_same_tree(expr: Expr) -> None:
    assert analyser(ecrire(expr)) == expr


@given(conditions)
def test_random_conditions_are_well_typed(expr: Expr) -> None:
    assert defauts_de_type(expr, PORTEE) == ()


@given(conditions, faits, faits)
def test_knowing_more_never_changes_what_was_known(
    expr: Expr, connus: dict[str, Valeur], de_plus: dict[str, Valeur]
) -> None:
    avant = evaluer(expr, connus)
    apres = evaluer(expr, {**de_plus, **connus})
    if avant.valeur is not None:
        assert apres.valeur == avant.valeur


@given(conditions, faits)
def test_what_is_unknown_says_which_facts_are_missing(expr: Expr, connus: dict[str, Valeur]) -> None:
    etape = evaluer(expr, connus)
    if etape.valeur is not None:
        assert etape.manquants == ()
    assert set(etape.manquants) <= set(noms(expr)) - set(connus)


@given(TRI, TRI, TRI)
def test_kleene_laws(a: bool | None, b: bool | None, c: bool | None) -> None:
    assert non(non(a)) is a
    assert non(et(a, b)) is ou(non(a), non(b))
    assert non(ou(a, b)) is et(non(a), non(b))
    assert et(a, b) is et(b, a)
    assert et(a, et(b, c)) is et(et(a, b), c)
    assert et(a, ou(b, c)) is ou(et(a, b), et(a, c))
    assert ou(a, et(a, b)) is a
