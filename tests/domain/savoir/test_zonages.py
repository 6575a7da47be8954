"""Periods of zonings: in force, to come, over, or to be checked."""

import datetime as dt

import pytest

from perenne.domain.savoir.commun import Source
from perenne.domain.savoir.zonages import PeriodeZonage, Zonage

VU = dt.date(2026, 11, 23)
LOI = (Source(document="loi"),)


def periode(**champs: object) -> PeriodeZonage:
    return PeriodeZonage(confiance="A", verifie_le=VU, sources=LOI, **champs)  # type: ignore[arg-type]


def test_both_ends_of_a_period_are_inside() -> None:
    p = periode(du=dt.date(2017, 7, 1), au=dt.date(2024, 6, 30))
    jours = [dt.date(2017, 6, 30), dt.date(2017, 7, 1), dt.date(2024, 6, 30), dt.date(2024, 7, 1)]
    assert [p.etat(j) for j in jours] == ["pas-encore", "en-vigueur", "en-vigueur", "termine"]


def test_an_end_whose_sequel_was_not_seen_never_answers_no() -> None:
    p = periode(du=dt.date(2020, 10, 1), au=dt.date(2026, 12, 31), suite_a_verifier=True)
    assert p.etat(dt.date(2026, 12, 31)) == "en-vigueur"
    assert p.etat(dt.date(2027, 1, 1)) == "a-verifier"


def test_without_an_end_the_check_date_limits_what_we_affirm() -> None:
    p = periode(du=dt.date(2020, 10, 1), suite_a_verifier=True)
    assert p.etat(VU) == "en-vigueur"
    assert p.etat(VU + dt.timedelta(days=1)) == "a-verifier"


def test_each_area_has_its_own_period() -> None:
    zonage = Zonage(
        id="essai",
        titre="Essai",
        nom_court="Essai",
        nature="zonage",
        maille="quartier",
        explication="Un essai.",
        periodes=(
            periode(aire="metropole", du=dt.date(2024, 1, 1)),
            periode(aire="outre-mer", du=dt.date(2025, 1, 1)),
        ),
        dans_atlas=False,
        sources=LOI,
    )
    jour = dt.date(2024, 6, 1)
    assert zonage.etat(jour, "metropole") == "en-vigueur"
    assert zonage.etat(jour, "outre-mer") == "pas-encore"
    with pytest.raises(ValueError, match="france"):
        zonage.etat(jour, "france")
