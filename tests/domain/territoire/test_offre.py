"""What a figure of the supply allows to say: layers, « non observé », intervals and comparisons."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.territoire.offre import (
    Chiffre,
    Couche,
    Ecartes,
    Groupe,
    LigneOffre,
    Repere,
    Situation,
    Taux,
    ordonner,
    situer,
)
from perenne.domain.territoire.offre_comparaison import chiffrer, encadrer, juger, reperer
from perenne.domain.territoire.offre_lecture import LISTES, lire_statut, listes_de, profil

TOUT = {"SIRENE", "RNA", "SIAE", "DATA_INCLUSION", "TIERS_LIEUX_REC"}
GROUPE = Groupe(
    compares=100, habitants=1_000_000, operateurs=500, mediane=4.0, quartile_bas=2.0, quartile_haut=7.0
)
"""Five operators for 10,000 inhabitants: 500 of them, between 457.1 and 545.8 (interval of 500)."""


def test_a_rate_has_the_interval_of_its_count() -> None:
    """Nobody among 20,000 inhabitants: between 0 and 3.689 / 2 for 10,000."""
    taux = encadrer(0, 20_000)
    assert taux == Taux(valeur=0.0, bas=0.0, haut=pytest.approx(1.84444, abs=1e-5))
    assert encadrer(4, 20_000) == Taux(
        valeur=2.0, bas=pytest.approx(0.54493, abs=1e-5), haut=pytest.approx(5.12079, abs=1e-5)
    )


@pytest.mark.parametrize("habitants", [None, 0])
def test_no_rate_without_inhabitants(habitants: int | None) -> None:
    assert encadrer(3, habitants) is None


def test_a_territory_is_taken_out_of_what_it_is_compared_with() -> None:
    repere = reperer(GROUPE, 100, 100_000, membre=True)
    assert repere is not None
    assert repere.taux.valeur == pytest.approx(400 / 900_000 * 10_000)
    union = reperer(GROUPE, 100, 100_000, membre=False)
    assert union is not None
    assert union.taux.valeur == pytest.approx(5.0)


@pytest.mark.parametrize("compares", [0, 9])
def test_too_few_territories_compare_with_nothing(compares: int) -> None:
    groupe = Groupe(
        compares=compares, habitants=9000, operateurs=3, mediane=1, quartile_bas=0, quartile_haut=2
    )
    assert reperer(groupe, 1, 1000, membre=True) is None
    assert juger(encadrer(1, 1000), None) == "sans-comparaison"


@pytest.mark.parametrize(
    ("nombre", "habitants", "attendu"),
    [
        # 5 for 10,000 are expected. By hand, with the interval of each count (borner).
        (0, 1_000, "trop-petit"),  # 0 to 36.9 for 10,000
        (0, 10_000, "moins"),  # 0 to 3.69, under 4.57, and no more than the lower quartile (2)
        (5, 10_000, "trop-petit"),  # 1.62 to 11.67: more than twice 5, less than half of 5
        (50, 100_000, "comparable"),  # 3.71 to 6.59: between 2.5 and 10
        (60, 100_000, "comparable"),  # 4.58 to 7.72
        (120, 100_000, "plus"),  # 9.95 to 14.35
        (660, 1_000_000, "comparable"),  # 6.11 to 7.12: clearly more, but among the middle half (2 to 7)
        (300, 1_000_000, "comparable"),  # 2.67 to 3.36: clearly less, but among the middle half
        (150, 1_000_000, "moins"),  # 1.27 to 1.76
        (1, 300, "trop-petit"),  # 0.84 to 185.7
    ],
)
def test_the_verdict_follows_from_the_interval(nombre: int, habitants: int, attendu: str) -> None:
    assert juger(encadrer(nombre, habitants), reperer(GROUPE, nombre, habitants, membre=False)) == attendu


@given(st.integers(0, 3000), st.integers(1, 3_000_000))
def test_more_operators_never_turn_the_verdict_towards_less(nombre: int, habitants: int) -> None:
    def sens(n: int) -> int:
        jugement = juger(encadrer(n, habitants), reperer(GROUPE, n, habitants, membre=False))
        return {"moins": -1, "plus": 1}.get(jugement, 0)

    assert sens(nombre) <= sens(nombre + 1)


@given(st.integers(0, 60), st.integers(1, 700))
def test_a_hamlet_is_never_said_to_have_less(nombre: int, habitants: int) -> None:
    """Less needs 3.69 operators expected: more than 700 inhabitants have here, at 5 for 10,000 and under."""
    assert juger(encadrer(nombre, habitants), reperer(GROUPE, nombre, habitants, membre=False)) != "moins"


def test_a_layer_without_any_register_read_is_not_a_zero() -> None:
    assert chiffrer("ess", "non-observe", 0, habitants=10_000, groupe=GROUPE) == Chiffre(
        couche="ess", statut="non-observe", nombre=None
    )


def test_an_operator_known_all_the_same_is_said_at_least_and_not_compared() -> None:
    chiffre = chiffrer("tous", "non-observe", 5, propres=2, habitants=10_000, groupe=GROUPE)
    assert (chiffre.statut, chiffre.nombre, chiffre.taux) == ("partiel", 5, None)
    assert chiffre.jugement == "sans-comparaison"


def test_operators_of_the_ess_alone_do_not_make_the_others_observed() -> None:
    assert chiffrer("tous", "non-observe", 5, propres=0).nombre is None


@pytest.mark.parametrize(
    ("couche", "listes", "lus", "attendu"),
    [
        ("ess", [[]], {"23": {"SIRENE", "RNA"}}, "entier"),
        ("ess", [[]], {"23": {"SIRENE"}}, "partiel"),
        ("ess", [[]], {"23": {"SIAE"}}, "non-observe"),
        ("ess", [[]], {"67": {"SIRENE"}}, "partiel"),  # no register of associations there
        ("ess", [[]], {"23": {"SIRENE", "RNA"}, "87": set()}, "partiel"),
        ("employeurs", [[]], {"23": {"RNA"}}, "non-observe"),
        ("employeurs", [[]], {"67": {"SIRENE"}}, "entier"),
        ("tous", [[]], {"23": TOUT}, "non-observe"),  # no list names operators of this activity
        ("tous", [["SIAE", "DATA_INCLUSION"]], {"23": TOUT}, "entier"),
        ("tous", [["SIAE", "DATA_INCLUSION"]], {"23": {"SIAE"}}, "partiel"),
        ("tous", [["SIAE"], []], {"23": TOUT}, "partiel"),  # a need: one activity out of two has a list
        ("tous", [["SIAE"]], {}, "non-observe"),
    ],
)
def test_a_layer_is_observed_as_far_as_its_registers_were_read(
    couche: Couche, listes: list[list[str]], lus: dict[str, set[str]], attendu: str
) -> None:
    assert lire_statut(couche, listes, lus) == attendu


def test_territories_are_comparable_where_the_same_registers_were_read() -> None:
    assert profil("ess", {"23": TOUT}) == profil("ess", {"87": {"SIRENE", "RNA"}}) == "RNA SIRENE"
    assert profil("ess", {"67": TOUT}) == "SIRENE"
    assert profil("tous", {"23": TOUT}) != profil("tous", {"87": {"SIRENE", "RNA"}})
    assert profil("ess", {"23": TOUT, "67": TOUT}) == "RNA SIRENE|SIRENE"
    assert profil("ess", {"23": TOUT, "87": set()}) == "", "missing operators are not absent ones"


def test_each_list_of_the_atlas_names_operators_of_some_activities(base: BaseSavoir) -> None:
    par_activite = {a.id: listes_de(a) for a in base.activites.values()}
    assert set().union(*par_activite.values()) == set(LISTES.values())
    assert par_activite["insertion_socioprofessionnelle"] == {"SIAE", "DATA_INCLUSION"}
    assert par_activite["fablabs"] == {"TIERS_LIEUX_REC", "DATA_INCLUSION"}
    assert par_activite["monnaies_locales"] == frozenset()


def _chiffres(tous: int | None, ess: int | None, employeurs: int | None) -> list[Chiffre]:
    couches: tuple[tuple[Couche, int | None], ...] = (
        ("tous", tous),
        ("ess", ess),
        ("employeurs", employeurs),
    )
    return [Chiffre(couche=c, statut="non-observe" if n is None else "entier", nombre=n) for c, n in couches]


@pytest.mark.parametrize(
    ("chiffres", "attendue"),
    [
        ((0, 0, 0), "sans-reponse"),
        ((None, 0, 0), "sans-reponse"),
        ((2, 0, 0), "sans-ess"),
        ((2, 1, 0), "sans-employeur"),
        ((2, 1, None), "servi"),
        ((3, 2, 1), "servi"),
        ((1, None, None), "servi-hors-ess"),
        ((0, None, None), "non-observe"),
        ((None, None, None), "non-observe"),
    ],
)
def test_who_answers_is_read_from_the_three_layers(
    chiffres: tuple[int | None, int | None, int | None], attendue: Situation
) -> None:
    assert situer(_chiffres(*chiffres)) == attendue


def test_what_nobody_answers_comes_first_and_the_order_given_is_kept() -> None:
    def ligne(sujet: str, situation: Situation) -> LigneOffre:
        return LigneOffre(
            sujet=sujet, genre="besoin", libelle=sujet, etude=True, chiffres=(), situation=situation,
            ecartes=Ecartes(),
        )  # fmt: skip

    lignes = [ligne("a", "servi"), ligne("b", "non-observe"), ligne("c", "sans-reponse"), ligne("d", "servi"),
              ligne("e", "sans-ess")]  # fmt: skip
    assert [x.sujet for x in ordonner(lignes)] == ["c", "e", "a", "d", "b"]


def test_a_rate_that_equals_the_others_is_not_said_to_differ() -> None:
    commun = Taux(valeur=5.0, bas=4.6, haut=5.4)
    repere = Repere(compares=50, taux=commun, mediane=5.0, quartile_bas=5.0, quartile_haut=5.0)
    assert juger(commun, repere) == "comparable"
