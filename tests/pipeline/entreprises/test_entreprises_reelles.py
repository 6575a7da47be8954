"""The real extracts: Sirene units with the ESS flag, structures of inclusion, data·inclusion of 2022."""

from __future__ import annotations

import contextlib
import csv
import sqlite3
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from perenne.pipeline.publication import version_courante

pytestmark = [pytest.mark.shared, pytest.mark.lent]


@pytest.fixture(scope="module")
def reelle(atlas_reel: Path) -> Iterator[sqlite3.Connection]:
    version = version_courante(atlas_reel)
    assert version is not None
    chemin = version / "atlas.sqlite"
    with contextlib.closing(sqlite3.connect(f"file:{chemin}?mode=ro", uri=True)) as lien:
        yield lien


def test_every_unit_of_the_extract_is_there_and_none_is_denied(
    reelle: sqlite3.Connection, partage: Path
) -> None:
    with (partage / "data/ess/04_ess_flag_insee.csv").open(encoding="utf-8") as flux:
        lignes = list(csv.DictReader(flux))
    attendues = Counter(ligne["categorieJuridiqueUniteLegale"] for ligne in lignes)
    lues = dict(
        reelle.execute("SELECT forme, count(*) FROM entreprise WHERE forme IS NOT NULL GROUP BY forme")
    )
    assert lues == dict(attendues)
    # the flag is on all of them: nothing known of them says « no » but an excluded form
    assert {v for (v,) in reelle.execute("SELECT verdict FROM entreprise WHERE forme = '9220'")} == {"oui"}
    assert {v for (v,) in reelle.execute("SELECT verdict FROM entreprise WHERE forme = '5710'")} == {
        "probable"
    }


def test_almost_every_structure_of_inclusion_finds_its_commune_by_its_name(
    reelle: sqlite3.Connection,
) -> None:
    total, situees = reelle.execute(
        "SELECT count(*), count(commune) FROM entreprise_registre WHERE registre = 'siae'"
    ).fetchone()
    assert total == 3853
    assert situees / total > 0.97


def test_being_in_data_inclusion_alone_makes_nobody_an_ess_enterprise(reelle: sqlite3.Connection) -> None:
    assert reelle.execute(
        "SELECT count(*) FROM entreprise_raison WHERE raison = 'data-inclusion'"
    ).fetchone() == (0,)
    seules = (
        "SELECT count(*) FROM entreprise_registre r WHERE r.registre = 'data-inclusion' AND r.id IS NOT NULL "
        "AND r.id NOT IN (SELECT id FROM entreprise_raison)"
    )
    assert reelle.execute(seules).fetchone() == (0,)


def test_without_the_outlines_nobody_is_said_in_a_quartier(reelle: sqlite3.Connection) -> None:
    statuts = {s for (s,) in reelle.execute("SELECT DISTINCT qpv_statut FROM entreprise")}
    assert statuts == {"dehors", "inconnu"}
