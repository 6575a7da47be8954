"""Use case: the sheet of one enterprise of the atlas."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from typing import Literal

from perenne.atlas.entreprises import observe_des_entreprises, trouver_entreprise
from perenne.atlas.lecteur import Atlas
from perenne.domain.annuaire.demande import lire_numero as trouver_numero
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.ess.fiche import FicheEntreprise
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.reports.ess.activites import Libelles
from perenne.reports.ess.texte import ecrire_fiche_ess
from perenne.services.cache_savoir import obtenir_base_en_cache
from perenne.services.reglages import Reglages

Format = Literal["texte", "json"]


def lire_numero(demande: str) -> str:
    """The SIREN or the RNA number in what the user wrote; a SIRET gives its SIREN.

    Raises:
        ErreurUtilisateur: it is none of these.
    """
    numero = trouver_numero(demande)
    if not numero:
        raise ErreurUtilisateur(
            f"« {demande} » n'est ni un SIREN (9 chiffres), ni un SIRET (14 chiffres), ni un numéro RNA.",
            conseil="Un numéro RNA commence par W et compte dix caractères : W232000123.",
        )
    return numero


def consulter_entreprise(demande: str, *, reglages: Reglages, format_: Format = "texte") -> str:
    """The sheet of an enterprise.

    Args:
        demande: SIREN, SIRET or RNA number, spaces allowed.
        reglages: where the atlas and the knowledge base are.
        format_: text, or JSON with codes instead of sentences.

    Raises:
        ErreurUtilisateur: not a number, no atlas, no enterprise in it, or not this one.
    """
    numero = lire_numero(demande)
    with Atlas(reglages.atlas) as atlas:
        fiche = trouver_entreprise(atlas, numero) if observe_des_entreprises(atlas) else None
        if fiche is None:
            raise _absente(atlas, numero)
        sources, version = atlas.sources(), atlas.version
    if format_ == "json":
        document = {
            "atlas": version,
            **dataclasses.asdict(fiche),
            "sources": {
                s: dataclasses.asdict(sources[s]) for s in sorted(_sources_de(fiche)) if s in sources
            },
        }
        return json.dumps(document, ensure_ascii=False, indent=2, allow_nan=False) + "\n"
    base = obtenir_base_en_cache(reglages)
    effectifs = base.nomenclatures.get("tranches-effectifs")
    return ecrire_fiche_ess(
        fiche,
        formes=base.de(FormeJuridique),
        effectifs=effectifs.libelles if effectifs else {},
        libelles=libelles_de(base),
        sources=sources,
        version=version,
    )


def _sources_de(fiche: FicheEntreprise) -> set[str]:
    indices = (i for a in fiche.activites or () for i in a.indices)
    return {r.source for r in fiche.raisons} | {i.source for i in indices}


def libelles_de(base: BaseSavoir) -> Libelles:
    """How the codes that show an activity are spelt out."""

    def codes(nomenclature: str) -> Mapping[str, str]:
        fiche = base.nomenclatures.get(nomenclature)
        return fiche.libelles if fiche else {}

    return Libelles(
        activites={a.id: a.titre for a in base.activites.values()},
        naf=codes("naf"),
        waldec=codes("waldec"),
        types=codes("typologies-inclusion"),
        services=codes("services-inclusion"),
    )


def aucune_entreprise() -> ErreurUtilisateur:
    """What to say of an atlas built without the files of enterprises."""
    return ErreurUtilisateur(
        "L'atlas en place ne contient aucune entreprise.",
        conseil="Placez les fichiers d'entreprises dans le dossier de sources, puis relancez "
        "« perenne atlas construire » (guide : construire l'atlas).",
    )


def _absente(atlas: Atlas, numero: str) -> ErreurUtilisateur:
    if not observe_des_entreprises(atlas):
        return aucune_entreprise()
    return ErreurUtilisateur(
        f"L'entreprise {numero} n'est pas dans l'atlas : aucun des fichiers lus ne la rattache à l'ESS.",
        conseil="« perenne atlas etat » dit quels fichiers ont été lus, et pour quels départements.",
    )
