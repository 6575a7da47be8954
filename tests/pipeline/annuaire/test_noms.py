"""Names read by columns give the same words as names read one by one."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from perenne.domain.annuaire.mots import cle_de_recherche, decouper, entre_parentheses, racine
from perenne.pipeline.annuaire.noms import lire_noms

NOMS = st.lists(
    st.one_of(
        st.none(),
        st.text(max_size=20),
        st.text(alphabet="AB LD.(')-1é", max_size=14),
        st.sampled_from(["ASSOCIATION", "DE LA", "A D M R DE L ONDE", "L'A.M.A.P.", "LES JARDINS (J.P.)"]),
    ),
    max_size=12,
)


@given(NOMS)
def test_columns_and_rows_give_the_same_words_and_keys(noms: list[str | None]) -> None:
    lexique = lire_noms([(np.arange(len(noms)), pa.chunked_array([pa.array(noms, pa.string())]))])
    lus = sorted(zip(lexique.porteur_lu.tolist(), (lexique.mots[m] for m in lexique.mot_lu), strict=True))
    attendus = [(i, racine(m)) for i, nom in enumerate(noms) for m in decouper(nom or "")]
    assert lus == sorted(attendus)
    cles = set(zip(lexique.porteur_cle.tolist(), lexique.cles.to_pylist(), strict=True))
    assert cles == {
        (i, cle)
        for i, nom in enumerate(noms)
        for cle in {cle_de_recherche(nom or ""), *map(cle_de_recherche, entre_parentheses(nom or ""))}
        if cle
    }
    assert lexique.mots == sorted(set(lexique.mots))
