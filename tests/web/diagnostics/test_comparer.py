"""Respondents side by side: disagreements first, nothing averaged, no answer is no answer."""

from __future__ import annotations

from typing import Any

import lxml.html

from perenne.web.diagnostics.models import Feuille, Passage, Repondant


def _repondre(scene: Any, qui: str, famille: str, **avis: Any) -> None:
    Feuille.objects.create(
        passage=scene.passage,
        repondant=Repondant.objects.get(nom=qui),
        famille=famille,
        contenu={c: v if isinstance(v, dict) else {"avis": v} for c, v in avis.items()},
    )


def _groupes(scene: Any, qui: str = "lecteur", suite: str = "") -> dict[str, list[str]]:
    """Identifier of each group → its criteria, as the page shows them."""
    page = scene.entrer(qui).get(scene.adresse(f"comparaison/{suite}"))
    document = lxml.html.fromstring(page.content.decode())
    groupes = {}
    for section in document.xpath('//section[starts-with(@aria-labelledby, "g-")]'):
        lignes = section.xpath(".//tbody//th") or section.xpath(".//li")
        ident = section.get("aria-labelledby").removeprefix("g-")
        groupes[ident] = [x.text_content().split()[0] for x in lignes]
    return groupes


def test_each_criterion_is_in_the_group_that_says_what_to_do_of_it(scene: Any) -> None:
    chiffre = {"chiffres": {"part_premier_financeur": {"valeur": 40}}}
    autre = {"chiffres": {"part_premier_financeur": {"valeur": 60}}}
    _repondre(
        scene, "entreprise", "A", A1="oui", A2="non", A3={"avis": "moyen", **chiffre}, A4="oui", A5="oui",
        A6="ne-sait-pas",
    )  # fmt: skip
    _repondre(
        scene, "elu", "A", A1="non", A2="moyen", A3={"avis": "moyen", **autre}, A4="oui", A6="ne-sait-pas"
    )
    groupes = _groupes(scene)
    assert list(groupes) == ["desaccords", "degres", "chiffres", "accords", "seuls", "sans"]
    assert [groupes[g] for g in ("desaccords", "degres", "chiffres", "accords", "seuls")] == [
        ["A1"], ["A2"], ["A3"], ["A4"], ["A5"],
    ]  # fmt: skip
    assert "A6" in groupes["sans"]
    assert sum(map(len, groupes.values())) == 39


def test_nothing_is_averaged_and_each_reason_stays_with_its_author(scene: Any) -> None:
    _repondre(
        scene, "entreprise", "A", A6={"avis": "oui", "justification": "Trois mois.", "source": "Comptes"}
    )
    _repondre(scene, "elu", "A", A6="non")
    page = scene.entrer("lecteur").get(scene.adresse("comparaison/")).content.decode()
    document = lxml.html.fromstring(page)
    (ligne,) = document.xpath('//section[@aria-labelledby="g-desaccords"]//tbody/tr')
    cellules = [" ".join(" ".join(x.itertext()).split()) for x in ligne.iter("td")]
    assert cellules[:2] == [
        "● oui Trois mois. Source : Comptes",
        "○ non",
    ]
    assert "1 désaccord à discuter" in page


def test_a_respondent_who_said_nothing_is_named_and_not_counted(scene: Any) -> None:
    _repondre(scene, "entreprise", "A", A6="oui")
    page = scene.entrer("lecteur").get(scene.adresse("comparaison/")).content.decode()
    assert "N’ont pas répondu\u00a0: élu." in page
    assert "Une seule voix pour l’instant" in page


def test_an_older_round_is_read_by_itself(scene: Any) -> None:
    _repondre(scene, "entreprise", "A", A6="oui")
    Passage.objects.create(dossier=scene.dossier, nom="2028", date="2026-11-01", grille="complete")
    assert _groupes(scene) == {}
    assert _groupes(scene, suite="?passage=2026")["seuls"] == ["A6"]
