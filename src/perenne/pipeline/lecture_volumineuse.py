"""Opens files of millions of rows where they are: only the columns and the rows asked for are ever read."""

from __future__ import annotations

from functools import reduce
from operator import and_
from typing import Any

import duckdb
import ibis

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.controles import ATTENDUS, EXEMPLES, MOTIFS, Constat
from perenne.pipeline.moteurs.interface import ErreurDeMoteur, MoteurDeMasse
from perenne.pipeline.notice import Notice
from perenne.pipeline.reconnaissance import FichierTrouve

REJET_MAX = 0.01
"""Share of rows set aside above which the file is refused."""


def ouvrir_volumineux(contexte: Contexte, notice: Notice, fichier: FichierTrouve, table: str) -> Constat:
    """Name `table` a Parquet or CSV file: columns as text, rows without a key left out.

    Raises:
        ErreurUtilisateur: not readable, a required column missing, or too many rows without a valid key.
    """
    if fichier.membre:
        raise _refus(
            fichier, "un fichier de cette taille ne se lit pas dans une archive.", "Décompressez-le."
        )
    masse = contexte.masse
    try:
        if fichier.format == "parquet":
            masse.ouvrir(f"{table}_fichier", fichier.chemin, cle=contexte.sommes[fichier.chemin])
        else:
            _ranger_csv(contexte, fichier, f"{table}_fichier")
        lu = masse.table(f"{table}_fichier")
    except (ErreurDeMoteur, duckdb.Error) as erreur:
        raise _refus(
            fichier, f"le fichier {fichier.format} est tronqué ou abîmé.", "Téléchargez-le de nouveau."
        ) from erreur
    presentes = [c for c in lu.columns if c != "_rang"]
    manquantes = [n for n in notice.colonnes if n not in presentes]
    _exiger(notice, fichier, manquantes, presentes)
    vide = ibis.null().cast("string")
    cellules = {n: lu[n].cast("string") if n in presentes else vide for n in notice.colonnes}
    return _ecarter(
        masse, notice, fichier, table, lu.select(**cellules, _ligne=lu["_rang"] + 1), manquantes=manquantes
    )


def _ranger_csv(contexte: Contexte, fichier: FichierTrouve, nom: str) -> None:
    """A CSV is read by the driver, once, every cell as text, and kept as Parquet."""
    chemin = str(fichier.chemin).replace("'", "''")
    requete = (
        f"SELECT *, row_number() OVER () - 1 AS _rang FROM read_csv('{chemin}', all_varchar = true, "
        "header = true, ignore_errors = true)"
    )
    contexte.masse.ranger(
        nom,
        contexte.moteur.lots_sql(requete),
        contexte.moteur.schema_sql(requete),
        cle=contexte.sommes[fichier.chemin],
    )


def _refus(fichier: FichierTrouve, message: str, conseil: str = "") -> ErreurUtilisateur:
    return ErreurUtilisateur(
        "Un fichier source ne peut pas être lu.",
        anomalies=[Anomalie(ou=fichier.ou, message=message, conseil=conseil)],
    )


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
    masse: MoteurDeMasse,
    notice: Notice,
    fichier: FichierTrouve,
    table: str,
    lignes: Any,
    *,
    manquantes: list[str],
) -> Constat:
    """Leave out the rows whose key cannot be, in one pass over the key columns alone."""

    def bonnes(t: Any) -> Any:
        motifs = {c: MOTIFS.get(notice.colonnes[c].type, ".") for c in notice.controles.unique}
        valables = [t[c].re_search(_entier(motif)).fill_null(False) for c, motif in motifs.items()]
        return reduce(and_, valables)

    try:
        masse.materialiser(
            f"{table}_compte",
            lignes.aggregate(total=lignes.count(), fautes=lignes.count(where=~bonnes(lignes)).fill_null(0)),
        )
        ((total, fautes),) = masse.lignes(masse.table(f"{table}_compte"))
    except ErreurDeMoteur as erreur:
        raise _refus(fichier, "le fichier est abîmé.", "Téléchargez-le de nouveau.") from erreur
    if not total:
        raise _refus(fichier, "aucune ligne.", "Téléchargez-le de nouveau.")
    remarques = []
    if fautes:
        cle = notice.controles.unique[0]
        impossibles = lignes.filter(lambda t: ~bonnes(t)).order_by("_ligne").limit(EXEMPLES)
        exemples = masse.lignes(impossibles.select("_ligne", cle))
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
        numeros = ", ".join(str(ligne) for ligne, _ in exemples)
        remarques.append(f"{fautes} lignes écartées, sans {cle} valable (lignes {numeros}…).")
    masse.voir(table, lignes.filter(bonnes) if fautes else lignes)
    return Constat(lignes=int(total), colonnes_absentes=tuple(manquantes), remarques=remarques)


def _entier(motif: str) -> str:
    """The pattern up to the very end: one engine lets a line end after `$`."""
    return motif.removesuffix("$") + r"\z" if motif.endswith("$") else motif
