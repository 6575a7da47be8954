"""Kernels of the tests, which the processes of Spark import: as little else as possible here."""

from __future__ import annotations

import pyarrow as pa

from perenne.pipeline.moteurs.interface import Noyau

DOUBLE = pa.schema([("nom", pa.string()), ("double", pa.int64())])
PAIRE = pa.schema([("gauche", pa.string()), ("droite", pa.string())])


def fabriquer(facteur: int) -> Noyau:
    """A kernel that doubles, and drops what is null."""

    def doubler(lot: pa.RecordBatch) -> pa.RecordBatch:
        lignes = [(n, x * facteur) for n, x in zip(*(c.to_pylist() for c in lot.columns), strict=True) if x]
        noms, valeurs = zip(*lignes, strict=True) if lignes else ((), ())
        return pa.RecordBatch.from_arrays(
            [pa.array(noms, pa.string()), pa.array(valeurs, pa.int64())], schema=DOUBLE
        )

    return doubler


def apparier(gauche: pa.Table, droite: pa.Table) -> pa.Table:
    """Every pair of the rows of one group."""
    paires = [
        (a["nom"], b["nom"])
        for a in gauche.to_pylist()
        for b in droite.to_pylist()
        if a["groupe"] == b["groupe"]
    ]
    colonnes = list(zip(*paires, strict=True)) if paires else [(), ()]
    return pa.table([pa.array(c, pa.string()) for c in colonnes], schema=PAIRE)
