"""The zonings of `knowledge/`, against the law's dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import pytest

from perenne.domain.savoir.zonages import Aire, EtatZonage, Zonage
from perenne.services.savoir import obtenir_base

SAVOIR = Path(__file__).resolve().parents[2] / "knowledge"


@cache
def zonages() -> Mapping[str, Zonage]:
    return obtenir_base(SAVOIR).zonages


def test_the_zonings_and_programmes_of_the_study_and_their_successors_are_there() -> None:
    attendus = (
        "qpv-2015 qpv-2024 zrr ex-zrr frr frr-plus montagne drom acv pvd ti va crte contrat-de-ville "
        "france-services fabriques contrat-convergence zfang pnr"
    )
    assert set(attendus.split()) <= set(zonages())


@pytest.mark.parametrize(
    ("zonage", "aire", "jour", "attendu"),
    [
        # Lists of 2015: until the end of 2023 in metropolitan France, of 2024 overseas.
        ("qpv-2015", "metropole", "2023-12-31", "en-vigueur"),
        ("qpv-2015", "metropole", "2024-01-01", "termine"),
        ("qpv-2015", "outre-mer", "2024-12-31", "en-vigueur"),
        ("qpv-2015", "outre-mer", "2025-01-01", "termine"),
        # Décrets 2023-1314 and 2024-1212.
        ("qpv-2024", "metropole", "2023-12-31", "pas-encore"),
        ("qpv-2024", "metropole", "2024-01-01", "en-vigueur"),
        ("qpv-2024", "outre-mer", "2024-06-01", "pas-encore"),
        ("qpv-2024", "outre-mer", "2025-01-01", "en-vigueur"),
        # Loi 2023-1322: ZRR until 30 June 2024, FRR from the next day, open until the end of 2029.
        ("zrr", "metropole", "2024-06-30", "en-vigueur"),
        ("zrr", "metropole", "2024-07-01", "termine"),
        ("frr", "metropole", "2024-06-30", "pas-encore"),
        ("frr", "metropole", "2024-07-01", "en-vigueur"),
        ("frr", "metropole", "2029-12-31", "en-vigueur"),
        ("frr", "metropole", "2030-01-01", "termine"),
        ("frr-plus", "metropole", "2024-12-31", "pas-encore"),
        ("frr-plus", "metropole", "2025-01-01", "en-vigueur"),
        # Loi 2025-127, art. 99 IV: until the end of 2027; an extension to 2029 was moved, its fate not seen.
        ("ex-zrr", "metropole", "2027-12-31", "en-vigueur"),
        ("ex-zrr", "metropole", "2028-01-01", "a-verifier"),
        # Programmes whose sequel was not seen are never said to be over.
        ("pvd", "france", "2020-09-30", "pas-encore"),
        ("pvd", "france", "2026-11-23", "en-vigueur"),
        ("pvd", "france", "2027-01-01", "a-verifier"),
        ("acv", "france", "2022-12-31", "en-vigueur"),
        ("acv", "france", "2023-01-01", "en-vigueur"),
        ("contrat-de-ville", "france", "2023-12-31", "en-vigueur"),
        ("contrat-de-ville", "france", "2024-01-01", "en-vigueur"),
        ("contrat-convergence", "outre-mer", "2019-07-07", "pas-encore"),
        ("contrat-convergence", "outre-mer", "2019-07-08", "en-vigueur"),
    ],
)
def test_a_zoning_is_in_force_when_the_law_says(
    zonage: str, aire: Aire, jour: str, attendu: EtatZonage
) -> None:
    assert zonages()[zonage].etat(dt.date.fromisoformat(jour), aire) == attendu


@pytest.mark.parametrize("aire", ["metropole", "outre-mer"])
def test_every_day_since_2015_has_exactly_one_list_of_quartiers(aire: Aire) -> None:
    jour = dt.date(2015, 1, 1)
    while jour < dt.date(2026, 11, 23):
        etats = [zonages()[z].etat(jour, aire) for z in ("qpv-2015", "qpv-2024")]
        assert etats.count("en-vigueur") == 1, jour
        jour += dt.timedelta(days=1)


def test_a_successor_knows_its_predecessor() -> None:
    for z in zonages().values():
        for s in z.successeurs:
            assert z.id in zonages()[s].predecesseurs, (z.id, s)


def test_a_quartier_needs_a_thousand_inhabitants_not_ten_thousand() -> None:
    for identifiant in ("qpv-2015", "qpv-2024"):
        seuils = {c.valeur: c.texte for c in zonages()[identifiant].criteres if c.unite == "hab"}
        assert "quartier lui-même" in seuils[1000]
        assert "unité urbaine" in seuils[10000]
        assert "qpv-habitants" in zonages()[identifiant].erreurs_etude


def test_the_revenue_thresholds_of_2017_are_those_of_the_observatory() -> None:
    assert {(c.valeur, c.unite) for c in zonages()["zrr"].criteres if c.valeur} == {
        (63, "hab/km²"),
        (19111, "EUR/an"),
    }


def test_nothing_of_low_confidence_is_left_without_a_warning() -> None:
    for z in zonages().values():
        for p in z.periodes:
            if p.confiance == "C" or p.suite_a_verifier:
                assert z.limites, z.id
