"""Classify a JSONL file line by line: nothing lost, nothing half-written."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from perenne.domain.classement.decision import Classeur
from perenne.domain.classement.types import Etiquette, Fiche
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur

ANOMALIES_MONTREES = 50
LISTES = ("waldec", "registres", "finess", "typologies")
CHAMPS_TEXTE = ("nom", "texte", "source", "naf", "categorie_juridique", "numero")


def classer_fichier(
    entree: Path, sortie: Path, classeur: Classeur, progres: Callable[[int], None] = lambda _: None
) -> int:
    """Write one line per line of `entree`, in the same order; the number of lines.

    The answer is written beside and takes the place of `sortie` at the very end: an interruption, a full disk
    or a wrong line leaves an older answer untouched.

    Raises:
        ErreurUtilisateur: the file cannot be read, or some lines are wrong (all are said, with their number).
    """
    if not entree.is_file():
        raise ErreurUtilisateur(
            f"Le fichier {entree} n'existe pas.", conseil="Donnez un fichier JSONL : un objet JSON par ligne."
        )
    if sortie.exists() and sortie.samefile(entree):
        raise ErreurUtilisateur(
            "Le fichier de sortie est celui d'entrée.", conseil="Donnez un autre nom après -o."
        )
    if not sortie.parent.is_dir():
        raise ErreurUtilisateur(
            f"Le dossier {sortie.parent} n'existe pas.", conseil="Créez-le, ou choisissez-en un autre."
        )
    anomalies: list[Anomalie] = []
    nombre = 0
    descripteur, nom = tempfile.mkstemp(dir=sortie.parent, prefix=f".{sortie.name}.", suffix=".partiel")
    provisoire = Path(nom)
    try:
        with os.fdopen(descripteur, "w", encoding="utf-8") as ecrit:
            for nombre, fiche in enumerate(_lire(entree, anomalies), start=1):
                if fiche is not None and not anomalies:
                    ecrit.write(en_json(fiche.id, classeur.classer(fiche)) + "\n")
                progres(nombre)
        if anomalies:
            raise ErreurUtilisateur(
                f"{entree.name} : {len(anomalies)} ligne(s) illisible(s) ; rien n'a été écrit.",
                anomalies=anomalies[:ANOMALIES_MONTREES],
                conseil='Par ligne, un objet JSON : {"id": "…", "nom": "…", "texte": "…", "source": "…"}',
            )
        provisoire.chmod(0o666 & ~_masque())
        provisoire.replace(sortie)
    finally:
        provisoire.unlink(missing_ok=True)
    return nombre


def _masque() -> int:
    masque = os.umask(0)
    os.umask(masque)
    return masque


def _lire(entree: Path, anomalies: list[Anomalie]) -> Iterator[Fiche | None]:
    """Each line as a structure, or None when it is wrong (said in `anomalies`)."""
    with entree.open("rb") as lignes:
        for numero, brute in enumerate(lignes, start=1):
            try:
                octets = brute.removeprefix(b"\xef\xbb\xbf") if numero == 1 else brute
                yield lire_ligne(octets.decode("utf-8"))
            except UnicodeDecodeError:
                anomalies.append(Anomalie(ou=f"ligne {numero}", message="ce n'est pas de l'UTF-8."))
                yield None
            except ValueError as erreur:
                anomalies.append(Anomalie(ou=f"ligne {numero}", message=str(erreur)))
                yield None


def lire_ligne(ligne: str) -> Fiche:
    """One structure.

    Raises:
        ValueError: with a French message that says what is wrong.
    """
    try:
        brut = json.loads(ligne)
    except (ValueError, RecursionError):
        vide = not ligne.strip()
        raise ValueError("ligne vide." if vide else "ce n'est pas un objet JSON complet.") from None
    if not isinstance(brut, dict):
        raise ValueError("il faut un objet JSON, entre accolades.")
    id_ = brut.get("id")
    if isinstance(id_, bool) or not isinstance(id_, str | int) or id_ == "":
        raise ValueError("l'identifiant « id » manque.")
    textes = {c: _chaine(brut, c) for c in CHAMPS_TEXTE}
    listes = {c: _liste(brut, c) for c in LISTES}
    return Fiche(id=str(id_), **textes, **listes)  # type: ignore[arg-type]


def _chaine(brut: dict[str, Any], champ: str) -> str:
    valeur = brut.get(champ)
    if valeur is None:
        return ""
    if not isinstance(valeur, str):
        raise ValueError(f"« {champ} » doit être un texte entre guillemets.")
    return valeur


def _liste(brut: dict[str, Any], champ: str) -> tuple[str, ...]:
    valeur = brut.get(champ)
    if valeur is None:
        return ()
    valeurs = [valeur] if isinstance(valeur, str) else valeur
    if not isinstance(valeurs, list) or not all(isinstance(v, str) for v in valeurs):
        raise ValueError(f"« {champ} » doit être une liste de textes.")
    return tuple(valeurs)


def en_json(id_: str, etiquettes: list[Etiquette]) -> str:
    """The answer for one structure, on one line."""
    activites = [
        {
            "id": e.activite,
            "confiance": e.confiance,
            "probabilite": e.probabilite,
            "origine": e.origine,
            "indices": [
                {"champ": i.champ, "mots": i.mots}
                | ({"debut": i.debut, "fin": i.fin} if i.debut >= 0 else {})
                for i in e.indices
            ],
        }
        for e in etiquettes
    ]
    return json.dumps({"id": id_, "activites": activites}, ensure_ascii=False)
