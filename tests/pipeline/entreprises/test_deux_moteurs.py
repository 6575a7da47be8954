"""The same atlas from both engines: every table, row by row, by what compares two atlases."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from tests.pipeline.spark import exiger_spark, une_fois

from perenne.pipeline.comparaison.calcul import comparer
from perenne.pipeline.comparaison.version import ouvrir_version
from perenne.pipeline.publication import version_courante
from perenne.pipeline.schema import TABLES
from perenne.pipeline.schema_entreprises import TABLES_ENTREPRISES


@pytest.fixture(scope="module")
def versions(
    request: pytest.FixtureRequest,
    construire_activites: Callable[[Path, str], object],
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, Path]:
    """The version of DuckDB, then that of Spark."""
    exiger_spark()
    trouvees = []
    for moteur in ("duckdb", "spark"):

        def batir(vers: Path, moteur: str = moteur) -> None:
            if moteur == "spark":
                request.getfixturevalue("session_spark")
            construire_activites(vers, moteur)

        version = version_courante(une_fois(tmp_path_factory, f"atlas-activites-{moteur}", batir))
        assert version is not None
        trouvees.append(version)
    return trouvees[0], trouvees[1]


def test_no_row_of_no_table_tells_which_engine_made_it(versions: tuple[Path, Path]) -> None:
    a, b = (ouvrir_version(v) for v in versions)
    with comparer(a, b) as comparaison:
        assert comparaison.schema == ()
        assert [f"{d.table} {d.cle} {d.colonne}" for d in comparaison.details()] == []
    assert set(a.colonnes) == {t.nom for t in TABLES}


def test_what_was_compared_is_not_empty(versions: tuple[Path, Path]) -> None:
    lignes = {t.nom: pq.read_metadata(versions[1] / f"{t.nom}.parquet").num_rows for t in TABLES_ENTREPRISES}
    assert min(lignes.values()) > 0
