"""Structures of inclusion by economic activity."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits_entreprises import code_postal_departement, point, registre
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `registre`."""
    return {
        "registre": brut.select(
            **registre(
                "siae",
                notice,
                siret=brut.siret,
                categorie=brut.kind,
                nom=brut.name,
                nom_usage=brut.brand,
                commune_nom=brut.city,
                departement=code_postal_departement(brut.post_code),
                lon=point(brut.coords, 0),
                lat=point(brut.coords, 1),
                date=brut.updated_at.left(10),
                texte=brut.description,
            )
        )
    }
