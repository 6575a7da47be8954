"""Finds the differences between two versions, in DuckDB, on disk beyond a bounded memory."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import cast

from perenne.pipeline.comparaison import requetes
from perenne.pipeline.comparaison.description import DERIVEES, Comparee, decrire, ordonner
from perenne.pipeline.comparaison.resultat import Compte, Detail, EcartDeSchema, Nature
from perenne.pipeline.comparaison.version import Version
from perenne.pipeline.moteur import Moteur, ouvrir_moteur

_LOT = 10_000


@dataclass(frozen=True, kw_only=True)
class ComparaisonCalculee:
    """A comparison held in the engine."""

    a: Version
    b: Version
    schema: tuple[EcartDeSchema, ...]
    comptes: tuple[Compte, ...]
    cles: dict[str, tuple[str, ...]]
    arrondis: int
    moteur: Moteur

    def details(self) -> Iterator[Detail]:
        """Every difference, by table, kind, group, key and column."""
        curseur = self.moteur.sql.cursor()
        curseur.execute(f"USE {requetes.TRAVAIL}")
        curseur.execute(requetes.LIRE_DETAILS)
        while lot := curseur.fetchmany(_LOT):
            for table, nature, groupe, cle, libelle, colonne, avant, apres in lot:
                yield Detail(
                    table=table, nature=cast(Nature, nature), groupe=tuple(groupe), cle=tuple(cle),
                    libelle=libelle, colonne=colonne, avant=avant, apres=apres,
                )  # fmt: skip


@contextmanager
def comparer(a: Version, b: Version) -> Iterator[ComparaisonCalculee]:
    """Compare every table that both versions have; what only one has is told in `schema`."""
    with tempfile.TemporaryDirectory(prefix="perenne-comparer-") as dossier, ouvrir_moteur() as moteur:
        moteur.executer(f"SET temp_directory = '{_texte(Path(dossier))}'")
        moteur.executer("SET preserve_insertion_order = false")
        moteur.executer(f"ATTACH '{_texte(Path(dossier, 'travail.duckdb'))}' AS {requetes.TRAVAIL}")
        moteur.executer(f"USE {requetes.TRAVAIL}")
        moteur.executer(requetes.CREER_DETAILS)
        _noms(moteur, a, b)
        arrondis, cles = 0, {}
        for rang, (table, comparee, types) in enumerate(_a_comparer(a, b)):
            cles[comparee.table] = comparee.cle
            fichiers = (_texte(a.fichier(table)), _texte(b.fichier(table)))
            arrondis += _comparer_table(moteur, comparee, rang, types, fichiers)
        yield ComparaisonCalculee(
            a=a, b=b, schema=tuple(_ecarts_de_schema(a, b)), comptes=tuple(_comptes(moteur)), cles=cles,
            arrondis=arrondis, moteur=moteur,
        )  # fmt: skip


def _a_comparer(a: Version, b: Version) -> Iterator[tuple[str, Comparee, dict[str, str]]]:
    """Each table that both versions have, after what is worked out from it; columns with their types."""
    for table in ordonner(a.colonnes.keys() & b.colonnes.keys()):
        communes = [c for c in b.colonnes[table] if c in a.colonnes[table]]
        types = {c: requetes.type_commun(a.colonnes[table][c], b.colonnes[table][c]) for c in communes}
        derivee = DERIVEES.get(table)
        if derivee is not None and {*derivee.cle, "activite"} <= set(communes):
            yield table, derivee, dict.fromkeys((*derivee.cle, "activites"), "VARCHAR")
        if communes:
            yield table, decrire(table, communes), types


def _comparer_table(
    moteur: Moteur, comparee: Comparee, rang: int, types: dict[str, str], fichiers: tuple[str, str]
) -> int:
    """Describe the differences of a table; return how many rows differ by rounding only."""
    for requete in requetes.preparer(comparee, types, *fichiers):
        moteur.executer(requete)
    if moteur.lignes("SELECT count(*) FROM ecart")[0][0]:
        for requete in requetes.detailler(comparee, types, rang):
            moteur.executer(requete)
        return int(moteur.lignes(requetes.compter_arrondis(comparee, types))[0][0])
    return 0


def _noms(moteur: Moteur, a: Version, b: Version) -> None:
    moteur.executer("CREATE TABLE noms (type VARCHAR, code VARCHAR, nom VARCHAR)")
    for version in (b, a):
        if {"type", "code", "nom"} <= version.colonnes.get("territoire", {}).keys():
            moteur.executer(requetes.ajouter_noms(_texte(version.fichier("territoire"))))


def _comptes(moteur: Moteur) -> Iterator[Compte]:
    for table, nature, groupe, colonne, avant, apres, nombre in moteur.lignes(requetes.COMPTER):
        yield Compte(
            table=table, nature=cast(Nature, nature), groupe=tuple(groupe), colonne=colonne, avant=avant,
            apres=apres, nombre=nombre,
        )  # fmt: skip


def _ecarts_de_schema(a: Version, b: Version) -> Iterator[EcartDeSchema]:
    for table in ordonner(a.colonnes.keys() | b.colonnes.keys()):
        if table not in a.colonnes or table not in b.colonnes:
            presente = "présente"
            yield EcartDeSchema(
                table=table,
                colonne="",
                avant=presente if table in a.colonnes else "",
                apres=presente if table in b.colonnes else "",
            )
            continue
        avant, apres = a.colonnes[table], b.colonnes[table]
        for colonne in [*avant, *(c for c in apres if c not in avant)]:
            if avant.get(colonne) != apres.get(colonne):
                yield EcartDeSchema(
                    table=table, colonne=colonne, avant=avant.get(colonne, ""), apres=apres.get(colonne, "")
                )


def _texte(chemin: Path) -> str:
    return str(chemin).replace("'", "''")
