"""Records cut a block at a time are those that a line-by-line reading finds."""

from __future__ import annotations

import re
from pathlib import Path

import numpy as np
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from perenne.pipeline import lecture_tolerante
from perenne.pipeline.avance import en_avance
from perenne.pipeline.decoupe import Bloc, Coupe, couper, lire_bloc
from perenne.pipeline.lecture_tolerante import Bilan, lire_tolerant
from perenne.pipeline.reconnaissance import FichierTrouve

COLONNES = ["id", "titre", "objet"]
DEBUT = r'^"?W[0-9]{3}"?;'


def _lire(chemin: Path) -> tuple[list[tuple[str | None, ...]], Bilan]:
    bilan = Bilan()
    lots = list(
        lire_tolerant(FichierTrouve(chemin=chemin, relatif=chemin.name), COLONNES, ["id"], DEBUT, bilan)
    )
    lignes = [tuple(ligne.values()) for lot in lots for ligne in lot.to_pylist()]
    return sorted(lignes, key=repr), bilan


def _patiente(bloc: Bloc, largeur: int, debut: re.Pattern[str]) -> Coupe:
    """Nothing is cut at once: every line goes to the other reader."""
    vide = couper(lire_bloc(b"\n"), largeur, debut)
    return Coupe(rangs=np.zeros(0, np.int64), bornes=vide.bornes, cellules=vide.cellules)


_CELLULE = st.text(alphabet='ab;"\né’ \r', max_size=6)
_FICHE = st.builds(
    lambda n, titre, objet, genre: (
        [f"W{n:03d}", titre, objet]
        if genre < 9
        else [f"X{n:03d}", titre, objet]
        if genre == 9
        else [f"W{n:03d}", titre, objet, "de trop"]
    ),
    st.integers(0, 999), _CELLULE, _CELLULE, st.integers(0, 10),
)  # fmt: skip
_ECRITURE = st.tuples(
    st.sampled_from(["cp1252", "utf-8"]), st.sampled_from(["\n", "\r\n"]), st.integers(0, 12), st.booleans()
)


def _ecrire(fiches: list[tuple[list[str], tuple[str, str, int, bool]]]) -> bytes:
    morceaux = [b'"id";"titre";"objet"\n']
    for cellules, (encodage, fin, faute, nue) in fiches:
        if nue and not any(set(c) & set(';"\n') for c in cellules):
            ligne = ";".join(cellules)
        else:
            ligne = ";".join('"' + c.replace('"', '""') + '"' for c in cellules)
        if faute == 0:
            ligne = ligne[: len(ligne) // 2]  # never finished
        if faute == 1:
            ligne = ligne.replace("a", '"', 1)  # a stray quote
        morceaux.append((ligne + fin).encode(encodage))
    return b"".join(morceaux)


@settings(max_examples=100)
@given(fiches=st.lists(st.tuples(_FICHE, _ECRITURE), max_size=8), bloc=st.sampled_from([7, 40, 1 << 20]))
def test_cutting_at_once_changes_nothing_to_what_is_read(
    fiches: list[tuple[list[str], tuple[str, str, int, bool]]],
    bloc: int,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    chemin = tmp_path_factory.mktemp("rna") / "essai.csv"
    chemin.write_bytes(_ecrire(fiches))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(lecture_tolerante, "REJET_MAX", 1.0)
        patch.setattr(lecture_tolerante, "BLOC", bloc)
        vite = _lire(chemin)
        patch.setattr(lecture_tolerante, "couper", _patiente)
        patch.setattr(lecture_tolerante, "BLOC", 1 << 20)
        lentement = _lire(chemin)
    assert vite == lentement


def test_a_file_read_by_hand(tmp_path: Path) -> None:
    chemin = tmp_path / "rna.csv"
    chemin.write_bytes(
        '"id";"titre";"objet"\r\n"W001";"FÊTE";""\r\n"W002";"À ""LA"" UNE";"un ; deux"\n'.encode("cp1252")
        + '"W003";"ÉTÉ";"trois"\n"W004";"coupé'.encode()
        + '\nen deux";"quatre"\n"W005";"jamais\n"W006";"BON";"six"\n'.encode("cp1252")
    )
    lignes, bilan = _lire(chemin)
    assert lignes == [
        ("W001", "FÊTE", None),
        ("W002", 'À "LA" UNE', "un ; deux"),
        ("W003", "ÉTÉ", "trois"),
        ("W004", "coupé en deux", "quatre"),
        ("W006", "BON", "six"),
    ]
    assert (bilan.lus, bilan.recollees, bilan.reparees) == (5, 1, 2)
    assert dict(bilan.rejets) == {"enregistrement coupé ou guillemet non refermé": 1}
    assert bilan.exemples == ["rna.csv, ligne 7"]


def test_whole_records_are_cut_at_once(tmp_path: Path) -> None:
    bloc = lire_bloc(
        b'"W001";"un";""\n"W002";"de""ux";""\n"W003";"a;b";"c"\r\n"X004";"";""\n"W005"x"de";"c"\n'
    )
    coupe = couper(bloc, 3, re.compile(DEBUT))
    assert coupe.rangs.tolist() == [0, 2]
    assert coupe.colonne(1).equals(pa.array(["un", "a;b"]))
    assert coupe.colonne(2).to_pylist() == [None, "c"]


def test_elements_prepared_ahead_keep_their_order_and_their_errors() -> None:
    assert list(en_avance(lambda n: n * n, range(20))) == [n * n for n in range(20)]

    def faire(n: int) -> int:
        if n == 3:
            raise ValueError(n)
        return n

    suite = en_avance(faire, range(20))
    assert [next(suite) for _ in range(3)] == [0, 1, 2]
    with pytest.raises(ValueError, match="3"):
        next(suite)
