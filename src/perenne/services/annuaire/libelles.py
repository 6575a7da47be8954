"""The names of the codes that a list of enterprises shows, and the data sets that it comes from."""

from __future__ import annotations

from perenne.atlas.lecteur import Atlas
from perenne.domain.savoir.activites import Activite
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.reports.annuaire.phrases import Libelles

SOURCES = (
    "insee_sirene_unites", "insee_sirene_etablissements", "insee_sirene_extrait", "interieur_rna_waldec",
    "interieur_rna_import", "ess_france", "tresor_esus", "marche_siae", "data_inclusion",
    "data_inclusion_2022", "anct_tiers_lieux",
)  # fmt: skip
"""Data sets of the enterprises; those that the atlas was built with are cited."""


def lire_libelles(atlas: Atlas, base: BaseSavoir) -> Libelles:
    """Names of legal forms, activities and bands of headcount."""
    effectifs = base.nomenclatures.get("tranches-effectifs")
    connues = atlas.sources()
    return Libelles(
        formes={i: f.libelle for i, f in base.de(FormeJuridique).items()},
        activites={i: a.titre for i, a in base.de(Activite).items()},
        effectifs=effectifs.libelles if effectifs else {},
        sources=tuple(connues[s] for s in SOURCES if s in connues),
    )
