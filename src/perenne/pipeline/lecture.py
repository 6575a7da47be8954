"""Reads an official file into the raw layer: every cell as text, with the line it came from."""

from __future__ import annotations

import codecs
import csv
import datetime as dt
import re
import zipfile
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pyarrow as pa
import pyarrow.parquet as pq

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.lecture_json import lire_geojson, lire_json
from perenne.pipeline.notice import Notice
from perenne.pipeline.reconnaissance import FichierTrouve

LIGNE = "_ligne"
_SEPARATEURS = (";", ",", "\t", "|")


def lire(notice: Notice, fichier: FichierTrouve, temporaire: Path) -> pa.Table:
    """Rows of an official file.

    Args:
        notice: what the file should be.
        fichier: where it is.
        temporaire: a folder in which a member of an archive may be extracted.

    Returns:
        A table whose columns are texts (and `geometrie`, WKB, for GeoJSON), plus `_ligne`: the line of the
        file, the row of the sheet, or the rank of the record, as a user counts them.

    Raises:
        ErreurUtilisateur: empty, truncated, wrongly encoded, or not what its extension says.
    """
    chemin = _extraire(fichier, temporaire) if fichier.membre else fichier.chemin
    if chemin.stat().st_size == 0:
        raise _refus(fichier, "le fichier est vide.", "Téléchargez-le de nouveau.")
    if fichier.format in {"csv", "json", "geojson"}:
        _verifier_texte(chemin, fichier)
    match fichier.format:
        case "csv":
            return _lire_csv(notice, chemin, fichier)
        case "parquet":
            return _lire_parquet(chemin, fichier)
        case "xlsx":
            return _lire_xlsx(notice, chemin, fichier)
        case "geojson":
            return lire_geojson(chemin, fichier.ou)
        case _:
            return lire_json(chemin, fichier.ou, notice.fichier.liste)


def _refus(fichier: FichierTrouve, message: str, conseil: str = "", ou: str = "") -> ErreurUtilisateur:
    return ErreurUtilisateur(
        "Un fichier source ne peut pas être lu.",
        anomalies=[Anomalie(ou=f"{fichier.ou}{ou}", message=message, conseil=conseil)],
    )


def _extraire(fichier: FichierTrouve, temporaire: Path) -> Path:
    cible = temporaire / fichier.nom
    try:
        with zipfile.ZipFile(fichier.chemin) as archive:
            cible.write_bytes(archive.read(fichier.membre))
    except (zipfile.BadZipFile, OSError, EOFError) as erreur:
        raise _refus(fichier, "l'archive zip est abîmée.", "Téléchargez-la de nouveau.") from erreur
    return cible


def _verifier_texte(chemin: Path, fichier: FichierTrouve) -> None:
    decodeur = codecs.getincrementaldecoder("utf-8")()
    ligne = 1
    with chemin.open("rb") as flux:
        debut = flux.read(512).lstrip(b"\xef\xbb\xbf \r\n\t").lower()
        if debut.startswith((b"<!doctype", b"<html")):
            raise _refus(
                fichier,
                "c'est une page web, pas un fichier de données.",
                "L'adresse a sans doute changé : téléchargez le fichier depuis la page du producteur.",
            )
        flux.seek(0)
        while bloc := flux.read(1 << 20):
            try:
                decodeur.decode(bloc)
            except UnicodeDecodeError as erreur:
                ligne += bloc[: max(erreur.start, 0)].count(b"\n")
                raise _refus(
                    fichier,
                    "le texte n'est pas en UTF-8 (sans doute ISO-8859-1 ou Windows-1252).",
                    "Reprenez le fichier d'origine, ou convertissez-le en UTF-8.",
                    ou=f", ligne {ligne}",
                ) from erreur
            ligne += bloc.count(b"\n")


def _lire_csv(notice: Notice, chemin: Path, fichier: FichierTrouve) -> pa.Table:
    with chemin.open(encoding="utf-8-sig", newline="") as flux:
        premiere = flux.readline()
    attendues = set(notice.colonnes)
    separateur = max(
        _SEPARATEURS, key=lambda s: (len(attendues & set(_entetes(premiere, s))), premiere.count(s))
    )
    noms = [nom or f"sans_nom_{rang}" for rang, nom in enumerate(_entetes(premiere, separateur), 1)]
    doubles = sorted({n for n in noms if noms.count(n) > 1})
    if doubles:
        raise _refus(fichier, f"colonne en double : {', '.join(doubles)}.", ou=", ligne 1")
    with duckdb.connect() as connexion:
        connexion.execute("SET enable_progress_bar = false")
        try:
            return connexion.sql(
                "SELECT *, CAST(row_number() OVER () + 1 AS BIGINT) AS _ligne FROM read_csv(?, delim = ?, "
                "header = false, skip = 1, columns = ?, quote = '\"', escape = '\"', "
                "strict_mode = true, nullstr = '', auto_detect = false)",
                params=[str(chemin), separateur, dict.fromkeys(noms, "VARCHAR")],
            ).to_arrow_table()
        except duckdb.Error as erreur:
            trouve = re.search(r"Line: (\d+)", str(erreur))
            detail = _detail_csv(str(erreur), len(noms))
            raise _refus(fichier, detail, ou=f", ligne {trouve.group(1)}" if trouve else "") from erreur


def _entetes(ligne: str, separateur: str) -> list[str]:
    return [c.strip() for c in next(csv.reader([ligne.rstrip("\r\n")], delimiter=separateur), [])]


def _detail_csv(message: str, attendues: int) -> str:
    trouve = re.search(r"Expected Number of Columns: (\d+) Found: (\d+)", message)
    if trouve:
        return (
            f"{trouve.group(2)} colonnes au lieu de {attendues} : "
            "la ligne est coupée ou contient un séparateur de trop."
        )
    if "quote" in message.lower():
        return "un guillemet n'est pas refermé."
    return "le fichier n'est pas un CSV lisible."


def _lire_parquet(chemin: Path, fichier: FichierTrouve) -> pa.Table:
    try:
        table = pq.read_table(chemin)
    except (pa.ArrowInvalid, OSError) as erreur:
        raise _refus(
            fichier, "le fichier Parquet est tronqué ou abîmé.", "Téléchargez-le de nouveau."
        ) from erreur
    colonnes = {
        nom: table.column(nom) if nom == "geometrie" else table.column(nom).cast(pa.string())
        for nom in table.column_names
    }
    return pa.table({**colonnes, LIGNE: pa.array(range(1, table.num_rows + 1), pa.int64())})


def _lire_xlsx(notice: Notice, chemin: Path, fichier: FichierTrouve) -> pa.Table:
    try:
        classeur = openpyxl.load_workbook(chemin, read_only=True, data_only=True)
        feuilles = [f for f in classeur.sheetnames if fnmatch(f.lower(), notice.fichier.feuille.lower())]
        if len(feuilles) != 1:
            raise _refus(
                fichier,
                f"feuille « {notice.fichier.feuille} » introuvable parmi : {', '.join(classeur.sheetnames)}.",
                "Vérifiez qu'il s'agit du classeur du producteur.",
            )
        lignes = classeur[feuilles[0]].iter_rows(values_only=True)
        noms = [str(c).strip() if c is not None else "" for c in next(lignes, ())]
        donnees = [
            (rang, tuple(_texte(c) for c in ligne))
            for rang, ligne in enumerate(lignes, 2)
            if any(c is not None for c in ligne)
        ]
    except (zipfile.BadZipFile, KeyError, OSError, ValueError, EOFError) as erreur:
        raise _refus(
            fichier, "le classeur est tronqué ou n'est pas un .xlsx.", "Téléchargez-le de nouveau."
        ) from erreur
    colonnes: dict[str, Any] = {
        nom: pa.array([ligne[i] if i < len(ligne) else None for _, ligne in donnees], pa.string())
        for i, nom in enumerate(noms)
        if nom
    }
    return pa.table({**colonnes, LIGNE: pa.array([rang for rang, _ in donnees], pa.int64())})


def _texte(valeur: object) -> str | None:
    if valeur is None:
        return None
    if isinstance(valeur, float) and valeur.is_integer():
        return str(int(valeur))
    if isinstance(valeur, dt.datetime):
        return valeur.date().isoformat()
    return str(valeur).strip() or None
