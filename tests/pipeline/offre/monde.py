"""A small made-up country with its enterprises, put straight into the tables that are counted."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa

from perenne.pipeline import sqlite
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.offre import assembler
from perenne.pipeline.moteur import Moteur, ouvrir_moteur
from perenne.pipeline.moteurs.duckdb import MasseDuckDB
from perenne.pipeline.moteurs.etapes import Etapes
from perenne.pipeline.schema import TABLES

TYPES = {"TEXT": pa.string(), "INTEGER": pa.int64(), "REAL": pa.float64(), "BLOB": pa.binary()}
ACTIVITES = {
    "jardins": ("B03", "B14"),
    "epiceries": ("B03",),
    "chantiers": ("B06",),
}
"""Made-up activities and the needs that they serve."""

ENTREPRISE_ACTIVITE = (
    "operateur",
    "id",
    "activite",
    "confiance",
    "origine",
    "indices",
    "commune",
    "departement",
)

Ligne = Mapping[str, Any]


def territoires(epcis: Mapping[str, Sequence[str]], habitants: Mapping[str, int]) -> dict[str, list[Ligne]]:
    """Communes by EPCI: the first two characters of a commune are its département, « R » its only région."""
    communes = [c for cs in epcis.values() for c in cs]
    departements = sorted({c[:2] for c in communes})
    composition = [{"type": "epci", "code": e, "commune": c} for e, cs in epcis.items() for c in cs]
    composition += [{"type": "departement", "code": c[:2], "commune": c} for c in communes]
    composition += [{"type": "region", "code": "R", "commune": c} for c in communes]

    def un(type_: str, code: str, membres: Sequence[str], **champs: Any) -> Ligne:
        fixes = {"type": type_, "code": code, "nom": code, "densite": 5, "drom": 0}
        return {**fixes, "population": sum(habitants.get(c, 1000) for c in membres), **champs}

    lignes = [un("commune", c, [c], departement=c[:2], region="R") for c in communes]
    lignes += [un("epci", e, cs, departement=cs[0][:2], region="R") for e, cs in epcis.items()]
    lignes += [un("departement", d, [c for c in communes if c[:2] == d], region="R") for d in departements]
    lignes.append(un("region", "R", communes))
    return {"territoire": lignes, "composition": composition}


@contextmanager
def compter(
    dossier: Path,
    tables: Mapping[str, Sequence[Ligne]],
    departements: Sequence[str] = (),
    servis: Mapping[str, Sequence[str]] = ACTIVITES,
) -> Iterator[Moteur]:
    """An engine where the supply of these tables is counted, in tables named `atl_…`."""
    with ouvrir_moteur() as moteur:
        masse = MasseDuckDB(moteur, Etapes(dossier, ""))
        for table in TABLES:
            champs = {c.nom: TYPES[c.type] for c in table.champs}
            if not table.nom.startswith(("offre", "activite_", "entreprise_activite")):
                _deposer(masse, f"atl_{table.nom}", champs, tables.get(table.nom, ()))
        _deposer(
            masse, "atl_entreprise_activite", dict.fromkeys(ENTREPRISE_ACTIVITE, pa.string()),
            tables.get("entreprise_activite", ()),
        )  # fmt: skip
        contexte = Contexte(
            moteur=moteur, masse=masse, etapes=masse.etapes, notices={}, indicateurs={},
            progres=lambda _: None, dossier=dossier,
            departements=frozenset(departements), tables={"unite_legale": ["sirene"], "association": ["rna"]},
        )  # fmt: skip
        assembler(contexte, servis)
        yield moteur


def publier(
    dossier: Path,
    tables: Mapping[str, Sequence[Ligne]],
    departements: Sequence[str] = (),
    servis: Mapping[str, Sequence[str]] = ACTIVITES,
) -> Path:
    """Write the atlas of these tables in a folder, and make it the current one."""
    (dossier / "v1").mkdir()
    with compter(dossier, tables, departements, servis) as moteur:
        for table in TABLES:
            noms = ", ".join(c.nom for c in table.champs)
            fichier = dossier / "v1" / f"{table.nom}.parquet"
            moteur.executer(f"COPY (SELECT {noms} FROM atl_{table.nom}) TO '{fichier}' (FORMAT parquet)")
        sqlite.ecrire(dossier / "v1", dossier / "v1" / "atlas.sqlite")
    (dossier / "actuel").write_text("v1\n", encoding="utf-8")
    return dossier


def _deposer(
    masse: MasseDuckDB, nom: str, champs: Mapping[str, pa.DataType], lignes: Sequence[Ligne]
) -> None:
    colonnes = {c: pa.array([x.get(c) for x in lignes], t) for c, t in champs.items()}
    masse.deposer(nom, pa.table(colonnes))


def entreprise(siren: str, commune: str | None, **champs: Any) -> Ligne:
    """An active association, diffusible, without any employee."""
    return {
        "id": siren, "siren": siren, "nom": f"ASSO {siren}", "verdict": "oui", "etat": "active",
        "commune": commune, "departement": commune[:2] if commune else None, "qpv_statut": "dehors",
        "diffusible": 1, "etat_sirene": "A", "etat_rna": "", "employeur": "N", **champs,
    }  # fmt: skip


def etablissement(siren: str, commune: str, **champs: Any) -> Ligne:
    """An active establishment in no quartier; `employeur` is not observed."""
    return {
        "siret": f"{siren}{commune}", "siren": siren, "siege": 1, "etat": "actif", "commune": commune,
        "qpv_statut": "dehors", "diffusible": 1, **champs,
    }  # fmt: skip


def inscription(registre: str, reference: str, commune: str | None, **champs: Any) -> Ligne:
    """An entry of a list that is attached to no enterprise."""
    departement = commune[:2] if commune else champs.pop("departement", None)
    return {
        "registre": registre, "reference": reference, "nom": reference, "commune": commune,
        "departement": departement, "source": f"source-{registre}", **champs,
    }  # fmt: skip


def activite(operateur: str, activite: str, confiance: str = "haute") -> Ligne:
    """An activity of an operator."""
    return {
        "operateur": operateur,
        "activite": activite,
        "confiance": confiance,
        "origine": "texte",
        "indices": "[]",
    }
