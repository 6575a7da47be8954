"""What a build delivers: the Parquet tables, the SQLite file and the manifest, the first two as stages."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Mapping
from functools import partial
from pathlib import Path
from typing import Any

import pyarrow as pa

from perenne import __version__
from perenne.pipeline import publication, sqlite
from perenne.pipeline.assemblage import entreprises
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.moteur import Moteur, texte_sql
from perenne.pipeline.moteurs.empreintes import empreinte_de_table
from perenne.pipeline.reprise import territoires
from perenne.pipeline.schema import TABLES, VERSION

_SOURCES = "sources"
_BASE = "base"
_SUFFIXE_BASE = ".sqlite"


def deposer_sources(contexte: Contexte, lignes: pa.Table) -> None:
    """Hand over the rows of the table `source`."""
    contexte.etapes.noter(_SOURCES, empreinte_de_table(lignes))
    contexte.moteur.deposer("atl_source", lignes)


def exporter(contexte: Contexte, travail: Path) -> None:
    """The Parquet tables, each a stage, linked into `travail`."""
    etapes = contexte.etapes
    for table in TABLES:
        origine = territoires.NOM if table.nom != "source" else _SOURCES
        if contexte.masse.connue(f"atl_{table.nom}"):
            origine = f"atl_{table.nom}"
            contexte.masse.livrer(origine)
        noms = ", ".join(c.nom for c in table.champs)
        requete = f"SELECT {noms} FROM atl_{table.nom} ORDER BY {', '.join(table.cle) or noms}"
        nom = _etape(table.nom)
        copie = partial(_copier, contexte.moteur, requete)
        etapes.faire(nom, etapes.empreinte("publier", requete, tables=[origine]), copie)
        _lier(etapes.chemin(nom), travail / f"{table.nom}.parquet")


def ecrire_base(contexte: Contexte, travail: Path) -> None:
    """The SQLite file, from the Parquet tables of `travail`."""
    etapes = contexte.etapes
    empreinte = etapes.empreinte("sqlite", tables=[_etape(t.nom) for t in TABLES])
    etapes.faire(_BASE, empreinte, lambda chemin: sqlite.ecrire(travail, chemin), suffixe=_SUFFIXE_BASE)
    _lier(etapes.chemin(_BASE, _SUFFIXE_BASE), travail / publication.BASE)


def decrire(
    contexte: Contexte, travail: Path, version: str, maintenant: dt.datetime, decisions: Mapping[str, str]
) -> dict[str, Any]:
    """The manifest, once all that it describes is safely on the disk."""
    moteur, etapes = contexte.moteur, contexte.etapes
    fiches = {f"{t.nom}.parquet": etapes.fiche(_etape(t.nom)) for t in TABLES}
    fiches[publication.BASE] = etapes.fiche(_BASE)
    return {
        "version": version,
        "schema": VERSION,
        "perenne": __version__,
        "construit_le": maintenant.isoformat(timespec="seconds"),
        "tables": {t.nom: moteur.lignes(f"SELECT count(*) FROM atl_{t.nom}")[0][0] for t in TABLES},
        "sources": [
            {**ligne, "controles": json.loads(ligne["controles"])}
            for ligne in moteur.arrow("SELECT * FROM atl_source ORDER BY id").to_pylist()
        ],
        "remarques": contexte.remarques.get("indicateurs", []),
        "entreprises": entreprises.resumer(contexte, decisions),
        "fichiers": {nom: {"octets": f.octets, "sha256": f.sha256} for nom, f in sorted(fiches.items())},
    }


def _copier(moteur: Moteur, requete: str, chemin: Path) -> None:
    moteur.executer(f"COPY ({requete}) TO {texte_sql(chemin)} (FORMAT parquet, COMPRESSION zstd)")


def _etape(table: str) -> str:
    return f"publiee_{table}"


def _lier(etape: Path, cible: Path) -> None:
    """The same file under two names; a copy where the disk cannot."""
    try:
        cible.hardlink_to(etape)
    except OSError:
        shutil.copyfile(etape, cible)
