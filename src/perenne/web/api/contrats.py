"""The components of the OpenAPI file that no Python type of the API gives: files and written results."""

from __future__ import annotations

from functools import cache
from typing import Any

from perenne.domain.entreprise.diagnostic import Diagnostic as DiagnosticEntreprise
from perenne.domain.entreprise.faits import FaitsTires
from perenne.domain.savoir.criteres import Critere, Famille, Mesure, Repere
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.domain.territoire.identite import Contour
from perenne.domain.territoire.resultat import BesoinLu
from perenne.domain.territoire.resultat import Diagnostic as DiagnosticTerritoire
from perenne.domain.tresorerie.resultat import Resultat
from perenne.reports.entreprise.feuilles import FEUILLES as FEUILLES_DOSSIER
from perenne.reports.entreprise.feuilles import STRUCTURE as STRUCTURE_DOSSIER
from perenne.reports.tresorerie.feuilles_depenses import FEUILLES as FEUILLES_PLAN
from perenne.reports.tresorerie.structure import STRUCTURE as STRUCTURE_PLAN
from perenne.web.api.schemas import REF, Fabrique, Schema, decrire_document

_IDENTIFIANT: Schema = {"type": "string"}
_REPERE: Schema = {
    "type": "object",
    "properties": {
        "type": {"type": "string"},
        "mesure": {"type": ["string", "null"]},
        "texte": {"type": "string"},
        "lecture": {},
        "source": {"type": ["string", "null"]},
    },
    "required": ["type", "mesure", "texte", "lecture", "source"],
}


_GEOMETRIE: Schema = {
    "type": ["object", "null"],
    "properties": {"type": {"enum": ["Point", "Polygon", "MultiPolygon"]}, "coordinates": {"type": "array"}},
    "required": ["type", "coordinates"],
}
_COLLECTION: Schema = {
    "type": "object",
    "description": "FeatureCollection, RFC 7946.",
    "properties": {
        "type": {"const": "FeatureCollection"},
        "total": {"type": "integer"},
        "suivant": {"type": "string"},
        "features": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {
                    "type": {"const": "Feature"},
                    "id": {"type": "string"},
                    "geometry": _GEOMETRIE,
                    "properties": {"type": "object"},
                },
                "required": ["type", "id", "geometry", "properties"],
            },
        },
    },
    "required": ["type", "features"],
}


@cache
def composants() -> dict[str, Schema]:
    """The schemas by name."""
    territoire = Fabrique(
        "Territoire",
        champs={
            Indicateur: ("id", "libelle", "unite", "sens", "formule", "agregation", "limites"),
            Contour: ("type", "code", "nom", "dans_territoire", "population", "classement"),
        },
        types={(BesoinLu, "preuves"): list[str], (BesoinLu, "autres"): list[str]},
    )
    territoire.dessiner(DiagnosticTerritoire)
    entreprise = Fabrique(
        "Entreprise",
        remplaces={Critere: _IDENTIFIANT, Famille: _IDENTIFIANT, Mesure: _IDENTIFIANT, Repere: _REPERE},
    )
    entreprise.dessiner(DiagnosticEntreprise)
    entreprise.dessiner(FaitsTires)
    diagnostic = entreprise.definitions["EntrepriseDiagnostic"]
    complete = {
        **diagnostic["properties"],
        "faits": {"$ref": f"{REF}EntrepriseFaitsTires"},
        "avis": {"type": "array", "items": {"type": "string"}},
    }
    tresorerie = Fabrique("Tresorerie", natures=True)
    tresorerie.dessiner(Resultat)
    return {
        **territoire.definitions,
        **entreprise.definitions,
        "DiagnosticEntreprise": {**diagnostic, "properties": complete, "required": list(complete)},
        **tresorerie.definitions,
        "CollectionGeoJSON": _COLLECTION,
        "Dossier": decrire_document(STRUCTURE_DOSSIER, FEUILLES_DOSSIER),
        "Plan": decrire_document(STRUCTURE_PLAN, FEUILLES_PLAN),
    }


def reponse(nom: str, description: str = "OK", *, mime: str = "application/json") -> dict[str, Any]:
    """What an operation answers, for `openapi_extra`."""
    contenu = {mime: {"schema": {"$ref": f"{REF}{nom}"}}}
    return {"responses": {200: {"description": description, "content": contenu}}}


def corps_et_reponse(corps: str, nom: str) -> dict[str, Any]:
    """What an operation reads by itself, and answers."""
    contenu = {"application/json": {"schema": {"$ref": f"{REF}{corps}"}}}
    return {"requestBody": {"required": True, "content": contenu}, **reponse(nom)}
