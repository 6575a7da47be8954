"""Which registers were really read in each département: a file without a row there says nothing of it."""

from __future__ import annotations

from typing import Any

import ibis

from perenne.domain.territoire.offre_lecture import LISTES, RNA, SANS_RNA, SIRENE
from perenne.pipeline.assemblage.contexte import Contexte

GENRES = {SIRENE: ("unite_legale", "etablissement"), RNA: ("association",)}
"""Staging tables that each national register fills."""

EXTRAITS = frozenset({"insee_sirene_extrait"})
"""Sources that hold a part of a register only: they do not make it read."""


def exprimer(contexte: Contexte) -> Any:
    """The rows of `offre_lecture`."""
    masse = contexte.masse
    entreprises, listes = masse.table("atl_entreprise"), masse.table("atl_entreprise_registre")
    dans_sirene = entreprises.filter(entreprises.etat_sirene.isin(["A", "C"]))
    au_rna = entreprises.filter(
        entreprises.etat_rna.isin(["A", "C"]) & ~entreprises.departement.isin(sorted(SANS_RNA))
    )
    registres = ibis.cases(*((listes.registre == nom, registre) for nom, registre in LISTES.items()))
    nommees = listes.filter(listes.registre.isin(list(LISTES))).mutate(registre=registres)
    lues = ibis.union(
        nommees.group_by("departement", "registre", "source").agg(structures=nommees.count()),
        *(
            t.group_by("departement")
            .agg(structures=t.count())
            .mutate(registre=ibis.literal(registre), source=ibis.literal(source))
            .select("departement", "registre", "source", "structures")
            for registre, t in ((SIRENE, dans_sirene), (RNA, au_rna))
            for source in _sources(contexte, registre)
        ),
    )
    garde = lues.departement.notnull()
    if contexte.departements:
        garde &= lues.departement.isin(sorted(contexte.departements))
    return lues.filter(garde)


def _sources(contexte: Contexte, registre: str) -> list[str]:
    lues = {s for genre in GENRES[registre] for s in contexte.tables.get(genre, [])}
    return sorted(lues - EXTRAITS)
