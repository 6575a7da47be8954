"""Brings the file of a source into the raw layer, in the way that its notice says."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.avance import en_avance
from perenne.pipeline.controles import Constat, controler, lire_constat
from perenne.pipeline.lecture import lire
from perenne.pipeline.lecture_tolerante import Bilan, lire_tolerant
from perenne.pipeline.lecture_volumineuse import ouvrir_volumineux
from perenne.pipeline.moteur import texte_sql
from perenne.pipeline.moteurs.empreintes import empreinte_des_donnees
from perenne.pipeline.notice import Notice
from perenne.pipeline.reconnaissance import FichierTrouve

_DEPARTEMENT = re.compile(r"_dpt_([0-9AB]{2,3})\b", re.I)


def charger_table(contexte: Contexte, notice: Notice, fichier: FichierTrouve) -> Constat:
    """Create `brut_<source>` and say what its checks found.

    Raises:
        ErreurUtilisateur: the file cannot be used.
    """
    table = f"brut_{notice.id}"
    contexte.fichiers[notice.id] = fichier.ou
    match notice.fichier.lecture:
        case "volumineuse":
            return ouvrir_volumineux(contexte, notice, fichier, table)
        case "tolerante":
            return _tolerante(contexte, notice, fichier, table)
        case _:
            return _en_memoire(contexte, notice, fichier, table)


def _en_memoire(contexte: Contexte, notice: Notice, fichier: FichierTrouve, table: str) -> Constat:
    """Read, checked, and kept as it was read: a workbook or outlines take longer to read than Parquet."""
    moteur, etapes, nom = contexte.moteur, contexte.etapes, f"lu_{notice.id}"
    constats: list[Constat] = []

    def ecrire(chemin: Path) -> None:
        moteur.deposer(table, lire(notice, fichier, contexte.dossier))
        constats.append(controler(moteur, notice, table, fichier.ou))
        moteur.executer(f"COPY {table} TO {texte_sql(chemin)} (FORMAT parquet, COMPRESSION zstd)")

    empreinte = etapes.empreinte(
        "lire", notice.model_dump(mode="json"), contexte.sommes[fichier.chemin], fichier.ou
    )
    note = etapes.faire(nom, empreinte, ecrire, lambda: asdict(constats[0]))
    if not constats:
        moteur.executer(
            f"CREATE TABLE {table} AS SELECT * FROM read_parquet({texte_sql(etapes.chemin(nom))})"
        )
    if colonne := notice.controles.communes:
        contexte.codes_lus[notice.id] = frozenset(
            c for (c,) in moteur.lignes(f'SELECT DISTINCT "{colonne}" FROM {table}')
        )
    return lire_constat(note)


def _tolerante(contexte: Contexte, notice: Notice, fichier: FichierTrouve, table: str) -> Constat:
    """Several files, one a département when the names say so, put one after another."""
    bilan = Bilan()
    parties = [f for f in fichier.parties if _concerne(contexte, f)]
    colonnes = list(notice.colonnes)
    obligatoires = [n for n, c in notice.colonnes.items() if c.obligatoire == "oui"]

    def lire_partie(partie: FichierTrouve) -> tuple[list[pa.RecordBatch], Bilan]:
        lu = Bilan()
        return list(lire_tolerant(partie, colonnes, obligatoires, notice.fichier.debut, lu)), lu

    def lots() -> Iterator[pa.RecordBatch]:
        for lus, partiel in en_avance(lire_partie, parties):
            bilan.ajouter(partiel)
            yield from lus

    def note() -> Mapping[str, Any]:
        return {"lus": bilan.lus, "remarques": bilan.remarques()}

    lue = contexte.masse.ranger(
        table,
        lots(),
        pa.schema([(c, pa.string()) for c in colonnes]),
        cle=empreinte_des_donnees(
            [(contexte.sommes[p.chemin], p.ou) for p in parties], notice.fichier.debut, obligatoires
        ),
        note=note,
    )
    remarques = list(lue["remarques"])
    if len(parties) < len(fichier.parties):
        remarques.append(f"{len(fichier.parties) - len(parties)} fichiers d'autres départements non lus.")
    return Constat(lignes=int(lue["lus"]), remarques=remarques)


def _concerne(contexte: Contexte, fichier: FichierTrouve) -> bool:
    trouve = _DEPARTEMENT.search(fichier.nom)
    return not contexte.departements or not trouve or trouve.group(1).upper() in contexte.departements
