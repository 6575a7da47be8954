"""French typography."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.reports import typographie as t


@pytest.mark.parametrize(
    ("valeur", "decimales", "attendu"),
    [
        (12450, 0, "12\u202f450"),
        (18.4, 1, "18,4"),
        (-1.25, 1, "\u22121,3"),
        (0, 1, "0,0"),
        (-0.04, 1, "0,0"),
        (999.5, 0, "1\u202f000"),
        (1234567.891, 2, "1\u202f234\u202f567,89"),
    ],
)
def test_numbers_have_thin_spaces_a_comma_and_a_true_minus(
    valeur: float, decimales: int, attendu: str
) -> None:
    assert t.nombre(valeur, decimales) == attendu


def test_a_change_carries_its_sign_and_zero_does_not() -> None:
    assert t.nombre(0.35, 1, signe=True) == "+0,4"
    assert t.nombre(0, 1, signe=True) == "0,0"


@pytest.mark.parametrize("valeur", [float("nan"), float("inf")])
def test_a_missing_value_is_never_written_as_a_number(valeur: float) -> None:
    with pytest.raises(ValueError, match="finite"):
        t.nombre(valeur)


@given(st.floats(-1e9, 1e9), st.integers(0, 3))
def test_a_written_number_reads_back_within_half_a_unit(valeur: float, decimales: int) -> None:
    lu = float(t.nombre(valeur, decimales).replace("\u202f", "").replace(",", ".").replace("\u2212", "-"))
    assert abs(lu - valeur) <= 0.5 * 10**-decimales + 1e-6


def test_dates_lists_and_plurals() -> None:
    assert t.date_longue(dt.date(2024, 7, 1)) == "1er juillet 2024"
    assert t.date_longue(dt.date(2026, 11, 23)) == "23 novembre 2026"
    assert [t.dater(x) for x in ("2024-07-01", "2024", "liste courante", "")] == [
        "1er juillet 2024", "2024", "liste courante", "",
    ]  # fmt: skip
    assert t.lister(["a", "b", "c"]) == "a, b et c"
    assert t.lister([]) == ""
    assert t.accorder(0, "commune") == "0 commune"
    assert t.accorder(12, "commune") == "12 communes"
    assert t.accorder(2, "autre besoin", "autres besoins") == "2 autres besoins"


@pytest.mark.parametrize(
    ("nom", "de", "a"),
    [
        ("Guéret", "de Guéret", "à Guéret"),
        ("Aubusson", "d’Aubusson", "à Aubusson"),
        ("Le Mans", "du Mans", "au Mans"),
        ("Les Abymes", "des Abymes", "aux Abymes"),
        ("La Souterraine", "de La Souterraine", "à La Souterraine"),
        ("Évreux", "d’Évreux", "à Évreux"),
    ],
)
def test_articles_of_towns_are_contracted(nom: str, de: str, a: str) -> None:
    assert (t.de(nom), t.a(nom)) == (de, a)


def test_sentences_get_their_spaces_and_addresses_keep_theirs() -> None:
    assert t.composer("l'eau : 18 % « oui »") == "l’eau\u00a0: 18\u202f% «\u202foui\u202f»"
    assert t.composer("voir https://exemple.fr/a?b=c'd") == "voir https://exemple.fr/a?b=c'd"
