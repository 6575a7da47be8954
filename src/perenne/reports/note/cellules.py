"""Cells of the tables: words, numbers with their unit, and the words for their absence."""

from __future__ import annotations

from dataclasses import replace

from perenne.domain.territoire.mesures import Lecture
from perenne.reports.note.elements import Cellule
from perenne.reports.note.phrases import (
    ABSENCES,
    dire_mesure,
    dire_part_couverte,
    dire_valeur,
)
from perenne.reports.typographie import (
    avec_unite,
)

MARQUE = "◆"
"""The sign of a fragile reading, beside its colour."""


def mot(texte: str) -> Cellule:
    """A cell of words."""
    return Cellule(texte=texte)


def _format(unite: str, decimales: int) -> str:
    corps = "#,##0" + ("." + "0" * decimales if decimales else "")
    return f'{corps}" {unite}"' if unite else corps


def chiffre(valeur: float | None, unite: str, decimales: int, absence: str = "non observé") -> Cellule:
    """A cell of a number with its unit, or the words for its absence."""
    if valeur is None:
        return Cellule(texte=absence, genre="absent")
    return Cellule(
        texte=dire_valeur(valeur, unite, decimales),
        brut=round(valeur, 6),
        format=_format(unite, decimales),
        genre="nombre",
    )


def cellule_mesure(lecture: Lecture) -> Cellule:
    indicateur, mesure = lecture.indicateur, lecture.mesure
    if mesure.valeur is None:
        return Cellule(texte=ABSENCES.get(mesure.statut, "non observé"), genre="absent")
    entiere = replace(mesure, couverture=None)
    courte = dire_mesure(entiere, indicateur.unite, indicateur.decimales)
    part = dire_part_couverte(mesure)
    return Cellule(
        texte=f"{courte} ({part})" if part else courte,
        court=f"{courte} ({dire_part(mesure.couverture or 0.0)})" if part else "",
        brut=round(mesure.valeur, 6),
        format=_format(indicateur.unite, indicateur.decimales),
        genre="nombre",
    )


def dire_part(part: float) -> str:
    """A share in [0, 1] as a percentage."""
    return avec_unite(100 * part, "%")
