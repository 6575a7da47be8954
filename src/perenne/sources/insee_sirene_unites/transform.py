"""Legal units of Sirene; names of persons are never read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.pipeline.gabarits_entreprises import date, rempli, unite_legale
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `unite_legale`."""
    nom = rempli(brut.denominationUniteLegale).coalesce(rempli(brut.denominationUsuelle1UniteLegale))
    etat = brut.etatAdministratifUniteLegale
    return {
        "unite_legale": brut.select(
            **unite_legale(
                brut.siren,
                rna=rempli(brut.identifiantAssociationUniteLegale),
                nom=nom,
                usage1=brut.denominationUsuelle1UniteLegale,
                usage2=brut.denominationUsuelle2UniteLegale,
                usage3=brut.denominationUsuelle3UniteLegale,
                sigle=rempli(brut.sigleUniteLegale),
                forme=brut.categorieJuridiqueUniteLegale,
                mention=brut.economieSocialeSolidaireUniteLegale,
                mission=brut.societeMissionUniteLegale,
                etat=etat,
                creee_le=date(brut.dateCreationUniteLegale),
                fermee_le=ibis.ifelse(etat == "C", date(brut.dateDebut), ibis.null().cast("string")),
                naf=brut.activitePrincipaleUniteLegale,
                effectif=brut.trancheEffectifsUniteLegale,
                annee_effectif=brut.anneeEffectifsUniteLegale,
                employeur=brut.caractereEmployeurUniteLegale,
                diffusible=brut.statutDiffusionUniteLegale == "O",
                maj=brut.dateDernierTraitementUniteLegale,
            )
        )
    }
