"""How many distinct operators each territory holds, for each activity and each need."""

from __future__ import annotations

from typing import Any

import ibis

from perenne.domain.territoire.offre import COUCHES, RANG_COUCHE
from perenne.pipeline.moteurs.interface import MoteurDeMasse

ECARTS = {"fermes": "ferme", "non_diffusibles": "non-diffusible", "hors_champ": "hors-champ"}


def exprimer(masse: MoteurDeMasse) -> Any:
    """The rows of `offre`; a territory without any operator of a subject has none."""
    presences = masse.table("atl_offre_operateur")
    situees = _situer(presences, masse.table("offre_composition"), masse.table("offre_territoire"))
    sujets = _sujets(presences, masse.table("atl_activite_besoin"))
    lignes = situees.join(sujets, "activite")
    sur = lignes.confiance != "faible"
    par_operateur = lignes.group_by("type", "code", "sujet", "operateur").agg(
        sure=_max(lignes.couche, sur & lignes.certain),
        possible=_max(lignes.couche, lignes.certain),
        incertaine=_max(lignes.couche, sur),
        **{nom: (sur & lignes.certain & (lignes.ecarte == motif)).any() for nom, motif in ECARTS.items()},
    )
    comptes: dict[str, Any] = {}
    for couche in COUCHES:
        rang = RANG_COUCHE[couche]
        deja = par_operateur.sure >= rang
        faible = ~deja & (par_operateur.possible >= rang)
        comptes[couche] = deja
        comptes[f"{couche}_faibles"] = faible
        comptes[f"{couche}_incertains"] = ~deja & ~faible & (par_operateur.incertaine >= rang)
    comptes |= {nom: par_operateur[nom] for nom in ECARTS}
    return par_operateur.group_by("type", "code", "sujet").agg(
        **{nom: par_operateur.count(where=condition) for nom, condition in comptes.items()}
    )


def _max(couche: Any, condition: Any) -> Any:
    return ibis.ifelse(condition, couche, 0).max()


def _situer(presences: Any, composition: Any, territoires: Any) -> Any:
    """One row a presence and a territory; `certain` is false where a QPV only may hold it."""
    situees = presences.filter(presences.commune.notnull())
    regions = territoires.filter(territoires.type == "departement").select(departement="code", code="region")
    sans_commune = presences.filter(presences.commune.isnull())
    plus_grands = composition.filter(composition.type != "qpv")
    quartiers = composition.filter(composition.type == "qpv")
    dedans = presences.filter((presences.qpv_statut == "dedans") & presences.qpv.notnull())
    flous = situees.filter(situees.qpv_statut == "inconnu").join(quartiers, "commune")
    sures = (
        situees.mutate(type=ibis.literal("commune"), code=situees.commune),
        situees.join(plus_grands, "commune"),
        sans_commune.mutate(type=ibis.literal("departement"), code=sans_commune.departement),
        sans_commune.join(regions, "departement").mutate(type=ibis.literal("region")),
        dedans.mutate(type=ibis.literal("qpv"), code=dedans.qpv),
    )
    colonnes = ("type", "code", "operateur", "activite", "confiance", "couche", "ecarte")
    return ibis.union(
        *(t.select(*colonnes, certain=ibis.literal(True)) for t in sures),
        flous.select(*colonnes, certain=ibis.literal(False)),
    )


def _sujets(presences: Any, besoins: Any) -> Any:
    """Each activity under itself and under the needs that it serves."""
    soi = presences.select("activite").distinct()
    return ibis.union(soi.mutate(sujet=soi.activite), besoins.select("activite", sujet=besoins.besoin))
