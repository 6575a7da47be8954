"""Structures of data·inclusion, schema v1 and the files that came before it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.gabarits_entreprises import code_postal_departement, registre
from perenne.pipeline.notice import Notice


def _types(brut: Any, notice: Notice) -> Any:
    """The structure type where the file has one; else its networks, those that are a type under its code."""
    # each word between two spaces of its own; engines do not write what a pattern caught in the same way
    reseaux = ibis.literal("  ") + brut.reseaux_porteurs.re_replace(r"[^\w-]+", "  ") + "  "
    for reseau, type_ in notice.tables["reseaux"].items():
        reseaux = reseaux.replace(f" {reseau} ", f" {type_} ")
    return brut.typologie.nullif("").coalesce(reseaux.re_replace(" +", " "))


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `registre`."""
    return {
        "registre": brut.select(
            **registre(
                "data-inclusion",
                notice,
                reference=brut.source + "/" + brut.id,
                siret=brut.siret,
                categorie=_types(brut, notice),
                nom=brut.nom,
                code_commune=brut.code_insee,
                commune_nom=brut.commune,
                departement=code_postal_departement(brut.code_postal),
                lon=brut.longitude.try_cast("float64"),
                lat=brut.latitude.try_cast("float64"),
                date=brut.date_maj.left(10),
                texte=brut.description.coalesce(brut.presentation_resume),
            )
        )
    }
