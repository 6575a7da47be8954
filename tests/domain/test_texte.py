"""The normal form shared by detection and search."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.texte import Places, _forme, normaliser, positions


@pytest.mark.parametrize(
    ("brut", "attendu"),
    [
        ("Chantier d’insertion", "chantier d insertion"),
        ("CHANTIER D'INSERTION", "chantier d insertion"),
        ("Chantier dʼinsertion", "chantier d insertion"),
        ("Maître d'Œuvre — Cæsar", "maitre d oeuvre caesar"),
        ("co-working / fab-lab", "co working fab lab"),
        ("L'É\u00adcole  ", "l ecole"),  # a soft hyphen, left by word processors, does not cut the word
        ("Çà et là : 12 000 €", "ca et la 12 000"),
        ("", ""),
        ("…", ""),
    ],
)
def test_the_same_words_written_otherwise_have_one_form(brut: str, attendu: str) -> None:
    assert normaliser(brut) == attendu


@given(st.text())
def test_the_form_is_stable_and_holds_only_words(texte: str) -> None:
    forme = normaliser(texte)
    assert normaliser(forme) == forme
    assert re.fullmatch(r"(?:[a-z0-9]+(?: [a-z0-9]+)*)?", forme)


@given(st.text())
def test_each_character_of_the_form_says_where_it_comes_from(texte: str) -> None:
    forme, origines = normaliser(texte), positions(texte)
    assert len(origines) == len(forme)
    assert origines == sorted(origines)
    assert all(c == " " or c in normaliser(texte[o]) for c, o in zip(forme, origines, strict=True))


@given(st.text() | st.text("aé '-.œ\u00ad\u0301 Œß1"))
def test_places_found_word_by_word_are_those_found_character_by_character(texte: str) -> None:
    places = Places(texte)
    assert [places[rang] for rang in range(len(normaliser(texte)))] == positions(texte)


def _lentement(texte: str) -> str:
    """One character at a time."""
    return " ".join("".join(_forme(c) for c in texte).split())


def test_every_character_reads_the_same_byte_by_byte() -> None:
    tous = [chr(code) for code in range(0x3000)] + [chr(code) for code in range(0xFB00, 0xFB10)]
    assert [normaliser(f"a{c}b") for c in tous] == [_lentement(f"a{c}b") for c in tous]


@given(st.text(alphabet=st.sampled_from("aZ é’œ\u00ad-½ßÀŁ😀\x01\x81"), max_size=12))
def test_mixed_characters_read_the_same_byte_by_byte(texte: str) -> None:
    assert normaliser(texte) == _lentement(texte)
