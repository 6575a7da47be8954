"""Small published versions, written as the pipeline does: a Parquet file per table and a manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

Lignes = Sequence[Mapping[str, object]]
EcrireVersion = Callable[..., Path]
TYPES = {"population": pa.int64(), "superficie_km2": pa.float64(), "valeur": pa.float64(), "wkb": pa.binary()}


def ecrire_version(dossier: Path, tables: Mapping[str, Lignes], schema: int = 1) -> Path:
    """Write a version; an empty table keeps the columns of `type, code, nom`."""
    dossier.mkdir(parents=True)
    for nom, lignes in tables.items():
        colonnes = list(lignes[0]) if lignes else ["type", "code", "nom"]
        champs = pa.schema([(c, TYPES.get(c, pa.string())) for c in colonnes])
        pq.write_table(pa.Table.from_pylist(list(lignes), schema=champs), dossier / f"{nom}.parquet")
    manifeste = {
        "version": dossier.name,
        "schema": schema,
        "construit_le": "2026-11-23T12:00:00+00:00",
        "tables": {nom: len(lignes) for nom, lignes in tables.items()},
    }
    (dossier / "manifest.json").write_text(json.dumps(manifeste), encoding="utf-8")
    return dossier


@pytest.fixture(name="ecrire_version", scope="session")
def _ecrire_version() -> EcrireVersion:
    return ecrire_version
