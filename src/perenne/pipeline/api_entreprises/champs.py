"""What is kept of an answer: the fields needed, and no name or address of who asked for discretion."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

MASQUE = "[NON-DIFFUSIBLE]"
ENTREPRENEUR_INDIVIDUEL = "1000"
"""Legal category of natural persons: their denomination is a person's name."""
UNITE = (
    "siren", "nature_juridique", "etat_administratif", "activite_principale", "tranche_effectif_salarie",
    "annee_tranche_effectif_salarie", "date_creation", "statut_diffusion",
)  # fmt: skip
COMPLEMENTS = (
    "est_ess", "est_siae", "type_siae", "est_association", "identifiant_association", "est_societe_mission",
)  # fmt: skip
ETABLISSEMENT = ("siret", "commune", "libelle_commune", "activite_principale", "etat_administratif")
ADRESSE = ("adresse", "code_postal", "longitude", "latitude")

Enregistrement = dict[str, Any]


class FormeInattendue(Exception):
    """The answer is not the one that is described; the message says which field, in French."""


def lire_page(corps: Any) -> tuple[list[Enregistrement], int, int]:
    """Records of a page, number of results announced, number of pages.

    Raises:
        FormeInattendue: a field that we rely on is missing or is something else.
    """
    if not isinstance(corps, Mapping):
        raise FormeInattendue("la réponse n'est pas un objet JSON")
    resultats = corps.get("results")
    if not isinstance(resultats, list):
        raise FormeInattendue("« results » n'est pas une liste")
    nombres = []
    for champ in ("total_results", "total_pages"):
        valeur = corps.get(champ)
        if not isinstance(valeur, int) or isinstance(valeur, bool) or valeur < 0:
            raise FormeInattendue(f"« {champ} » n'est pas un nombre entier")
        nombres.append(valeur)
    return [lire_resultat(r) for r in resultats], nombres[0], nombres[1]


def lire_resultat(resultat: Any) -> Enregistrement:
    """The record of one enterprise.

    Raises:
        FormeInattendue: no SIREN, or an object that is not one.
    """
    unite = _objet(resultat, "results")
    siren = unite.get("siren")
    if not isinstance(siren, str) or len(siren) != 9 or not siren.isdigit():
        raise FormeInattendue(f"« siren » vaut {siren!r}")
    if "statut_diffusion" not in unite:
        raise FormeInattendue("« statut_diffusion » manque")
    complements = _objet(unite.get("complements") or {}, "complements")
    siege = _objet(unite.get("siege") or {}, "siege")
    autres = unite.get("matching_etablissements") or []
    if not isinstance(autres, list):
        raise FormeInattendue("« matching_etablissements » n'est pas une liste")
    diffusible = unite["statut_diffusion"] == "O"
    nommable = diffusible and unite.get("nature_juridique") != ENTREPRENEUR_INDIVIDUEL
    return {
        **{c: _valeur(unite, c) for c in UNITE},
        "nom": _valeur(unite, "nom_complet") if nommable else None,
        "sigle": _valeur(unite, "sigle") if nommable else None,
        **{c: _valeur(complements, c) for c in COMPLEMENTS},
        "siege": _etablissement(siege, nommable),
        "etablissements": [_etablissement(_objet(e, "matching_etablissements"), False) for e in autres],
    }


def _etablissement(lu: Mapping[str, Any], adresse: bool) -> Enregistrement:
    montrable = adresse and lu.get("statut_diffusion_etablissement", "O") == "O"
    retenus = ETABLISSEMENT + (ADRESSE if montrable else ())
    return {c: _valeur(lu, c) for c in retenus}


def _objet(valeur: Any, champ: str) -> Mapping[str, Any]:
    if not isinstance(valeur, Mapping):
        raise FormeInattendue(f"un élément de « {champ} » n'est pas un objet")
    return valeur


def _valeur(objet: Mapping[str, Any], champ: str) -> Any:
    valeur = objet.get(champ)
    if isinstance(valeur, str):
        return None if MASQUE in valeur else valeur or None
    return valeur if isinstance(valeur, bool) else None
