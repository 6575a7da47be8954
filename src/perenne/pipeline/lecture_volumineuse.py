"""Opens files of millions of rows where they are: only the columns and the rows asked for are ever read."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.controles import ATTENDUS, EXEMPLES, MOTIFS, Constat
from perenne.pipeline.moteur import Moteur
from perenne.pipeline.notice import Notice
from perenne.pipeline.reconnaissance import FichierTrouve

REJET_MAX = 0.01
"""Share of rows set aside above which the file is refused."""


def ouvrir_volumineux(moteur: Moteur, notice: Notice, fichier: FichierTrouve, table: str) -> Constat:
    """Create the view `table` over a Parquet or CSV file: columns as text, rows without a key left out.

    Raises:
        ErreurUtilisateur: not readable, a required column missing, or too many rows without a valid key.
    """
    if fichier.membre:
        raise _refus(
            fichier, "un fichier de cette taille ne se lit pas dans une archive.", "Décompressez-le."
        )
    chemin = str(fichier.chemin).replace("'", "''")
    lecture = (
        f"read_parquet('{chemin}', file_row_number = true)"
        if fichier.format == "parquet"
        else f"(SELECT *, row_number() OVER () AS file_row_number FROM read_csv('{chemin}', "
        "all_varchar = true, header = true, ignore_errors = true))"
    )
    presentes = _colonnes(moteur, fichier, lecture)
    manquantes = [n for n in notice.colonnes if n not in presentes]
    _exiger(notice, fichier, manquantes, presentes)
    colonnes = ", ".join(
        f'CAST("{n}" AS VARCHAR) AS "{n}"' if n in presentes else f'CAST(NULL AS VARCHAR) AS "{n}"'
        for n in notice.colonnes
    )
    moteur.executer(
        f"CREATE VIEW {table}_entier AS SELECT {colonnes}, file_row_number + 1 AS _ligne FROM {lecture}"
    )
    return _ecarter(moteur, notice, fichier, table, manquantes)


def restreindre_volumineux(moteur: Moteur, table: str, colonne: str, cles: str) -> None:
    """Read from now on only the rows of `table` whose `colonne` is in the table `cles`.

    The rows are chosen before their cells are worked on: that is most of the time on a national file.
    """
    moteur.executer(
        f"CREATE OR REPLACE VIEW {table} AS "
        f'SELECT * FROM {table}_valide WHERE "{colonne}" IN (SELECT {colonne} FROM {cles})'
    )


def _refus(fichier: FichierTrouve, message: str, conseil: str = "") -> ErreurUtilisateur:
    return ErreurUtilisateur(
        "Un fichier source ne peut pas être lu.",
        anomalies=[Anomalie(ou=fichier.ou, message=message, conseil=conseil)],
    )


def _colonnes(moteur: Moteur, fichier: FichierTrouve, lecture: str) -> list[str]:
    try:
        if fichier.format == "parquet":
            return [str(n) for n in pq.read_schema(Path(fichier.chemin)).names]
        return [c for (c, *_) in moteur.lignes(f"DESCRIBE SELECT * FROM {lecture}")]
    except (pa.ArrowInvalid, OSError, duckdb.Error) as erreur:
        raise _refus(
            fichier, f"le fichier {fichier.format} est tronqué ou abîmé.", "Téléchargez-le de nouveau."
        ) from erreur


def _exiger(notice: Notice, fichier: FichierTrouve, manquantes: list[str], presentes: list[str]) -> None:
    obligatoires = [n for n in manquantes if notice.colonnes[n].obligatoire == "oui"]
    if obligatoires:
        raise ErreurUtilisateur(
            f"Le fichier de la source « {notice.id} » n'a plus la forme attendue.",
            anomalies=[Anomalie(ou=fichier.ou, message=f"colonne « {n} » absente.") for n in obligatoires],
            conseil=f"Colonnes trouvées : {', '.join(presentes)}. "
            "Si le producteur a changé son format, la notice de la source (source.yml) doit suivre.",
        )


def _ecarter(
    moteur: Moteur, notice: Notice, fichier: FichierTrouve, table: str, manquantes: list[str]
) -> Constat:
    """Leave out the rows whose key cannot be, in one pass over the key columns alone."""
    bonnes = " AND ".join(
        f"coalesce(regexp_matches(\"{c}\", '{MOTIFS.get(notice.colonnes[c].type, '.')}'), false)"
        for c in notice.controles.unique
    )
    try:
        total, fautes = moteur.lignes(
            f"SELECT count(*), count(*) FILTER (NOT ({bonnes})) FROM {table}_entier"
        )[0]
    except duckdb.Error as erreur:
        raise _refus(fichier, "le fichier est abîmé.", "Téléchargez-le de nouveau.") from erreur
    if not total:
        raise _refus(fichier, "aucune ligne.", "Téléchargez-le de nouveau.")
    remarques = []
    if fautes:
        cle = notice.controles.unique[0]
        exemples = moteur.lignes(
            f'SELECT _ligne, "{cle}" FROM {table}_entier WHERE NOT ({bonnes}) '
            f"ORDER BY _ligne LIMIT {EXEMPLES}"
        )
        attendu = ATTENDUS.get(notice.colonnes[cle].type, "une valeur")
        if fautes > max(REJET_MAX * total, 1):
            raise ErreurUtilisateur(
                f"La source « {notice.id} » ({notice.titre}) contient trop de lignes impossibles.",
                anomalies=[
                    Anomalie(
                        ou=f"{fichier.ou}, ligne {ligne}, colonne « {cle} »",
                        message=f"{attendu} était attendu (lu : « {valeur or ''} »).",
                    )
                    for ligne, valeur in exemples
                ],
                conseil=f"{fautes} lignes sur {total} sont dans ce cas : téléchargez ce fichier de nouveau.",
            )
        lignes = ", ".join(str(ligne) for ligne, _ in exemples)
        remarques.append(f"{fautes} lignes écartées, sans {cle} valable (lignes {lignes}…).")
    garder = f" WHERE {bonnes}" if fautes else ""
    moteur.executer(f"CREATE VIEW {table}_valide AS SELECT * FROM {table}_entier{garder}")
    moteur.executer(f"CREATE VIEW {table} AS SELECT * FROM {table}_valide")
    return Constat(lignes=int(total), colonnes_absentes=tuple(manquantes), remarques=remarques)
