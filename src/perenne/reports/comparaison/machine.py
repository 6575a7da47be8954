"""The comparison for machines, whole, written as it is read: JSON and CSV."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from perenne.pipeline.comparaison.resultat import Comparaison, Detail
from perenne.pipeline.comparaison.version import Version

COLONNES = ("table", "nature", "cle", "libelle", "colonne", "avant", "apres")


def ecrire_json(comparaison: Comparaison) -> Iterator[str]:
    """Pieces of one JSON document, one detail a line."""
    tete: dict[str, Any] = {
        "a": _version(comparaison.a),
        "b": _version(comparaison.b),
        "schema": [asdict(e) for e in comparaison.schema],
        "comptes": [asdict(c) for c in comparaison.comptes],
        "arrondis": comparaison.arrondis,
    }
    yield json.dumps(tete, ensure_ascii=False, indent=2)[:-2] + ',\n  "details": ['
    separateur = "\n    "
    for detail in comparaison.details():
        noms = comparaison.cles[detail.table]
        ligne = asdict(detail) | {"cle": dict(zip(noms, detail.cle, strict=True))}
        yield separateur + json.dumps(ligne, ensure_ascii=False)
        separateur = ",\n    "
    yield ("\n  ]" if separateur.startswith(",") else "]") + "\n}\n"


def ecrire_csv(comparaison: Comparaison) -> Iterator[str]:
    """One line per difference, separated by semicolons; those of the schema come first."""
    yield _ligne(COLONNES)
    for ecart in comparaison.schema:
        yield _ligne((ecart.table, "schema", "", "", ecart.colonne, ecart.avant, ecart.apres))
    for detail in comparaison.details():
        yield _ligne(
            (
                detail.table, detail.nature, _cle(comparaison, detail), detail.libelle, detail.colonne,
                detail.avant or "", detail.apres or "",
            )
        )  # fmt: skip


def _cle(comparaison: Comparaison, detail: Detail) -> str:
    return " ".join(f"{n}={v or ''}" for n, v in zip(comparaison.cles[detail.table], detail.cle, strict=True))


def _version(version: Version) -> dict[str, Any]:
    return {"version": version.nom, "construite_le": version.construite_le, "schema": version.schema}


def _ligne(valeurs: tuple[str, ...]) -> str:
    sortie = io.StringIO()
    csv.writer(sortie, delimiter=";", lineterminator="\r\n").writerow(valeurs)
    return sortie.getvalue()
