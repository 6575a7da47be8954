"""Fictional lists and associations whose words, codes and registers speak of activities."""

from __future__ import annotations

import csv
import io
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
    ("a4", "Centre Secrète", "10000000700011", "ASSO"),
]

SERVICES_2022 = [
    # structure, name, types, themes
    (
        "a1",
        "Permanence du mardi",
        ["atelier"],
        ["numerique", "numerique--utiliser-le-numerique-au-quotidien"],
    ),
    (
        "a1",
        "Aide pour le garage solidaire",
        ["aide-financiere"],
        ["mobilite--entretenir-reparer-son-vehicule"],
    ),
    ("a4", "Ressourcerie de Secrète", [], ["sante--addictions"]),
    ("inconnue", "Fablab de nulle part", ["atelier"], []),
]

STRUCTURES_V1 = [
    {"id": "v1", "nom": "Mission inventée", "reseaux_porteurs": '["mission-locale"]'},
    {"id": "v2", "nom": "Lieu conté", "description": "Réparer des vélos ensemble, un atelier vélo"},
]
SERVICES_V1 = [
    {"id": "s1", "structure_id": "v2", "nom": "Halte du soir", "type": "accompagnement",
     "thematiques": '["famille--garde-denfants"]', "description": "", "contact_nom_prenom": "ignoré"},
]  # fmt: skip

GEOLOCALISATION = """siret;x_longitude;y_latitude;qualite_xy;plg_qp24;qualite_qp24
10000000100011;-4.55;45.88;33;HZ;3
10000000200011;-4.572;45.889;11;QN09901M;1
10000000300011;-4.56;45.885;12;HZ;2
10000000700011;-4.572;45.889;11;QN09901M;1
"""
TIERS_LIEUX = "ID_UNIQUE;NOM;Insee;NOM_STRC_PORT\nT1;La Grange fictive;99002;Ressourcerie du Conte\n"
TIERS_LIEUX_ACTIVITES = "ID_UNIQUE;OFFRE_NUM_FABR;OFFRE_NUM_MENUM;AUTRE\nT1;1;0;1\n"


DECISIONS = """id,activite,decision,date,role,motif
W992000003,cafes_associatifs,non,2026-11-20,chargée de mission ESS,fermé depuis l'été
W992000003,cafes_associatifs,oui,2024-01-10,conseillère DLA,
100 000 004,insertion_socioprofessionnelle,non,2026-11-20,conseillère DLA,
10000000400011,coworking,oui,2026-11-21,chargée de mission ESS,
data-inclusion:dora/a1,fablabs,oui,2026-11-21,chargée de mission ESS,
999999999,fablabs,oui,2026-11-21,chargée de mission ESS,
"""


LIEU_V1 = {
    "source": "soliguide", "date_maj": "2026-10-01", "siret": "", "commune": "Brumeville",
    "code_postal": "99000", "code_insee": "99001", "longitude": "", "latitude": "",
}  # fmt: skip


def _csv(lignes: list[dict[str, str]]) -> str:
    """Rows of the current schema, all in Brumeville."""
    sortie = io.StringIO()
    plume = csv.DictWriter(sortie, list(LIEU_V1 | {c: "" for ligne in lignes for c in ligne}), restval="")
    plume.writeheader()
    plume.writerows(LIEU_V1 | ligne for ligne in lignes)
    return sortie.getvalue()


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
    (dossier / "structures-inclusion-2026-11-01.csv").write_text(_csv(STRUCTURES_V1), encoding="utf-8")
    (dossier / "services-inclusion-2026-11-01.csv").write_text(_csv(SERVICES_V1), encoding="utf-8")
    fichier = "GeolocalisationEtablissement_Sirene_pour_etudes_statistiques_utf8.csv"
    (dossier / fichier).write_text(GEOLOCALISATION, encoding="utf-8")
    (dossier / "bdftl-2023-01-fiche-identite.csv").write_text(TIERS_LIEUX, encoding="utf-8")
    (dossier / "bdftl-2023-04-activites.csv").write_text(TIERS_LIEUX_ACTIVITES, encoding="utf-8")
    services = [
        {"id": f"s{i}", "structure_id": porteuse, "source": "dora", "nom": nom, "presentation_resume": None,
         "types": types, "thematiques": themes}
        for i, (porteuse, nom, types, themes) in enumerate(SERVICES_2022)
    ]  # fmt: skip
    (dossier / "data_inclusion_services.json").write_text(json.dumps(services), encoding="utf-8")
    structures = [
        {"id": i, "nom": nom, "pivot": siret, "typologie": genre, **lieu}
        for i, nom, siret, genre in STRUCTURES
    ]
    (dossier / "data_inclusion_structures.json").write_text(json.dumps(structures), encoding="utf-8")
