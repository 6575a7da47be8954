"""Read the decisions of people from a CSV file."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Collection, Mapping
from pathlib import Path

from perenne.domain.classement.decisions import DecisionHumaine, Decisions, indexer
from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.domain.texte import normaliser
from perenne.reports.cellule_sure import liberer_cellule

COLONNES = ("id", "activite", "decision", "date", "role", "motif")
OBLIGATOIRES = COLONNES[:5]
REPONSES = {"oui": True, "non": False}


def lire_decisions(fichier: Path, activites: Collection[str]) -> Decisions:
    """Decisions of a CSV (comma or semicolon), columns `id, activite, decision, date, role, motif`.

    Raises:
        ErreurUtilisateur: file missing or unreadable, columns missing, wrong lines; all of them at once.
    """
    try:
        texte = fichier.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise ErreurUtilisateur(
            f"Le fichier de décisions {fichier} ne peut pas être ouvert.",
            conseil="Donnez un fichier CSV enregistré en UTF-8.",
        ) from None
    premiere = texte.partition("\n")[0]
    separateur = ";" if premiere.count(";") > premiere.count(",") else ","
    lecteur = csv.DictReader(io.StringIO(texte, newline=""), delimiter=separateur)
    manquantes = [c for c in OBLIGATOIRES if c not in (lecteur.fieldnames or ())]
    if manquantes:
        raise ErreurUtilisateur(
            f"{fichier.name} : colonnes absentes : {', '.join(manquantes)}.",
            conseil=f"Colonnes attendues : {', '.join(COLONNES)}.",
        )
    decisions: list[DecisionHumaine] = []
    anomalies: list[Anomalie] = []
    for ligne in lecteur:
        ou = f"{fichier.name}, ligne {lecteur.line_num}"
        champs = {c: liberer_cellule((ligne.get(c) or "").strip()) for c in COLONNES}
        if not any(champs.values()):
            continue
        defauts = _defauts(champs, activites)
        anomalies += [Anomalie(ou=ou, message=d) for d in defauts]
        if not defauts:
            decisions.append(
                DecisionHumaine(
                    cle=champs["id"],
                    activite=champs["activite"],
                    retenue=REPONSES[normaliser(champs["decision"])],
                    date=dt.date.fromisoformat(champs["date"]),
                    role=champs["role"],
                    motif=champs["motif"],
                )
            )
    if anomalies:
        raise ErreurUtilisateur("Ces décisions ne peuvent pas être appliquées :", anomalies=anomalies)
    return indexer(decisions)


def _defauts(champs: Mapping[str, str], activites: Collection[str]) -> list[str]:
    """What is wrong in one line, in French."""
    defauts = [f"la colonne « {c} » est vide." for c in OBLIGATOIRES if not champs[c]]
    if champs["activite"] and champs["activite"] not in activites:
        defauts.append(f"activité inconnue « {champs['activite']} » (liste : perenne activites montrer).")
    if champs["decision"] and normaliser(champs["decision"]) not in REPONSES:
        defauts.append(f"décision « {champs['decision']} » : écrivez oui ou non.")
    try:
        if champs["date"]:
            dt.date.fromisoformat(champs["date"])
    except ValueError:
        defauts.append(f"date « {champs['date']} » : écrivez-la AAAA-MM-JJ.")
    return defauts
