"""The JSON twin of a diagnosis: everything the note says, with codes instead of sentences."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from typing import Any

from perenne.domain.savoir.indicateurs import Indicateur
from perenne.domain.territoire.identite import Contour
from perenne.domain.territoire.resultat import BesoinLu, Diagnostic

_INDICATEUR = ("id", "libelle", "unite", "sens", "formule", "agregation", "limites")


def rendre_json(diagnostic: Diagnostic) -> str:
    """Write a diagnosis as JSON, keys in a fixed order, dates in ISO 8601, no value ever rounded.

    A value that is not observed is `null` with its status beside it. Outlines are listed without their
    geometry. A reading that proves a need is named by its indicator: it is in `lectures`.
    """
    return json.dumps(_simple(diagnostic), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def _simple(valeur: Any) -> Any:
    if is_dataclass(valeur):
        return {nom: _champ(valeur, nom) for nom in _champs(valeur)}
    if isinstance(valeur, Mapping):
        return {str(k): _simple(v) for k, v in valeur.items()}
    if isinstance(valeur, (tuple, list)):
        return [_simple(v) for v in valeur]
    return valeur.isoformat() if isinstance(valeur, dt.date) else valeur


def _champs(valeur: Any) -> list[str]:
    if isinstance(valeur, Indicateur):
        return list(_INDICATEUR)
    return [f.name for f in fields(valeur) if not (isinstance(valeur, Contour) and f.name == "wkb")]


def _champ(valeur: Any, nom: str) -> Any:
    contenu = getattr(valeur, nom)
    if isinstance(valeur, BesoinLu) and nom in ("preuves", "autres"):
        return [lecture.indicateur.id for lecture in contenu]
    return _simple(contenu)
