"""Fictional lists and associations whose words, codes and registers speak of activities."""

from __future__ import annotations

import json
from pathlib import Path

from tests.pipeline.entreprises.generateur import _TETE_WALDEC, _association

ASSOCIATIONS = [
    _association(
        "W992000001", "LA RESSOURCERIE DU MIRAGE", objet="collecter et réemployer des objets", commune="99002"
    ),
    _association("W992000002", "LES JOYEUX CONTEURS", objet="fêtes de village", commune="99002"),
    _association("W992000003", "CAFÉ ASSOCIATIF DES BRUMES", objet="tenir un café", commune="99003"),
    _association("W992000004", "MUETTE", objet="", commune="99003"),
]

SIAE = [("10000000400011", "FABLE SOLIDAIRE", "ACI"), ("10000000700011", "SECRETE RESSOURCERIE", "EI")]

STRUCTURES = [
    ("a1", "Mairie inventée", "20000000100011", "MUNI"),
    ("a2", "Garage solidaire du Conte", "20000000200011", "ASSO"),
    ("a3", "Foyer imaginaire", "10000000300011", "RS_FJT"),
]


def ecrire_listes(dossier: Path) -> None:
    """Write the three files in `dossier`."""
    corps = b"\r\n".join([_TETE_WALDEC.encode(), *ASSOCIATIONS]) + b"\r\n"
    (dossier / "rna_waldec_20261101_dpt_97.csv").write_bytes(corps)
    lieu = {
        "brand": "", "naf": "", "city": "BRUMEVILLE", "department": "99", "post_code": "99000",
        "coords": None, "updated_at": "2021-02-01T00:00:00Z",
    }  # fmt: skip
    siae = [
        {"model": "siaes.siae", "pk": i, "fields": {"siret": siret, "name": nom, "kind": genre, **lieu}}
        for i, (siret, nom, genre) in enumerate(SIAE, 1)
    ]
    (dossier / "siae_marche_inclusion.json").write_text(json.dumps(siae), encoding="utf-8")
    lieu = {
        "source": "dora", "commune": "Brumeville", "code_postal": "99000", "code_insee": "99001",
        "longitude": None, "latitude": None, "date_maj": "2022-05-01",
    }  # fmt: skip
    structures = [
        {"id": i, "nom": nom, "pivot": siret, "typologie": genre, **lieu}
        for i, nom, siret, genre in STRUCTURES
    ]
    (dossier / "data_inclusion_structures.json").write_text(json.dumps(structures), encoding="utf-8")
