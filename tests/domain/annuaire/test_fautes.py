"""A word and the same with one mistake share a digest; distance by an independent library."""

from __future__ import annotations

import string

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import OSA

from perenne.domain.annuaire.fautes import corrigeable, empreintes, fautes_permises

MOTS = st.text(alphabet=string.ascii_lowercase, min_size=4, max_size=12)


@st.composite
def fautes(tirer: st.DrawFn) -> tuple[str, str]:
    mot = tirer(MOTS.filter(lambda m: len(m) > 4))
    i, lettre = tirer(st.integers(0, len(mot) - 2)), tirer(st.sampled_from("aez"))
    ecrits = (
        mot[:i] + mot[i + 1 :],
        mot[:i] + lettre + mot[i:],
        mot[:i] + lettre + mot[i + 1 :],
        mot[:i] + mot[i + 1] + mot[i] + mot[i + 2 :],
    )
    return mot, tirer(st.sampled_from(ecrits))


@given(fautes())
def test_a_letter_missing_added_wrong_or_swapped_is_found(paire: tuple[str, str]) -> None:
    mot, ecrit = paire
    assert OSA.distance(mot, ecrit) <= 1
    connus, _ = empreintes([mot])
    demandes, _ = empreintes([ecrit])
    assert set(connus.tolist()) & set(demandes.tolist())


@given(st.lists(MOTS, max_size=8))
def test_each_digest_leads_to_its_word_whatever_the_others_are(mots: list[str]) -> None:
    digests, places = empreintes(mots)
    for place, mot in enumerate(mots):
        seul, _ = empreintes([mot])
        assert sorted(seul.tolist()) == sorted(digests[places == place].tolist())


def test_short_words_and_numbers_are_never_mended() -> None:
    assert not any(map(corrigeable, ["ess", "2026", "2eme", "a" * 31]))
    assert [fautes_permises(m) for m in ("amis", "recyclerie", "abc")] == [1, 2, 0]
    digests, places = empreintes(["ess", ""])
    assert (len(digests), len(places)) == (0, 0)
