"""Texts of law say how far they were checked, and a rule of confidence A does not rest on an unread one."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.ressources import TEXTES_DE_DROIT
from perenne.kb.chargement import lire_base
from perenne.kb.controles_ressources import controler_ressources

LOI = "titre: Une loi\ntype: loi\n"


@pytest.mark.parametrize(
    ("texte", "dit"),
    [
        (LOI, "ne dit pas s’il a été vérifié"),
        (LOI + "verifie: texte\n", "ne vont pas ensemble"),
        (LOI + "verifie: non\nverifie_le: 2026-11-23\n", "ne vont pas ensemble"),
        (LOI.replace("loi", "page-web") + "verifie_le: 2026-11-23\n", "ne vont pas ensemble"),
    ],
)
def test_a_text_of_law_says_how_far_it_was_checked(tmp_path: Path, texte: str, dit: str) -> None:
    (tmp_path / "ressources").mkdir()
    (tmp_path / "ressources/loi.yaml").write_text(texte, encoding="utf-8")
    (anomalie,) = lire_base(tmp_path)[1]
    assert dit in anomalie.message
    assert "ressources/loi.yaml" in anomalie.ou


@pytest.mark.parametrize("texte", [LOI + "verifie: non\n", LOI + "verifie: texte\nverifie_le: 2026-11-23\n"])
def test_both_answers_are_allowed_and_a_page_needs_none(tmp_path: Path, texte: str) -> None:
    (tmp_path / "ressources").mkdir()
    (tmp_path / "ressources/loi.yaml").write_text(texte, encoding="utf-8")
    (tmp_path / "ressources/page.yaml").write_text("titre: Une page\ntype: page-web\n", encoding="utf-8")
    assert lire_base(tmp_path)[1] == ()


def test_no_rule_concludes_with_more_confidence_than_its_references(base: BaseSavoir) -> None:
    """Read independently of the check: the rules of the repository, version by version."""
    assert not list(controler_ressources(base))
    for regle in base.regles.values():
        for version in regle.versions:
            confiance = version.confiance or regle.confiance
            lues = version.references or regle.references
            directes = [base.ressources[r.document] for r in lues if not r.secondaire]
            if confiance == "A":
                assert directes, f"{regle.id} au {version.du} : confiance A sans texte lu"
                assert all(d.verifie != "non" for d in directes), f"{regle.id} au {version.du}"


def test_every_text_of_law_of_the_repository_is_qualified(base: BaseSavoir) -> None:
    textes = [r for r in base.ressources.values() if r.type in TEXTES_DE_DROIT]
    assert len(textes) > 80
    assert {r.verifie for r in textes} == {"texte", "reference", "non"}


def test_a_rule_read_in_the_text_cannot_cite_an_unread_text(base: BaseSavoir) -> None:
    code = replace(base.ressources["ccp"], verifie="non", verifie_le=None)
    ressources = {**base.ressources, "ccp": code}
    constats = list(controler_ressources(replace(base, fiches={**base.fiches, "ressource": ressources})))
    assert {c.genre for c in constats} == {"regle"}
    vus = {(c.id, c.chemin) for c in constats}
    assert ("commande-publique/delai-paiement", ("references", 0, "document")) in vus
    assert all(base.regles[c.id].confiance == "A" for c in constats)
