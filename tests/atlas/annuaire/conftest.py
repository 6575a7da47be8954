"""A directory written by the build from a few invented enterprises."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from perenne.atlas.lecteur import Atlas
from perenne.domain.texte import normaliser
from perenne.pipeline.annuaire import ecriture
from perenne.pipeline.schema import TABLES

TYPES = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64(), "BLOB": pa.binary()}
DEFAUTS: dict[str, Any] = {
    "verdict": "oui", "etat": "active", "commune": "99001", "departement": "99", "precision": "inconnu",
    "qpv_statut": "inconnu", "diffusible": 1,
}  # fmt: skip
OuvrirAtlas = Callable[..., Any]


def ecrire_atlas(dossier: Path, **tables: list[dict[str, Any]]) -> None:
    """An atlas with these rows; `entreprise` rows have the usual values where they say nothing."""
    (dossier / "v").mkdir(parents=True)
    tables["entreprise"] = sorted(
        ({**DEFAUTS, "siren": e["id"], **e} for e in tables.get("entreprise", [])), key=lambda e: e["id"]
    )
    tables.setdefault("territoire", []).append(
        {"type": "commune", "code": "99001", "nom": "Brumeville", "departement": "99", "region": "99"}
    )
    with sqlite3.connect(dossier / "v" / "atlas.sqlite") as base:
        base.execute("CREATE VIRTUAL TABLE recherche USING fts5(nom, type UNINDEXED, code UNINDEXED)")
        for table in TABLES:
            lignes = tables.get(table.nom, [])
            noms = [c.nom for c in table.champs]
            base.execute(f"CREATE TABLE {table.nom} ({', '.join(noms)})")
            base.executemany(
                f"INSERT INTO {table.nom} VALUES ({', '.join('?' * len(noms))})",
                [[ligne.get(n) for n in noms] for ligne in lignes],
            )
            pq.write_table(
                pa.table(
                    {c.nom: pa.array([e.get(c.nom) for e in lignes], TYPES[c.type]) for c in table.champs}
                ),
                dossier / "v" / f"{table.nom}.parquet",
            )
        base.executemany(
            "INSERT INTO recherche VALUES (?, ?, ?)",
            [(normaliser(t["nom"]), t["type"], t["code"]) for t in tables["territoire"]],
        )
        ecriture.ecrire(dossier / "v", base)
    base.close()
    (dossier / "actuel").write_text("v", encoding="utf-8")


@pytest.fixture
def ouvrir_atlas(tmp_path: Path) -> OuvrirAtlas:
    """Opens an atlas that holds the rows given, by table."""
    rang = 0

    @contextmanager
    def ouvrir(**tables: list[dict[str, Any]]) -> Iterator[Atlas]:
        nonlocal rang
        rang += 1
        ecrire_atlas(tmp_path / str(rang), **tables)
        with Atlas(tmp_path / str(rang)) as atlas:
            yield atlas

    return ouvrir
