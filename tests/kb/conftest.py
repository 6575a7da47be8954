"""A minimal valid knowledge base in a temporary folder, to break one file at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

BASE: dict[str, str] = {
    "ressources/doc.yaml": "titre: Un document\ntype: etude\n",
    "besoins/B01.yaml": """\
titre: Un besoin
resume: Pourquoi.
thematiques: [inclusion]
provenance: etude
indicateurs:
  - libelle: Un taux
    unite: '%'
    maille: commune
    producteur: Insee
    sens: plus_haut
    statut: code_ou_jeu_vu
source: {document: doc, section: I}
""",
    "familles/A.yaml": """\
titre: Famille
ordre: 1
question: Quoi ?
presentation: Texte.
reconstitution: Reconstitution.
provenance: etude
source: {document: doc}
""",
    "acteurs/types/commune.yaml": """\
nom: Commune
niveau: communal
public: oui
resume: Une commune.
peut: [Subventionner]
sources: [{document: doc}]
""",
    "acteurs/organisations/ville.yaml": """\
nom: Ville
type: commune
territoire: {type: commune, code: '01001', nom: Ville}
noms:
  - {nom: Ancienne, au: 2020-12-31}
  - {nom: Nouvelle, du: 2021-01-01}
sources: [{document: doc}]
""",
    "faits/exemple.yaml": """\
montant_annuel:
  type: nombre
  unite: EUR
  libelle: Montant annuel
  question: Combien par an ?
""",
    "regles/subventions/seuil.yaml": """\
titre: Un seuil
nature: valeur
enonce: Au-delà, une convention.
date_applicable: convention-signee
confiance: B
verifie_le: 2026-11-23
unite: EUR
versions:
  - {du: 2001-06-06, valeur: 23000, references: [{document: doc}]}
""",
}


@pytest.fixture
def ecrire_base(tmp_path: Path) -> Callable[[dict[str, str | bytes]], Path]:
    """Write the minimal base with some files replaced or added; returns its folder."""

    def ecrire(remplaces: dict[str, str | bytes]) -> Path:
        racine = tmp_path / "knowledge"
        for nom, contenu in {**BASE, **remplaces}.items():
            fichier = racine / nom
            fichier.parent.mkdir(parents=True, exist_ok=True)
            fichier.write_bytes(contenu if isinstance(contenu, bytes) else contenu.encode())
        return racine

    return ecrire


@pytest.fixture
def base_minimale() -> dict[str, str]:
    """The files of the minimal base, by path."""
    return dict(BASE)
