"""Establishments of Sirene, with their projected coordinates."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from perenne.pipeline.gabarits import nombre
from perenne.pipeline.gabarits_entreprises import date, rempli
from perenne.pipeline.notice import Notice


def transformer(brut: Any, notice: Notice) -> Mapping[str, Any]:
    """Table `etablissement`."""
    enseigne = rempli(brut.enseigne1Etablissement)
    return {
        "etablissement": brut.select(
            siret=brut.siret,
            siren=brut.siren,
            siege=(brut.etablissementSiege.lower() == "true").fill_null(False),
            etat=rempli(brut.etatAdministratifEtablissement),
            nom=enseigne.coalesce(rempli(brut.denominationUsuelleEtablissement)),
            enseigne2=rempli(brut.enseigne2Etablissement),
            enseigne3=rempli(brut.enseigne3Etablissement),
            usage=rempli(brut.denominationUsuelleEtablissement),
            naf=rempli(brut.activitePrincipaleEtablissement),
            effectif=rempli(brut.trancheEffectifsEtablissement),
            employeur=rempli(brut.caractereEmployeurEtablissement),
            numero=rempli(brut.numeroVoieEtablissement),
            type_voie=rempli(brut.typeVoieEtablissement),
            voie=rempli(brut.libelleVoieEtablissement),
            code_postal=rempli(brut.codePostalEtablissement),
            code_commune=rempli(brut.codeCommuneEtablissement),
            x=nombre(brut.coordonneeLambertAbscisseEtablissement),
            y=nombre(brut.coordonneeLambertOrdonneeEtablissement),
            creee_le=date(brut.dateCreationEtablissement),
            debut=date(brut.dateDebut),
            diffusible=(brut.statutDiffusionEtablissement == "O").fill_null(False),
        )
    }
