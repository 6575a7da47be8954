"""A made-up territory of three communes with a few enterprises, and the knowledge base."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from tests.atlas.annuaire.conftest import ecrire_atlas

from perenne.services.reglages import Reglages, lire_reglages


def _commune(code: str, nom: str, **champs: Any) -> dict[str, Any]:
    lieu = {"departement": "99", "region": "99", "epci": "299900019", "population": 900, "drom": 0}
    return {"type": "commune", "code": code, "nom": nom, **lieu, **champs}


TERRITOIRES = [
    _commune("99002", "Lac-Inventé"),
    _commune("99003", "Fable", epci=""),
    {"type": "epci", "code": "299900019", "nom": "CC des Brumes", "departement": "99", "region": "99"},
    {"type": "departement", "code": "99", "nom": "Brumes", "region": "99"},
    {"type": "qpv", "code": "QN09901M", "nom": "Les Brumes Hautes", "departement": "99"},
]
COMPOSITION = [
    *({"type": "epci", "code": "299900019", "commune": c} for c in ("99001", "99002")),
    *({"type": "departement", "code": "99", "commune": c} for c in ("99001", "99002", "99003")),
    {"type": "qpv", "code": "QN09901M", "commune": "99001"},
]
ENTREPRISES: list[dict[str, Any]] = [
    {"id": "000990010", "nom": "RESSOURCERIE DES BRUMES", "forme": "9220", "employeur": "O", "effectif": "12",
     "annee_effectif": "2024", "qpv_statut": "dedans", "qpv": "QN09901M", "lon": -4.5, "lat": 45.8,
     "precision": "adresse"},
    {"id": "000990028", "nom": "=AMAP DE L'ONDE", "forme": "5560", "commune": "99002",
     "lon": -4.4, "lat": 45.7},
    {"id": "000990036", "nom": "JARDINS DE FABLE", "forme": "9220", "commune": "99003", "etat": "fermee",
     "fermee_le": "2024-05-01"},
    {"id": "000990044", "nom": None, "forme": "9220", "diffusible": 0},
    {"id": "W990000051", "siren": None, "rna": "W990000051", "nom": "JARDINS SANS LIEU", "commune": None,
     "departement": None},
    {"id": "000990069", "nom": "JARDINS NATIONAUX", "forme": "9220", "commune": "99003",
     "verdict": "probable"},
]  # fmt: skip
AUTRES: dict[str, list[dict[str, Any]]] = {
    "territoire": TERRITOIRES,
    "composition": COMPOSITION,
    "entreprise_nom": [
        {"id": "000990010", "nom": "RECUP'BRUME", "genre": "enseigne", "source": "s"}
    ],
    "etablissement": [
        {"siret": "00099006900012", "siren": "000990069", "siege": 0, "etat": "actif", "commune": "99001"},
        {"siret": "00099001000011", "siren": "000990010", "siege": 1, "etat": "actif", "commune": "99001",
         "adresse": "3 RUE DES VAGUES", "qpv": "QN09901M"},
    ],
    "entreprise_activite": [
        {"operateur": "000990010", "id": "000990010", "activite": "ressourceries", "confiance": "haute"},
        {"operateur": "000990069", "id": "000990069", "activite": "jardins_partages", "confiance": "faible"},
    ],
    "entreprise_raison": [
        {"id": "000990010", "raison": "siae", "valeur": "ACI", "sens": "pour", "source": "marche_siae"},
        {"id": "000990028", "raison": "esus", "valeur": "", "sens": "neutre", "source": "tresor_esus"},
    ],
    "appartenance": [
        {"type": "commune", "code": "99002", "zonage": "frr", "du": "2024-07-01", "source": "dgcl_frr"},
        {"type": "qpv", "code": "QN09901M", "zonage": "qpv-2024", "source": "anct_qpv_liste"},
    ],
    "source": [
        {"id": "insee_sirene_unites", "producteur": "INSEE", "jeu": "Sirene", "millesime": "2026-11",
         "format_verifie": 0}
    ],
}  # fmt: skip


@pytest.fixture(scope="module")
def reglages(racine: Path, tmp_path_factory: pytest.TempPathFactory) -> Reglages:
    dossier = tmp_path_factory.mktemp("annuaire")
    tables = {nom: [dict(ligne) for ligne in lignes] for nom, lignes in AUTRES.items()}
    ecrire_atlas(dossier / "atlas", entreprise=[dict(e) for e in ENTREPRISES], **tables)
    return lire_reglages(
        {
            "PERENNE_ATLAS": str(dossier / "atlas"),
            "PERENNE_CACHE": str(dossier / "cache"),
            "PERENNE_SAVOIR": str(racine / "knowledge"),
        }
    )
