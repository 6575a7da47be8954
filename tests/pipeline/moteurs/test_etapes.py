"""Stages that die at any moment: what was finished is used again, what was not is made again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from tests.pipeline.moteurs.noyaux_d_essai import DOUBLE, PAIRE, apparier, fabriquer

from perenne.pipeline.moteur import ouvrir_moteur
from perenne.pipeline.moteurs import etapes as module
from perenne.pipeline.moteurs.commun import stabiliser
from perenne.pipeline.moteurs.duckdb import MasseDuckDB
from perenne.pipeline.moteurs.empreintes import empreinte_de_table
from perenne.pipeline.moteurs.etapes import Etapes

NOMS = ["lu", "garde", "double", "paire"]
"""The stages of the small build of these tests, in their order."""

ATTENDUES = [("a", "a"), ("a", "b"), ("b", "a"), ("b", "b"), ("c", "c")]


class Mort(BaseException):
    """The process dies here."""


def _batir(dossier: Path, facteur: int = 2) -> tuple[Etapes, list[tuple[object, ...]]]:
    """One stage of each operation, each from the one before."""
    etapes = Etapes(dossier, "essai")
    try:
        with ouvrir_moteur() as base:
            masse = MasseDuckDB(base, etapes)
            colonnes = {"nom": ["a", "b", "c", "z"], "x": [1, 2, 3, 4], "groupe": ["1", "1", "2", None]}
            lots = pa.table(colonnes).to_batches()
            masse.ranger("lu", iter(lots), lots[0].schema, cle="v1", note=lambda: {"lus": 4})
            lu = masse.table("lu")
            masse.materialiser("garde", lu.filter(lu.nom != "z"))
            garde = masse.table("garde")
            masse.noyau(
                "double", garde.select("nom", "x"), partial(fabriquer, facteur), DOUBLE, cle=str(facteur)
            )
            masse.voir("vue", garde.semi_join(masse.table("double"), "nom"))
            masse.apparier("paire", masse.table("vue"), garde, "groupe", noyau=apparier, schema=PAIRE)
            etapes.attendre()
            return etapes, sorted(masse.lignes(masse.table("paire")))
    finally:
        etapes.fermer()


def _avant_d_ecrire(nom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ancien = Etapes.entreprendre

    def mourir(etapes: Etapes, fait: str) -> Path:
        if fait == nom:
            raise Mort
        return ancien(etapes, fait)

    monkeypatch.setattr(Etapes, "entreprendre", mourir)


def _a_moitie_ecrite(nom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ancien = Etapes.conclure

    def mourir(etapes: Etapes, fait: str, *reste: object) -> object:
        if fait == nom:
            partiel = etapes.dossier / f"{nom}.partiel"
            partiel.write_bytes(partiel.read_bytes()[:-7])
            raise Mort
        return ancien(etapes, fait, *reste)  # type: ignore[arg-type]

    monkeypatch.setattr(Etapes, "conclure", mourir)


def _avant_sa_fiche(nom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ancien = Etapes._sceller

    def mourir(etapes: Etapes, fait: str, *reste: object) -> None:
        if fait == nom:
            raise Mort
        ancien(etapes, fait, *reste)  # type: ignore[arg-type]

    monkeypatch.setattr(Etapes, "_sceller", mourir)


def _pendant_sa_fiche(nom: str, monkeypatch: pytest.MonkeyPatch) -> None:
    ancien = module.ecrire_surement

    def mourir(chemin: Path, texte: str) -> None:
        if chemin.name == f"{nom}.json":
            chemin.with_name(f".{chemin.name}.neuf").write_text(texte[:20])
            raise Mort
        ancien(chemin, texte)

    monkeypatch.setattr(module, "ecrire_surement", mourir)


MOMENTS = [_avant_d_ecrire, _a_moitie_ecrite, _avant_sa_fiche, _pendant_sa_fiche]


@pytest.mark.parametrize("nom", NOMS)
@pytest.mark.parametrize("moment", MOMENTS)
def test_whatever_the_moment_of_the_death_the_next_attempt_takes_up_what_was_finished(
    moment: Callable[[str, pytest.MonkeyPatch], None], nom: str, tmp_path: Path
) -> None:
    with pytest.MonkeyPatch.context() as monkeypatch:
        moment(nom, monkeypatch)
        with pytest.raises(Mort):
            _batir(tmp_path)
    etapes, lignes = _batir(tmp_path)
    assert lignes == ATTENDUES
    rang = NOMS.index(nom)
    assert etapes.reprises[:rang] == NOMS[:rang]
    assert nom in etapes.faites
    assert etapes.abimees == []


def test_without_any_death_everything_is_taken_up_and_nothing_is_written(tmp_path: Path) -> None:
    _batir(tmp_path)
    dates = {f.name: f.stat().st_mtime_ns for f in tmp_path.iterdir()}
    etapes, lignes = _batir(tmp_path)
    assert (etapes.reprises, etapes.faites, lignes) == (NOMS, [], ATTENDUES)
    assert {f.name: f.stat().st_mtime_ns for f in tmp_path.iterdir()} == dates


def test_only_what_depends_on_a_change_is_made_again(tmp_path: Path) -> None:
    _batir(tmp_path)
    etapes, _ = _batir(tmp_path, facteur=3)
    assert (etapes.reprises, etapes.faites) == (["lu", "garde"], ["double", "paire"])


def _retourner_un_bit(chemin: Path) -> None:
    octets = bytearray(chemin.read_bytes())
    octets[len(octets) // 3] ^= 1
    chemin.write_bytes(octets)


def _couper(chemin: Path) -> None:
    chemin.write_bytes(chemin.read_bytes()[:-10])


ABIMER: dict[str, Callable[[Path], object]] = {
    "one bit": lambda d: _retourner_un_bit(d / "garde.parquet"),
    "cut": lambda d: _couper(d / "garde.parquet"),
    "gone": lambda d: (d / "garde.parquet").unlink(),
    "record cut": lambda d: _couper(d / "garde.json"),
    "record of nothing": lambda d: (d / "garde.json").write_text("[]"),
    "record that leads elsewhere": lambda d: (d / "garde.json").write_text(
        json.dumps({**json.loads((d / "garde.json").read_text()), "fichier": "../ailleurs.parquet"})
    ),
}


@pytest.mark.parametrize("faute", ABIMER)
def test_a_damaged_stage_is_made_again_and_no_other(faute: str, tmp_path: Path) -> None:
    _batir(tmp_path)
    ABIMER[faute](tmp_path)
    etapes, lignes = _batir(tmp_path)
    assert lignes == ATTENDUES
    assert etapes.faites == ["garde"]
    assert etapes.reprises == ["lu", "double", "paire"]


def test_a_stage_that_the_disk_refused_is_told_at_the_next_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuser(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Etapes, "_sceller", refuser)
    with pytest.raises(OSError, match="No space left"):
        _batir(tmp_path)


def test_the_record_of_a_file_holds_its_own_digest(tmp_path: Path) -> None:
    etapes, _ = _batir(tmp_path)
    chemin = etapes.chemin("garde")
    fiche = etapes.fiche("garde")
    assert fiche.sha256 == hashlib.sha256(chemin.read_bytes()).hexdigest()
    assert fiche.octets == chemin.stat().st_size


def test_the_digest_of_a_table_is_that_of_its_rows_whatever_lies_under_empty_cells() -> None:
    def table(sous: int) -> pa.Table:
        tampon = pa.py_buffer(bytes([1, 0, 0, 0, sous, 0, 0, 0]))
        return pa.table({"x": pa.Array.from_buffers(pa.int32(), 2, [pa.py_buffer(b"\x01"), tampon])})

    assert empreinte_de_table(table(5)) == empreinte_de_table(table(9))
    assert empreinte_de_table(table(5)) != empreinte_de_table(pa.table({"x": pa.array([1, 5], pa.int32())}))


def test_the_order_of_rows_and_the_names_of_columns_count(tmp_path: Path) -> None:
    lignes = pa.table({"x": [1, 2, 3]})
    pq.write_table(lignes, tmp_path / "t.parquet")
    relue = pq.read_table(tmp_path / "t.parquet")
    assert empreinte_de_table(relue) == empreinte_de_table(lignes)
    assert empreinte_de_table(lignes.take([2, 1, 0])) != empreinte_de_table(lignes)
    assert empreinte_de_table(lignes.rename_columns(["y"])) != empreinte_de_table(lignes)


def test_the_order_in_which_columns_are_left_out_does_not_count() -> None:
    a, b = (f"SELECT * EXCLUDE ({c}) FROM (SELECT 1)" for c in ('"b", "a"', '"a", "b"'))
    assert stabiliser(a) == stabiliser(b) == b
