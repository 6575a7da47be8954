"""What each operator does: its words, its codes, the lists that name it and the decisions of people."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import ibis

from perenne.domain.classement.decision import Classeur
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.classement.lot import COLONNES, SCHEMA
from perenne.pipeline.classement.parallele import TAILLE, classer_lots


def assembler(contexte: Contexte, classeur: Classeur | None) -> None:
    """Create `atl_entreprise_activite`; empty without a classifier."""
    moteur = contexte.moteur
    if classeur is None:
        moteur.deposer("atl_entreprise_activite", SCHEMA.empty_table())
        return
    lots = classer_lots(moteur.lots(operateurs(contexte), TAILLE), classeur)
    moteur.ranger("atl_entreprise_activite", contexte.dossier, lots, SCHEMA)


def operateurs(contexte: Contexte) -> Any:
    """One row an operator: the enterprises, then the structures of the lists that are none of them."""
    moteur = contexte.moteur
    entreprises = moteur.table("entreprise_decidee")
    listes = moteur.table("atl_entreprise_registre")
    champs = ("registre", "categorie", "reference", "nom", "nom_usage", "source", "date")
    citation = ibis.struct({c: listes[c] for c in champs})
    citees = listes.filter(listes.id.notnull()).group_by("id").agg(listes=citation.collect())
    connues = entreprises.left_join(citees, "id").select(
        entreprises, operateur=entreprises.id, listes=citees.listes
    )
    seules = (
        listes.mutate(cle=listes.reference.coalesce(listes.siret, listes.siren))
        .filter(lambda t: t.id.isnull() & t.cle.notnull())
        .mutate(operateur=lambda t: t.registre + ibis.literal(":") + t.cle)
    )
    autres = seules.group_by("operateur").agg(
        commune=seules.commune.min(),
        departement=seules.departement.min(),
        listes=ibis.struct({c: seules[c] for c in champs}).collect(),
    )
    vide = ibis.null().cast("string")
    absentes = {c: vide for c in COLONNES if c not in autres.columns}
    return ibis.union(connues.select(*COLONNES), autres.mutate(**absentes).select(*COLONNES))


def resumer(contexte: Contexte) -> Mapping[str, Any]:
    """For the manifest: rows by activity and confidence."""
    comptes: dict[str, dict[str, int]] = {}
    for activite, confiance, n in contexte.moteur.lignes(
        "SELECT activite, confiance, count(*) FROM atl_entreprise_activite GROUP BY ALL ORDER BY ALL"
    ):
        comptes.setdefault(activite, {})[confiance] = n
    return comptes
