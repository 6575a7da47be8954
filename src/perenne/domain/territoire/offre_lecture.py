"""What a layer of the supply is read from, and how far: no register read is no observation, never zero."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from perenne.domain.savoir.activites import Activite
from perenne.domain.territoire.offre import Couche, StatutLecture

SIRENE, RNA = "SIRENE", "RNA"
LISTES: Mapping[str, str] = {
    "siae": "SIAE",
    "data-inclusion": "DATA_INCLUSION",
    "tiers-lieux": "TIERS_LIEUX_REC",
}
"""Lists of the atlas that name operators whatever their status, with the register of the knowledge base that
each is."""

TYPES_SIAE = frozenset({"ACI", "AI", "EI", "EITI", "ETTI", "GEIQ", "EA", "EATT"})
"""Structure types of data·inclusion that the list of SIAE gives too."""

SANS_RNA = frozenset({"57", "67", "68"})
"""Alsace and Moselle: the national register of associations stops there (nomenclature `registres`)."""


def listes_de(activite: Activite) -> frozenset[str]:
    """The lists of the atlas where operators of an activity are named, of the ESS or not."""
    types = set(activite.typologies_inclusion)
    declares = types or activite.services_inclusion
    listes = set(activite.registres) | ({"DATA_INCLUSION"} if declares else set())
    return frozenset((listes | ({"SIAE"} if types & TYPES_SIAE else set())) & set(LISTES.values()))


def attendus(couche: Couche, listes: Collection[str], departement: str) -> frozenset[str]:
    """The registers that feed a layer in a département.

    Args:
        listes: registers of `LISTES` that name operators of the activity.
    """
    if couche == "tous":
        return frozenset(listes)
    if couche == "employeurs":
        return frozenset({SIRENE})
    return frozenset({SIRENE}) if departement in SANS_RNA else frozenset({SIRENE, RNA})


def lire_statut(
    couche: Couche, listes: Collection[Collection[str]], lus: Mapping[str, Collection[str]]
) -> StatutLecture:
    """How far a layer is observed over the départements of a territory.

    Args:
        listes: for each activity concerned (a need has several), its lists.
        lus: by département, the registers read there.
    """
    statuts = {_statut(couche, une, frozenset(r), d) for d, r in lus.items() for une in listes}
    if statuts == {"entier"}:
        return "entier"
    return "partiel" if statuts - {"non-observe"} else "non-observe"


def _statut(couche: Couche, listes: Collection[str], lus: frozenset[str], departement: str) -> StatutLecture:
    voulus = attendus(couche, listes, departement)
    if not voulus & lus:
        return "non-observe"
    # Without its associations of local law, Alsace-Moselle is never read whole.
    manque = couche == "ess" and departement in SANS_RNA
    return "entier" if voulus <= lus and not manque else "partiel"


def profil(couche: Couche, lus: Mapping[str, Collection[str]]) -> str:
    """What makes two territories comparable for a layer: the same registers read in their départements.

    Returns:
        Their names; empty when nothing that feeds the layer was read in one of the départements, since
        operators would then be missing rather than absent.
    """
    profils = set()
    for departement, registres in lus.items():
        utiles = {*registres} if couche == "tous" else {*registres} & {SIRENE, RNA}
        profils.add(" ".join(sorted(utiles - {RNA} if departement in SANS_RNA else utiles)))
    return "" if "" in profils else "|".join(sorted(profils))
