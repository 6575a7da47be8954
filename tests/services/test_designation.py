"""What a user writes to name a territory."""

from __future__ import annotations

from pathlib import Path

import pytest

from perenne.atlas.lecteur import Atlas
from perenne.domain.erreurs import ErreurUtilisateur
from perenne.services.designation import designer


def _designer(dossier: Path, demande: str) -> list[str]:
    with Atlas(dossier) as atlas:
        return [str(p.cle) for p in designer(atlas, demande).parties]


@pytest.mark.parametrize(
    ("demande", "attendu"),
    [
        ("23096", "commune:23096"),
        ("Guéret", "commune:23096"),
        ("GUERET", "commune:23096"),
        ("ville de Guéret", "commune:23096"),
        ("200000001", "epci:200000001"),
        ("epci:200000001", "epci:200000001"),
        ("Communauté de communes des Collines", "epci:200000001"),
        ("collines", "epci:200000001"),
        ("23", "departement:23"),
        ("Creuse", "departement:23"),
        ("département de la Creuse", "departement:23"),
        ("qn02301m", "qpv:QN02301M"),
        ("quartier:QN02301M", "qpv:QN02301M"),
        ("L’Albatros", "qpv:QN02301M"),
        ("St-Denis", "commune:97411"),
        ("St Sulpice (24)", "commune:24504"),
        ("région La Réunion", "region:04"),
        ("La Réunion", "departement:974"),
    ],
)
def test_codes_and_names_are_understood(atlas_jouet: Path, demande: str, attendu: str) -> None:
    assert _designer(atlas_jouet, demande) == [attendu]


def test_a_former_code_leads_to_the_present_commune_and_says_when(atlas_jouet: Path) -> None:
    for demande in ("23500", "Vieux bourg"):
        with Atlas(atlas_jouet) as atlas:
            d = designer(atlas, demande)
        assert [p.code for p in d.parties] == ["23001"]
        assert [(f.nom_ancien, str(f.date_effet)) for f in d.filiations] == [("Vieux-Bourg", "2019-01-01")]


def test_a_union_keeps_each_part(atlas_jouet: Path) -> None:
    assert _designer(atlas_jouet, "23096 + epci:200000001") == ["commune:23096", "epci:200000001"]


def test_homonyms_are_listed_with_code_departement_and_population(atlas_jouet: Path) -> None:
    with pytest.raises(ErreurUtilisateur) as e:
        _designer(atlas_jouet, "saint-sulpice")
    texte = str(e.value)
    assert "Plusieurs territoires" in texte
    assert "24504, commune, département 24, 900 habitants" in texte
    assert "23246" in texte


@pytest.mark.parametrize("demande", ["guere", "Guéét", "gueert"])
def test_a_misspelt_name_is_suggested_and_never_replaced(atlas_jouet: Path, demande: str) -> None:
    with pytest.raises(ErreurUtilisateur, match=r"Vouliez-vous dire") as e:
        _designer(atlas_jouet, demande)
    assert "Guéret : 23096" in str(e.value)


def test_a_mistyped_code_is_suggested(atlas_jouet: Path) -> None:
    with pytest.raises(ErreurUtilisateur, match=r"Guéret : 23096"):
        _designer(atlas_jouet, "23069")


@pytest.mark.parametrize("demande", ["zzzzzzzz", "", "+", "pays:23", "99999"])
def test_nonsense_gets_a_message_and_an_example(atlas_jouet: Path, demande: str) -> None:
    with pytest.raises(ErreurUtilisateur) as e:
        _designer(atlas_jouet, demande)
    assert "23096" in str(e.value) or "Types connus" in str(e.value)


def test_all_the_wrong_parts_of_a_union_are_told_at_once(atlas_jouet: Path) -> None:
    with pytest.raises(ErreurUtilisateur) as e:
        _designer(atlas_jouet, "saint-sulpice+zzzzzz")
    assert "saint-sulpice" in str(e.value)
    assert "zzzzzz" in str(e.value)
