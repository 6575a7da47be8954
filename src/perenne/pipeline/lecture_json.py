"""Reads JSON lists and GeoJSON collections into the raw layer."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import shapely

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur


def _refus(ou: str, message: str, conseil: str = "") -> ErreurUtilisateur:
    return ErreurUtilisateur(
        "Un fichier source ne peut pas être lu.",
        anomalies=[Anomalie(ou=ou, message=message, conseil=conseil)],
    )


def _charger(chemin: Path, ou: str) -> tuple[str, Any]:
    texte = chemin.read_text(encoding="utf-8-sig")
    try:
        return texte, json.loads(texte)
    except json.JSONDecodeError as erreur:
        raise _refus(
            f"{ou}, ligne {erreur.lineno}, caractère {erreur.colno}",
            "le JSON est tronqué ou mal formé.",
            "Téléchargez le fichier de nouveau.",
        ) from erreur


def _table(enregistrements: list[dict[str, Any]]) -> dict[str, Any]:
    noms = list(dict.fromkeys(cle for e in enregistrements for cle in e))
    colonnes: dict[str, Any] = {
        nom: pa.array([_texte(e.get(nom)) for e in enregistrements], pa.string()) for nom in noms
    }
    colonnes["_ligne"] = pa.array(range(1, len(enregistrements) + 1), pa.int64())
    return colonnes


def _texte(valeur: Any) -> str | None:
    if valeur is None or valeur == "":
        return None
    if isinstance(valeur, str):
        return valeur
    return json.dumps(valeur, ensure_ascii=False)


def lire_json(chemin: Path, ou: str, liste: str) -> pa.Table:
    """Records of a JSON list; `liste` names the object that holds the fields inside each record."""
    _, brut = _charger(chemin, ou)
    if not isinstance(brut, list) or not all(isinstance(e, dict) for e in brut):
        raise _refus(ou, "le JSON n'est pas une liste d'enregistrements.")
    if not brut:
        raise _refus(ou, "la liste est vide.", "Téléchargez le fichier de nouveau.")
    if liste and not all(isinstance(e.get(liste), dict) for e in brut):
        raise _refus(ou, f"un enregistrement n'a pas d'objet « {liste} ».")
    return pa.table(_table([e[liste] if liste else e for e in brut]))


def lire_geojson(chemin: Path, ou: str) -> pa.Table:
    """Properties of each feature, with `geometrie` in WKB (longitude, latitude, WGS84)."""
    texte, brut = _charger(chemin, ou)
    objets = brut.get("features") if isinstance(brut, dict) else None
    if not isinstance(objets, list):
        raise _refus(ou, "ce n'est pas une collection GeoJSON (« features » manque).")
    if not objets:
        raise _refus(ou, "la collection est vide.", "Téléchargez le fichier de nouveau.")
    sans = [i for i, o in enumerate(objets, 1) if not isinstance(o, dict) or not o.get("geometry")]
    if sans:
        raise _refus(f"{ou}, objet {sans[0]}", "l'objet n'a pas de géométrie.")
    try:
        formes = shapely.get_parts(shapely.from_geojson(texte))
        if len(formes) != len(objets):
            formes = shapely.from_geojson([json.dumps(o["geometry"]) for o in objets])
    except shapely.errors.GEOSException as erreur:
        raise _refus(ou, f"une géométrie ne peut pas être lue ({erreur}).") from erreur
    colonnes = _table([dict(o.get("properties") or {}) for o in objets])
    return pa.table({**colonnes, "geometrie": pa.array(shapely.to_wkb(formes), pa.binary())})
