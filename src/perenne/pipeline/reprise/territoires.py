"""The territories, once assembled, as one stage: their tables leave the engine and come back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.controles import Constat, lire_constat
from perenne.pipeline.moteur import Moteur, texte_sql
from perenne.pipeline.reconnaissance import FichierTrouve

NOM = "territoires"
SUFFIXE = ".duckdb"
LUES_ENSUITE = ("commune", "mouvement")
"""What is read of the territories afterwards, besides the tables that are published."""


def empreinte_des_territoires(contexte: Contexte, fichiers: Mapping[str, FichierTrouve]) -> str:
    """Digest of all that the territories are made from.

    Every notice counts, those of the enterprises too: their geographies are followed. So does the file of a
    source of enterprises whose codes of communes are resolved with the others.

    Args:
        fichiers: what was found, by source.
    """
    lus = {
        i: [(p.ou, contexte.sommes[p.chemin]) for p in f.parties]
        for i, f in fichiers.items()
        if contexte.notices[i].chapitre != "entreprises" or contexte.notices[i].controles.communes
    }
    notices = [n.model_dump(mode="json") for _, n in sorted(contexte.notices.items())]
    return contexte.etapes.empreinte(NOM, lus, notices, dict(contexte.indicateurs))


def garder(contexte: Contexte, empreinte: str, constats: Mapping[str, Constat]) -> None:
    """Keep the tables, and what was learnt of the files; then read them as `rendre` will.

    The same rows, differently laid in memory, do not make the same bytes of Parquet.

    Args:
        constats: what the checks of the files of the territories found.
    """
    note = {
        "constats": {i: asdict(c) for i, c in constats.items()},
        "tables": {g: [s for s in lues if s in constats] for g, lues in contexte.tables.items()},
        "fichiers": contexte.fichiers,
        "remarques": contexte.remarques,
        "dates": {i: d.isoformat() for i, d in contexte.dates.items()},
    }
    _copier(contexte.moteur, contexte.etapes.entreprendre(NOM), _a_garder(contexte.moteur))
    contexte.etapes.conclure(NOM, empreinte, note, SUFFIXE)
    _relire(contexte)


def rendre(contexte: Contexte, note: Mapping[str, Any]) -> dict[str, Constat]:
    """Put everything back as `garder` found it; what the checks of the files had found."""
    _relire(contexte)
    for genre, sources in note["tables"].items():
        if sources:
            contexte.tables.setdefault(genre, []).extend(sources)
    contexte.fichiers.update(note["fichiers"])
    contexte.remarques.update({s: list(r) for s, r in note["remarques"].items()})
    contexte.dates.update({s: dt.date.fromisoformat(d) for s, d in note["dates"].items()})
    return {i: lire_constat(c) for i, c in note["constats"].items()}


def _relire(contexte: Contexte) -> None:
    moteur = contexte.moteur
    moteur.executer(f"ATTACH {texte_sql(contexte.etapes.chemin(NOM, SUFFIXE))} AS garde (READ_ONLY)")
    vues = {v for (v,) in moteur.lignes("SELECT view_name FROM duckdb_views() WHERE NOT internal")}
    try:
        for (table,) in moteur.lignes(
            "SELECT table_name FROM duckdb_tables() WHERE database_name = 'garde' ORDER BY table_oid"
        ):
            moteur.executer(f'DROP {"VIEW" if table in vues else "TABLE"} IF EXISTS "{table}"')
            moteur.executer(f'CREATE TABLE "{table}" AS SELECT * FROM garde."{table}"')
    finally:
        moteur.executer("DETACH garde")


def _a_garder(moteur: Moteur) -> list[str]:
    publiees = moteur.lignes(
        "SELECT table_name FROM duckdb_tables() WHERE starts_with(table_name, 'atl_') ORDER BY table_name"
    )
    return [*(nom for (nom,) in publiees), *LUES_ENSUITE]


def _copier(moteur: Moteur, chemin: Path, tables: Sequence[str]) -> None:
    """In a file of the engine itself: the types and the order of the rows stay what they are."""
    moteur.executer(f"ATTACH {texte_sql(chemin)} AS garde")
    try:
        for table in tables:
            moteur.executer(f'CREATE TABLE garde."{table}" AS SELECT * FROM "{table}"')
        moteur.executer("CHECKPOINT garde")
    finally:
        moteur.executer("DETACH garde")
