"""A small base with one item of several kinds, dated values included."""

from __future__ import annotations

from pathlib import Path

import pytest

from perenne.domain.savoir.base import BaseSavoir
from perenne.kb.chargement import charger_base

FICHIERS = {
    "ressources/loi-2021-875.yaml": "titre: Loi sur la trésorerie des associations\ntype: loi\n"
    "verifie: reference\nverifie_le: 2026-11-23\n",
    "besoins/B14.yaml": """\
titre: Renforcer le lien social
resume: Des habitants isolés manquent de lieux où se retrouver.
thematiques: [lien-social]
provenance: etude
indicateurs: []
source: {document: loi-2021-875, section: partie I}
""",
    "acteurs/types/etat-emploi.yaml": """\
nom: Services de l'État chargés de l'emploi
niveau: regional
public: oui
resume: Ils conventionnent l'insertion.
peut: [Conventionner une structure d'insertion]
noms:
  - {nom: Direccte, au: 2021-03-31}
  - {nom: DREETS, du: 2021-04-01, confiance: C}
sources: [{document: loi-2021-875}]
""",
    "familles/A.yaml": """\
titre: Coûts et revenus
ordre: 1
question: D'où vient l'argent ?
presentation: Texte.
reconstitution: La liste d'origine est perdue.
provenance: etude
source: {document: loi-2021-875}
""",
    "regles/commande/dispense.yaml": """\
titre: Seuil de dispense
nature: valeur
enonce: En dessous, ni publicité ni mise en concurrence.
date_applicable: consultation-engagee
confiance: A
verifie_le: 2026-11-23
unite: EUR HT
versions:
  - {du: 2020-01-01, valeur: 40000, references: [{document: loi-2021-875, article: R2122-8}]}
  - {du: 2026-04-01, valeur: 60000, references: [{document: loi-2021-875, article: R2122-8}]}
exemples:
  - {au: 2026-03-31, attendu: 40000}
  - {au: 2026-04-01, attendu: 60000}
""",
    "zonages/zrr.yaml": """\
titre: Zones de revitalisation rurale
nom_court: ZRR
nature: zonage
maille: commune
explication: Une commune peu dense.
dans_atlas: true
periodes:
  - du: 2017-07-01
    au: 2024-06-30
    confiance: A
    verifie_le: 2026-11-23
    sources: [{document: loi-2021-875}]
sources: [{document: loi-2021-875}]
""",
    "faits/f.yaml": """\
zrr: {type: booleen, libelle: La commune est en ZRR, question: Est-elle en ZRR ?}
""",
}


@pytest.fixture(scope="session")
def petite_base(tmp_path_factory: pytest.TempPathFactory) -> BaseSavoir:
    """The small base, loaded strictly."""
    racine: Path = tmp_path_factory.mktemp("savoir") / "knowledge"
    for nom, texte in FICHIERS.items():
        fichier = racine / nom
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(texte, encoding="utf-8")
    return charger_base(racine)
