"""Services of data·inclusion, schema v1 and the files that came before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits_entreprises import service
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `service`."""
    return {
        "service": brut.select(
            **service(
                "data-inclusion",
                reference=brut.source + "/" + brut.structure_id,
                nom=brut.nom,
                texte=brut.description.coalesce(brut.presentation_resume),
                types=brut.type.coalesce(brut.types),
                themes=brut.thematiques,
                date=brut.date_maj.left(10),
            )
        )
    }
