"""The baseline of the build: DuckDB reads every column of the enterprises that the build uses, and no more.

python -m benchmarks.national.balayage DOSSIER
"""

from __future__ import annotations

import json
import sys
import tempfile
import zipfile
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

from perenne.sources.registre import charger_notices

PARQUETS = {
    "insee_sirene_unites": "StockUniteLegale_utf8.parquet",
    "insee_sirene_etablissements": "StockEtablissement_utf8.parquet",
}
ARCHIVES = {
    "interieur_rna_waldec": "rna_waldec_20261101.zip",
    "interieur_rna_import": "rna_import_20261101.zip",
}
LECTEURS = {".csv": "read_csv(?, all_varchar = true)", ".json": "read_json_auto(?)"}
"""How the lists are read, whole: they are small."""


def balayer(sources: Path) -> dict[str, int]:
    """The extremes of every column used; how many rows there were."""
    entreprises = sources / "entreprises"
    notices = {n.id: n for n in charger_notices()}
    lignes = {}
    with duckdb.connect() as base:
        base.execute("SET enable_progress_bar = false")
        for id_, nom in PARQUETS.items():
            chemin = entreprises / nom
            presentes = set(pq.read_schema(chemin).names)
            colonnes = [c for c in notices[id_].colonnes if c in presentes]
            extremes = ", ".join(f'min("{c}"), max("{c}")' for c in colonnes)
            lu = base.sql(f"SELECT count(*), {extremes} FROM read_parquet('{chemin}')").fetchall()
            lignes[id_] = int(lu[0][0])
        for id_, nom in ARCHIVES.items():
            lignes[id_] = _archive(base, entreprises / nom, list(notices[id_].colonnes))
        for liste in sorted(f for f in entreprises.iterdir() if f.suffix in LECTEURS):
            lu = base.sql(
                f"SELECT count(*), min(COLUMNS(*)::VARCHAR) FROM {LECTEURS[liste.suffix]}",
                params=[str(liste)],
            )
            lignes[liste.name] = int(lu.fetchall()[0][0])
    return lignes


def _archive(base: duckdb.DuckDBPyConnection, chemin: Path, colonnes: list[str]) -> int:
    """Lines that cannot be read are left out: this is a baseline, not a reading.

    DuckDB refuses the signs that Windows puts between ISO-8859-1 controls: they are dropped on the way.
    """
    with tempfile.TemporaryDirectory() as dossier, zipfile.ZipFile(chemin) as archive:
        for nom in archive.namelist():
            (Path(dossier) / nom).write_bytes(archive.read(nom).translate(None, bytes(range(0x80, 0xA0))))
            with (Path(dossier) / nom).open("rb") as flux:
                entete = flux.readline().decode("ascii").strip().replace('"', "").split(";")
        extremes = ", ".join(f'min("{c}")' for c in colonnes)
        champs = ", ".join(f"'{c}': 'VARCHAR'" for c in entete)
        lu = base.sql(
            f"SELECT count(*), {extremes} FROM read_csv('{dossier}/*.csv', delim = ';', quote = '\"', "
            "escape = '\"', "
            f"header = true, auto_detect = false, columns = {{{champs}}}, encoding = 'latin-1', "
            "strict_mode = false, ignore_errors = true)"
        ).fetchall()
    return int(lu[0][0])


if __name__ == "__main__":
    print(json.dumps(balayer(Path(sys.argv[1]))))
