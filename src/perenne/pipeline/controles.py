"""Checks the raw layer against the notice: columns that appear or disappear, cells that cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from typing import Any

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.moteur import Moteur
from perenne.pipeline.notice import Colonne, Notice

EXEMPLES = 3
_NOMBRE = r"^-?\d+([.,]\d+)?$"
MOTIFS = {
    "code_commune": r"^(\d{2}|2[AB])\d{3}$",
    "siren": r"^\d{9}$",
    "siret": r"^\d{14}$",
    "entier": r"^-?\d+([.,]0+)?$",
    "nombre": _NOMBRE,
    "date": r"^\d{4}-\d{2}-\d{2}$",
}
ATTENDUS = {
    "code_commune": "un code de commune à cinq caractères",
    "siren": "un SIREN à neuf chiffres",
    "siret": "un SIRET à quatorze chiffres",
    "entier": "un nombre entier",
    "nombre": "un nombre",
    "date": "une date AAAA-MM-JJ",
}


@dataclass(frozen=True, kw_only=True)
class Constat:
    """What the checks of one file found, kept in the manifest.

    Attributes:
        lignes: rows read.
        colonnes_nouvelles: columns that the notice does not know.
        colonnes_absentes: optional columns that the file no longer has.
        remarques: what the user should know, in French.
    """

    lignes: int
    colonnes_nouvelles: tuple[str, ...] = ()
    colonnes_absentes: tuple[str, ...] = ()
    remarques: list[str] = field(default_factory=list)


def lire_constat(donnees: Mapping[str, Any]) -> Constat:
    """A constat, back from the plain data of a record."""
    return Constat(
        lignes=donnees["lignes"],
        colonnes_nouvelles=tuple(donnees["colonnes_nouvelles"]),
        colonnes_absentes=tuple(donnees["colonnes_absentes"]),
        remarques=list(donnees["remarques"]),
    )


def controler(moteur: Moteur, notice: Notice, table: str, ou: str) -> Constat:
    """Check the table `table` read from the file `ou`.

    Raises:
        ErreurUtilisateur: a required column is missing or a row is impossible, every fault at once.
    """
    presentes = [c for (c,) in moteur.lignes(f"SELECT column_name FROM (DESCRIBE {table})") if c != "_ligne"]
    manquantes = [n for n, c in notice.colonnes.items() if n not in presentes]
    obligatoires = [n for n in manquantes if notice.colonnes[n].obligatoire == "oui"]
    nouvelles = [
        c
        for c in presentes
        if c not in notice.colonnes
        and not any(fnmatchcase(c, motif) for motif in notice.ignorees)
        and not _vide(moteur, table, c)
    ]
    if obligatoires:
        raise ErreurUtilisateur(
            f"Le fichier de la source « {notice.id} » n'a plus la forme attendue.",
            anomalies=[Anomalie(ou=ou, message=f"colonne « {n} » absente.") for n in obligatoires],
            conseil=f"Colonnes trouvées : {', '.join(presentes)}. "
            "Si le producteur a changé son format, la notice de la source (source.yml) doit suivre.",
        )
    (lignes,) = moteur.lignes(f"SELECT count(*) FROM {table}")[0]
    if not lignes:
        raise ErreurUtilisateur(
            f"Le fichier de la source « {notice.id} » n'a aucune ligne.",
            anomalies=[Anomalie(ou=ou, message="en-tête seul.", conseil="Téléchargez-le de nouveau.")],
        )
    anomalies = [
        a
        for nom, colonne in notice.colonnes.items()
        if nom in presentes and nom != "geometrie"
        for a in _cellules(moteur, table, ou, nom, colonne)
    ]
    anomalies += _doublons(moteur, notice, table, ou)
    if anomalies:
        raise ErreurUtilisateur(
            f"La source « {notice.id} » ({notice.titre}) contient des lignes impossibles.",
            anomalies=anomalies,
            conseil="Corrigez ou téléchargez de nouveau ce fichier ; l'atlas précédent reste en place.",
        )
    return Constat(
        lignes=int(lignes), colonnes_nouvelles=tuple(nouvelles), colonnes_absentes=tuple(manquantes)
    )


def _vide(moteur: Moteur, table: str, colonne: str) -> bool:
    return not moteur.lignes(f'SELECT 1 FROM {table} WHERE "{colonne}" IS NOT NULL LIMIT 1')


def _texte(valeur: str) -> str:
    return "'" + valeur.replace("'", "''") + "'"


def _cellules(moteur: Moteur, table: str, ou: str, nom: str, colonne: Colonne) -> list[Anomalie]:
    cellule = f'trim("{nom}")'
    mots = ", ".join(map(_texte, (*colonne.secret, *colonne.absent)))
    secret = f" AND {cellule} NOT IN ({mots})" if mots else ""
    regles: list[tuple[str, str]] = []
    if colonne.vide == "non":
        regles.append((f'"{nom}" IS NULL', "case vide"))
    if motif := MOTIFS.get(colonne.type):
        regles.append(
            (f"NOT regexp_matches({cellule}, '{motif}'){secret}", f"{ATTENDUS[colonne.type]} était attendu")
        )
    if colonne.valeurs:
        permises = ", ".join(_texte(v.strip()) for v in colonne.valeurs)
        regles.append((f"{cellule} NOT IN ({permises}){secret}", "valeur inconnue de la notice"))
    nombre = f"TRY_CAST(replace({cellule}, ',', '.') AS DOUBLE)"
    if colonne.min is not None:
        regles.append((f"{nombre} < {colonne.min}", f"valeur inférieure à {colonne.min:g}"))
    if colonne.max is not None:
        regles.append((f"{nombre} > {colonne.max}", f"valeur supérieure à {colonne.max:g}"))
    anomalies: list[Anomalie] = []
    for condition, message in regles:
        fautes = moteur.lignes(
            f'SELECT _ligne, "{nom}", count(*) OVER () FROM {table} WHERE {condition} '
            f"ORDER BY _ligne LIMIT {EXEMPLES}"
        )
        anomalies += [
            Anomalie(
                ou=f"{ou}, ligne {ligne}, colonne « {nom} »",
                message=f"{message} (lu : « {valeur if valeur is not None else ''} »)."
                + (f" {total} lignes dans ce cas." if rang == 0 and total > 1 else ""),
            )
            for rang, (ligne, valeur, total) in enumerate(fautes)
        ]
    return anomalies


def _doublons(moteur: Moteur, notice: Notice, table: str, ou: str) -> list[Anomalie]:
    if not notice.controles.unique:
        return []
    cles = ", ".join(f'"{c}"' for c in notice.controles.unique)
    fautes = moteur.lignes(
        f"SELECT list(_ligne ORDER BY _ligne), {cles}, count(*) OVER () FROM {table} "
        f"GROUP BY {cles} HAVING count(*) > 1 ORDER BY min(_ligne) LIMIT {EXEMPLES}"
    )
    return [
        Anomalie(
            ou=f"{ou}, lignes {', '.join(map(str, lignes[:5]))}",
            message=f"doublon de {' + '.join(notice.controles.unique)} = {' + '.join(map(str, valeurs))}.",
        )
        for lignes, *valeurs, _ in fautes
    ]
