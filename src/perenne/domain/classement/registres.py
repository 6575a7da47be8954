"""Official lists and codes: some settle an activity, others only support what the text says."""

from __future__ import annotations

from functools import lru_cache

from perenne.domain.classement.types import Fiche, Indice
from perenne.domain.savoir.activites import Activite

REGISTRES_QUI_ETABLISSENT = {
    "SIAE": "insertion_socioprofessionnelle",
    "NOVA": "services_personne_collectivite",
    "MSS": "sport_adapte",
    "LISTE_FESTIVALS": "festivals",
}
"""Being listed there is a legal status or a census of that one activity: it wins over the text."""

REGISTRES_GENERAUX = frozenset({"RNA", "SIRENE", "ESS_FRANCE", "DATA_INCLUSION", "FINESS", "DATA_ES"})
"""Directories that hold everything: being there says nothing of the activity."""

SOURCES = {
    "siae-marche-inclusion": "SIAE",
    "siae": "SIAE",
    "gironde-mednum": "MEDNUM",
    "hinaura": "MEDNUM",
    "mednum": "MEDNUM",
    "finess": "FINESS",
}
"""Register that a source identifier means, where the whole source is such a register."""

FORMES_ESS = ("92", "93", "82", "5458", "5558", "5460", "5560", "5451", "5443", "5543", "5547", "5447")
"""Beginnings of legal forms of the social economy: associations, foundations, mutuals, cooperatives."""


def registre_de_source(source: str) -> str:
    """The register meant by a source identifier; empty when the source is not one."""
    return SOURCES.get(source.strip().lower(), "")


def registres_de(fiche: Fiche) -> frozenset[str]:
    """Registers where the structure is listed, the source being one of them."""
    origine = registre_de_source(fiche.source)
    return frozenset((*fiche.registres, origine)) - {""}


def preuve_officielle(fiche: Fiche, activite: Activite, registres: frozenset[str]) -> Indice | None:
    """A register, a category of the health directory or a structure type that settles the activity."""
    trouves = sorted(r for r in registres if REGISTRES_QUI_ETABLISSENT.get(r) == activite.id)
    trouves += sorted(set(fiche.finess) & set(activite.finess))
    trouves += sorted(set(fiche.typologies) & set(activite.typologies_inclusion))
    return Indice(champ="registre", mots=trouves[0]) if trouves else None


def preuve_declaree(fiche: Fiche, activite: Activite) -> Indice | None:
    """A theme of one of its services that shows the activity: declared, not established."""
    trouves = sorted(set(fiche.services) & set(activite.services_inclusion))
    return Indice(champ="service", mots=trouves[0]) if trouves else None


def soutien(activite: Activite, registres: frozenset[str]) -> str:
    """The best register of the activity, when the structure is listed there without settling it; else empty.

    Only the first of `activite.registres` counts: the others are shared by many activities.
    """
    premier = activite.registres[0] if activite.registres else ""
    return premier if premier in registres and premier not in REGISTRES_GENERAUX else ""


@lru_cache(maxsize=2_000)
def code_naf(code: str) -> str:
    """`8899B` and `88.99b` as `88.99B`."""
    nu = code.strip().upper().replace(".", "")
    return f"{nu[:2]}.{nu[2:]}" if nu else ""


def est_ess(categorie_juridique: str) -> bool:
    """Whether the legal form is one of the social economy (closed list, commercial companies apart)."""
    return categorie_juridique.startswith(FORMES_ESS)
