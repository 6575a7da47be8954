"""Structures of data·inclusion, schema of 2022."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.gabarits_entreprises import code_postal_departement, registre, service
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Tables `registre` and `service`: the services of digital mediation stand here with the structure."""
    themes = ibis.literal("")
    for libelle, theme in notice.tables["themes"].items():
        themes += ibis.ifelse(brut.services.contains(libelle), f"{theme} ", "")
    mediation = brut.filter(brut.source.isin(list(notice.tables["mediation"])))
    offerts = mediation.select(
        **service("data-inclusion", reference=brut.source + "/" + brut.id, themes=themes)
    )
    return {
        "service": offerts.filter(offerts.themes.notnull()),
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
        ),
    }
