"""A plan written line by line says the same as the same plan in a file."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.tresorerie.brouillon import (
    TOUTES,
    controler_ligne,
    ecrire_brouillon,
    lire_brouillon,
    montrer,
    nom_pris,
    nommer_ligne,
)
from perenne.services.tresorerie.fichiers import lire_plan


@pytest.mark.parametrize("nom", ["cafe-associatif", "regie-de-quartier", "ressourcerie"])
def test_a_plan_of_a_file_comes_back_the_same(racine: Path, nom: str) -> None:
    lu = lire_plan(racine / "data" / "demo" / "tresorerie" / f"{nom}.yaml")
    relu = lire_brouillon(ecrire_brouillon(lu), nom)
    assert relu.plan == lu.plan
    assert relu.leviers == lu.leviers


def test_a_draft_says_where_each_thing_is_missing() -> None:
    contenu: dict[str, list[dict[str, Any]]] = {
        "structure": [{"_cle": "a", "structure": "Café inventé"}],
        "charges": [{"_cle": "b", "id": "loyer", "montant": "douze"}],
    }
    with pytest.raises(ErreurUtilisateur) as erreur:
        lire_brouillon(contenu, "Café inventé")
    dits = [str(a) for a in erreur.value.anomalies]
    assert any(d.startswith("Structure : « Premier jour du plan »") for d in dits)
    assert any(d.startswith("Charges, ligne 1 : ") and "« douze » n'est pas un nombre" in d for d in dits)


def test_an_empty_draft_is_refused_in_words() -> None:
    with pytest.raises(ErreurUtilisateur, match="à corriger"):
        lire_brouillon({}, "Rien")


def test_a_line_is_checked_by_field() -> None:
    anomalies = controler_ligne(
        TOUTES["charges"], {"id": "loyer", "montant": "1 200,50 €", "debut": "32/01/2027"}
    )
    assert [a.ou for a in anomalies] == ["debut"]


def test_a_line_left_unnamed_gets_a_free_name() -> None:
    contenu = {"charges": [{"_cle": "x", "id": "loyer-du-hangar"}]}
    assert nommer_ligne(contenu, "Loyer du hangar") == "loyer-du-hangar-2"
    assert nommer_ligne(contenu, "Loyer du hangar", "x") == "loyer-du-hangar"
    assert nommer_ligne(contenu, "···") == "ligne"
    assert nom_pris(contenu, "loyer-du-hangar", "y")
    assert not nom_pris(contenu, "loyer-du-hangar", "x")


@pytest.mark.parametrize(
    ("nom", "ecrit", "montre"),
    [("montant", "1200,5", "1\u202f200,50"), ("montant", "15000", "15\u202f000"), ("montant", "?", "?"),
     ("debut", "2027-03-15", "15/03/2027"), ("statut", "securise", "sécurisé"), ("libelle", "12", "12")],
)  # fmt: skip
def test_a_typed_value_is_shown_the_french_way(nom: str, ecrit: str, montre: str) -> None:
    champ = next(c for c in TOUTES["charges"].champs if c.nom == nom)
    assert montrer(champ, ecrit) == montre
