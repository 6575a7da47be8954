"""What checks the knowledge base and describes its kinds."""

from __future__ import annotations

from pathlib import Path

from perenne.domain.erreurs import Anomalie
from perenne.kb.chargement import lire_base
from perenne.kb.genres import GENRES
from perenne.kb.libelles import lire_libelles
from perenne.kb.schemas import ecrire_schema, schema_de
from perenne.reports.reference_savoir import ecrire_reference
from perenne.services.reglages import lire_reglages


def verifier_base(dossier: Path | None = None) -> tuple[dict[str, int], tuple[Anomalie, ...]]:
    """Number of valid items by kind, and every anomaly; read afresh each time."""
    base, anomalies = lire_base(dossier or lire_reglages().savoir)
    return {genre: len(fiches) for genre, fiches in base.fiches.items()}, anomalies


def schemas_du_savoir(dossier: Path | None = None) -> dict[str, str]:
    """Text of the JSON Schema of each kind, by kind."""
    libelles = lire_libelles(lire_base(dossier or lire_reglages().savoir)[0])
    return {g.nom: ecrire_schema(schema_de(g, libelles)) for g in GENRES}


def decrire_genres(dossier: Path | None = None) -> str:
    """The reference page of the kinds and their keys, in Markdown."""
    return ecrire_reference(GENRES, lire_libelles(lire_base(dossier or lire_reglages().savoir)[0]))
