"""The stage of life: each entry test, their order, and the choice of the people."""

from __future__ import annotations

import datetime as dt

import pytest

from perenne.domain.entreprise.dossier import Structure
from perenne.domain.entreprise.stade import Indices, inferer_stade

AU = dt.date(2026, 11, 23)


@pytest.mark.parametrize(
    ("structure", "indices", "attendu"),
    [
        ({"activite_reguliere": False}, {}, "emergence"),
        ({"debut_activite": dt.date(2027, 1, 1)}, {}, "emergence"),
        ({"comptes_clos": 1}, {}, "amorcage"),
        ({"comptes_clos": 8, "premier_emploi": dt.date(2026, 6, 1)}, {}, "amorcage"),
        ({"comptes_clos": 8, "premier_emploi": dt.date(2025, 11, 23)}, {}, "consolidation"),
        ({"comptes_clos": 3}, {}, "consolidation"),
        ({"comptes_clos": 8}, {"tresorerie_mois": 0.9}, "rebond"),
        ({"comptes_clos": 8}, {"tresorerie_mois": 1.0}, "consolidation"),
        ({"comptes_clos": 8}, {"fonds_propres": (30, 20, 10)}, "rebond"),
        ({"comptes_clos": 8}, {"fonds_propres": (30, 20, 25)}, "consolidation"),
        ({"comptes_clos": 8}, {"depart_sans_releve": True}, "rebond"),
        ({"comptes_clos": 8}, {"demande_ailleurs": True, "frng": 10, "bfr": 10}, "changement-echelle"),
        ({"comptes_clos": 8}, {"demande_ailleurs": True, "frng": 9, "bfr": 10}, "consolidation"),
        ({}, {}, None),
    ],
)
def test_the_stage_follows_from_the_entry_tests(structure: dict, indices: dict, attendu: str | None) -> None:
    lu = inferer_stade(Structure(nom="F", **structure), Indices(**indices), AU)

    assert lu.propose == lu.retenu == attendu


def test_a_young_structure_short_of_cash_stays_young_and_the_alert_is_said() -> None:
    lu = inferer_stade(Structure(nom="F", comptes_clos=1), Indices(tresorerie_mois=0.2), AU)

    assert (lu.propose, lu.aussi) == ("amorcage", ("rebond",))


def test_the_people_may_choose_another_stage_and_the_proposal_is_kept() -> None:
    s = Structure(nom="F", comptes_clos=8, stade="consolidation", stade_motif="L'argent est dû.")
    lu = inferer_stade(s, Indices(tresorerie_mois=-1.3), AU)

    assert (lu.propose, lu.retenu, lu.impose, lu.motif) == (
        "rebond",
        "consolidation",
        True,
        "L'argent est dû.",
    )
    assert next(t for t in lu.tests if t.test == "tresorerie-sous-un-mois").valeurs == (("mois", -1.3),)


def test_what_is_not_known_is_listed_and_not_guessed() -> None:
    lu = inferer_stade(Structure(nom="F", comptes_clos=5), Indices(), AU)

    assert lu.propose == "consolidation"
    assert set(lu.manque) == {
        "premier-emploi-recent", "tresorerie-sous-un-mois", "fonds-propres-en-baisse", "depart-sans-releve",
        "demande-ailleurs", "frng-couvre-bfr",
    }  # fmt: skip
