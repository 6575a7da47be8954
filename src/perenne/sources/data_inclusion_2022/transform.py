"""Structures of data·inclusion, schema of 2022."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits_entreprises import code_postal_departement, registre
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `registre`."""
    return {
        "registre": brut.select(
            **registre(
                "data-inclusion",
                notice,
                reference=brut.source + "/" + brut.id,
                siret=brut.pivot,
                categorie=brut.typologie,
                nom=brut.nom,
                code_commune=brut.code_insee,
                commune_nom=brut.commune,
                departement=code_postal_departement(brut.code_postal),
                lon=brut.longitude.try_cast("float64"),
                lat=brut.latitude.try_cast("float64"),
                date=brut.date_maj.left(10),
                texte=brut.presentation_resume.coalesce(brut.presentation_detail),
            )
        )
    }
