"""Enterprises written by hand: what is read, and every mistake at once with its line."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.leviers.entreprise import EntrepriseLue, lire_entreprise, lire_octets
from perenne.services.savoir import obtenir_base

AU = dt.date(2026, 11, 23)


def _lire(texte: str) -> EntrepriseLue:
    return lire_octets(texte.encode(), "fiche.yaml", obtenir_base(), AU)


def test_the_demonstration_enterprises_are_read(racine: Path) -> None:
    for fiche in sorted((racine / "data/demo/entreprises").glob("*.yaml")):
        lue = lire_entreprise(str(fiche), obtenir_base(), AU)
        assert lue.entreprise.fictif
        assert lue.entreprise.besoins
        assert lue.entreprise.faits["forme_juridique"] == "association"


def test_answers_and_facts_become_facts_of_the_language() -> None:
    lue = _lire(
        'nom: X\ngrille: {A8: "non", A4: oui}\nsituation: {tresorerie_mois: 1.5, cherche_local: oui}\n'
    )
    assert lue.entreprise.faits == {
        "critere_a8": "non",
        "critere_a4": "oui",
        "tresorerie_mois": Decimal("1.5"),
        "cherche_local": True,
    }


def test_a_young_enterprise_is_taken_to_be_starting_and_it_is_said() -> None:
    jeune = _lire("nom: X\nannee_creation: 2025\n")
    assert jeune.entreprise.faits["stade"] == "amorcage"
    assert jeune.deduits == ("stade",)
    assert "stade" not in _lire("nom: X\nannee_creation: 2023\n").entreprise.faits
    assert _lire("nom: X\nannee_creation: 2025\nstade: rebond\n").entreprise.faits["stade"] == "rebond"


def test_every_mistake_is_told_at_once_with_its_line() -> None:
    texte = "\n".join(
        (
            "nom: ''",
            "activite: ressourcerie",
            "besoins: [B99]",
            "grille: {A99: oui, A8: peut-être}",
            "situation:",
            "  cherche_locale: oui",
            "  tresorerie_mois: beaucoup",
            "budget: 12",
        )
    )
    with pytest.raises(ErreurUtilisateur) as refus:
        _lire(texte)
    lieux = {a.ou for a in refus.value.anomalies}
    assert len(refus.value.anomalies) == 8
    assert lieux == {f"fiche.yaml, ligne {n}" for n in (1, 2, 3, 4, 6, 7, 8)}
    assert "ressourceries" in str(refus.value)
    assert "cherche_local" in str(refus.value)


@pytest.mark.parametrize("texte", ["", "- une liste", "nom: [", "\xff", "nom: x\n\tgrille: y"])
def test_a_file_that_is_no_enterprise_is_refused_in_french(texte: str) -> None:
    with pytest.raises(ErreurUtilisateur) as refus:
        lire_octets(texte.encode("latin-1"), "fiche.yaml", obtenir_base(), AU)
    assert refus.value.anomalies


def test_an_unknown_name_suggests_the_nearest_case(tmp_path: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match="bell-occas"):
        lire_entreprise("belloccas", obtenir_base(), AU)
    with pytest.raises(ErreurUtilisateur):
        lire_entreprise(str(tmp_path), obtenir_base(), AU)


def test_a_shared_diagnosis_is_read_as_it_is(racine: Path) -> None:
    """The file of `perenne diagnostic` serves here too."""
    lue = lire_entreprise(str(racine / "data/demo/diagnostics/cafe-bourg-invente.yaml"), obtenir_base(), AU)
    assert lue.entreprise.nom == "Café associatif de Bourg-Inventé"
    assert lue.entreprise.activite == "cafes_associatifs"
    assert lue.entreprise.fictif
    assert lue.entreprise.faits["critere_a2"] == "non"
    assert "B14" in lue.entreprise.besoins
