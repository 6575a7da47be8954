"""Who is compared, and with which values: the same as SQL says, forgotten when another atlas is published."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import numpy as np
import pytest

from perenne.atlas import memoire
from perenne.atlas.lecteur import Atlas
from perenne.atlas.strates import compter, lire_colonne, lire_groupe, rangs_de_strate
from perenne.domain.territoire.mesures import Strate


@pytest.mark.parametrize(
    ("strate", "condition"),
    [
        (Strate(type="commune"), "drom = 0"),
        (Strate(type="commune", drom=True), "drom = 1"),
        (Strate(type="commune", densites=(5,)), "drom = 0 AND densite IN (5)"),
        (Strate(type="commune", densites=(2, 5)), "drom = 0 AND densite IN (2, 5)"),
        (Strate(type="commune", population_min=1000), "drom = 0 AND population >= 1000"),
        (
            Strate(type="commune", densites=(5,), population_min=500, population_max=900),
            "drom = 0 AND densite = 5 AND population >= 500 AND population < 900",
        ),
        (Strate(type="qpv"), "drom = 0"),
        (Strate(type="qpv", population_min=0), "drom = 0 AND population >= 0"),
        (Strate(type="region"), "drom = 0"),
    ],
)
def test_a_stratum_holds_what_the_same_condition_finds_in_sql(
    atlas_jouet: Path, strate: Strate, condition: str
) -> None:
    with Atlas(atlas_jouet) as atlas:
        attendus = atlas.lire(
            f"SELECT code FROM territoire WHERE type = ? AND {condition} ORDER BY code", (strate.type,)
        )
        codes = lire_groupe(atlas, strate.type).codes
        assert [codes[r] for r in rangs_de_strate(atlas, strate)] == [c for (c,) in attendus]
        assert compter(atlas, strate) == len(attendus)


def test_a_column_has_one_value_a_territory_and_none_where_nothing_comparable_is(atlas_jouet: Path) -> None:
    with Atlas(atlas_jouet) as atlas:
        codes = lire_groupe(atlas, "commune").codes
        chomage = dict(zip(codes, lire_colonne(atlas, "taux-chomage", "2021", "commune"), strict=True))
        pauvrete = dict(zip(codes, lire_colonne(atlas, "taux-pauvrete", "2021", "commune"), strict=True))
        assert (chomage["23001"], chomage["23040"]) == (1.0, 40.0)
        assert np.isnan(chomage["23096"])  # no value at all
        assert np.isnan(pauvrete["23010"])  # kept secret
        assert pauvrete["23011"] == 11.0
        assert np.isnan(lire_colonne(atlas, "taux-chomage", "1999", "commune")).all()
        with pytest.raises(ValueError, match="read-only"):
            lire_colonne(atlas, "taux-chomage", "2021", "commune")[0] = 0


def test_what_covers_too_few_inhabitants_is_left_out(tmp_path: Path, ecrire_atlas) -> None:
    ecrire_atlas(tmp_path, "v1")
    with sqlite3.connect(tmp_path / "v1" / "atlas.sqlite") as base:
        base.execute(
            "UPDATE valeur SET couverture = 0.4 WHERE indicateur = 'taux-chomage' AND code = '200000001'"
        )
    base.close()
    with Atlas(tmp_path) as atlas:
        rang = lire_groupe(atlas, "epci").rangs["200000001"]
        assert np.isnan(lire_colonne(atlas, "taux-chomage", "2021", "epci")[rang])
        assert lire_colonne(atlas, "taux-pauvrete", "2021", "epci")[rang] == 16.2


def test_another_atlas_is_read_again_even_under_the_same_name(tmp_path: Path, ecrire_atlas) -> None:
    for nombre, dossier in ((0, tmp_path / "a"), (1, tmp_path / "b")):
        ecrire_atlas(dossier, "v1")
        with sqlite3.connect(dossier / "v1" / "atlas.sqlite") as base:
            base.execute("DELETE FROM territoire WHERE type = 'commune' AND code = '23001' AND ?", (nombre,))
        base.close()
        with Atlas(dossier) as atlas:
            assert compter(atlas, Strate(type="commune")) == 43 - nombre


def test_only_the_last_atlases_are_remembered(tmp_path: Path, ecrire_atlas) -> None:
    for n in range(memoire.VERSIONS + 2):
        ecrire_atlas(tmp_path, f"v{n}")
        with Atlas(tmp_path) as atlas:
            lire_groupe(atlas, "commune")
    assert len(memoire._memoires) == memoire.VERSIONS


def test_what_is_kept_is_computed_once(atlas_jouet: Path) -> None:
    appels: list[int] = []
    with Atlas(atlas_jouet) as un, Atlas(atlas_jouet) as autre:
        for atlas in (un, autre, un):
            assert memoire.garder(atlas, "epreuve", lambda: appels.append(1) or "lu") == "lu"
    assert appels == [1]
