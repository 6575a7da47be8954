"""Broken rules and facts: each mistake has its file, its line, and says what to do, in French."""

from __future__ import annotations

from pathlib import Path

import pytest

from perenne.domain.erreurs import Anomalie
from perenne.kb.chargement import lire_base

RESSOURCE = "titre: Un texte\ntype: loi\nverifie: texte\nverifie_le: 2026-11-23\n"
FAITS = """\
montant: {type: nombre, unite: EUR/an, minimum: 0, libelle: Montant, question: Combien ?}
prix: {type: nombre, unite: EUR HT, libelle: Prix, question: Combien ?}
forme: {type: choix, valeurs: {association: Association, scic: SCIC}, libelle: Forme, question: Laquelle ?}
ess: {type: booleen, libelle: ESS, question: ESS ?}
"""
TETE = """\
titre: Une règle
nature: condition
enonce: Elle dit.
date_applicable: convention-signee
confiance: A
verifie_le: 2026-11-23
references: [{document: loi}]
versions:
"""
VERSION = """\
  - du: 2020-01-01
    cas:
      - {si: "montant > 23000 EUR/an", issue: obligatoire, motif: Au-dessus.}
      - {issue: facultatif, motif: En dessous.}
"""
JAMAIS = VERSION.replace(
    "      - {issue: f",
    '      - {si: "montant > 30000 EUR/an", issue: exclu, motif: Jamais.}\n      - {issue: f',
)
EXEMPLES = "exemples:\n  - {au: 2026-01-01, avec: {montant: 23000}, attendu: facultatif}\n"
SEUIL = """\
titre: Un seuil
nature: valeur
unite: EUR HT
enonce: Il vaut.
date_applicable: consultation-engagee
confiance: A
verifie_le: 2026-11-23
references: [{document: loi}]
versions:
"""


def _lire(dossier: Path, regle: str, seuil: str = "") -> tuple[Anomalie, ...]:
    fichiers = {
        "ressources/loi.yaml": RESSOURCE,
        "faits/f.yaml": FAITS,
        "regles/domaine/regle.yaml": regle,
        "regles/domaine/seuil.yaml": seuil or SEUIL + "  - {du: 2020-01-01, valeur: 40000}\n",
    }
    for chemin, texte in fichiers.items():
        fichier = dossier / "knowledge" / chemin
        fichier.parent.mkdir(parents=True, exist_ok=True)
        fichier.write_text(texte, encoding="utf-8")
    return lire_base(dossier / "knowledge")[1]


def _cas(condition: str) -> str:
    return TETE + VERSION.replace("montant > 23000 EUR/an", condition) + EXEMPLES


def test_the_model_of_these_tests_is_valid(tmp_path: Path) -> None:
    assert not _lire(tmp_path, TETE + VERSION + EXEMPLES)


@pytest.mark.parametrize(
    ("condition", "extrait"),
    [
        ("montan > 23000 EUR/an", "le fait « montan » n'est pas déclaré. Vouliez-vous dire « montant »"),
        ("montant > 23000 EUR HT", "les unités diffèrent : d'un côté en EUR/an, de l'autre en EUR HT"),
        ("montant > valeur('domaine/seuil')", "les unités diffèrent"),
        ("prix > valeur('domaine/seul')", "la règle « domaine/seul » n'existe pas. Vouliez-vous dire"),
        (
            "forme = 'asociation'",
            "« asociation » n'est pas admise. Vouliez-vous dire « association »",
        ),
        ("forme = 'scic", "l'apostrophe fermante manque"),
        ("ess et", "la condition s'arrête trop tôt"),
        ("1 EUR < montant < 3 EUR", "deux comparaisons se suivent"),
        ("montant", "on trouve ici un nombre. Il faut une condition"),
        ("ess = 3", "on compare une condition (vrai ou faux) et un nombre"),
        ("moyenne(montant) > 3", "la fonction « moyenne » n'existe pas"),
        ("issue('domaine/seuil') = 'oui'", "ne conclut rien"),
        ("montant > 23000 € ", "le caractère « € » n'a pas de sens ici"),
    ],
)
def test_a_mistake_in_a_condition(condition: str, extrait: str, tmp_path: Path) -> None:
    anomalies = _lire(tmp_path, _cas(condition))
    assert len(anomalies) == 1
    assert anomalies[0].ou.endswith("regles/domaine/regle.yaml, ligne 11")
    assert extrait in str(anomalies[0])
    assert "caractère" in anomalies[0].message


@pytest.mark.parametrize(
    ("corps", "ligne", "extrait"),
    [
        (TETE + VERSION.replace("2020-01-01", "2024-01-01") + VERSION + EXEMPLES, 13, "Rangez les versions"),
        (TETE + VERSION.replace("    cas:", "    au: 2024-01-01\n    cas:")
         + VERSION.replace("2020", "2023") + EXEMPLES, 14, "commence avant la fin de la précédente"),
        (TETE + VERSION.replace("      - {issue: facultatif, motif: En dessous.}\n", "") + EXEMPLES,
         10, "aucun cas ne s'applique quand les conditions sont fausses"),
        (TETE + VERSION.replace('si: "montant > 23000 EUR/an", ', "") + EXEMPLES, 11, "doit être le dernier"),
        (TETE + JAMAIS + EXEMPLES, 12, "ne peut jamais s'appliquer"),
        (_cas("montant < 0 EUR/an"), 11, "ne peut jamais s'appliquer"),
        (TETE.replace("references: [{document: loi}]\n", "") + VERSION + EXEMPLES, 8, "aucune référence"),
        (TETE + VERSION + EXEMPLES.replace("montant:", "monnaie:"), 14, "« monnaie » n'est pas déclaré"),
        (TETE + VERSION + EXEMPLES.replace("montant: 23000", "forme: sarl"), 14, "« sarl » n'est pas admise"),
        (TETE + VERSION + EXEMPLES.replace("23000", "-1"), 14, "Il faut au moins 0"),
        (TETE.replace("condition", "definition") + VERSION + EXEMPLES, 11, "une définition ne conclut pas"),
        (TETE + "  - {du: 2020-01-01, valeur: 3}\n" + EXEMPLES, 9, "ne va pas avec la nature"),
        (TETE + "  []\n" + EXEMPLES, 8, "aucune version"),
        (_cas("issue('domaine/regle') = 'obligatoire'"), 8, "finit par s'appeler elle-même"),
    ],
)  # fmt: skip
def test_a_mistake_in_the_whole_rule(corps: str, ligne: int, extrait: str, tmp_path: Path) -> None:
    anomalies = _lire(tmp_path, corps)
    assert any(extrait in str(a) for a in anomalies), [str(a) for a in anomalies]
    trouvee = next(a for a in anomalies if extrait in str(a))
    assert trouvee.ou.endswith(f"regle.yaml, ligne {ligne}"), str(trouvee)


def test_a_scale_names_a_choice_and_its_codes(tmp_path: Path) -> None:
    bareme = SEUIL.replace("nature: valeur", "nature: bareme\ncle: forme")
    bareme += "  - {du: 2020-01-01, bareme: {association: 1, sarl: 2}}\n"
    anomalies = _lire(tmp_path, TETE + VERSION + EXEMPLES, bareme)
    assert len(anomalies) == 1
    assert "« sarl » n'est pas admise" in str(anomalies[0])


def test_every_mistake_is_reported_at_once(tmp_path: Path) -> None:
    anomalies = _lire(tmp_path, _cas("montan > 3 et form = 'scic' ou prix > montant"))
    assert len(anomalies) == 3
