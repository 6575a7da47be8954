"""Diagnoses on the real files, against the producers' own tables and what one can check by reading them."""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Callable
from pathlib import Path

import pytest
from scipy import stats

from perenne.domain.territoire.mesures import Lecture
from perenne.domain.territoire.resultat import Diagnostic
from perenne.services.savoir import obtenir_base
from perenne.services.territoire import diagnostiquer

pytestmark = [pytest.mark.shared, pytest.mark.lent]

AU = dt.date(2026, 11, 23)
Faire = Callable[..., Diagnostic]


@pytest.fixture(scope="module")
def diagnostic(atlas_reel: Path, racine: Path) -> Faire:
    savoir = obtenir_base(racine / "knowledge")

    def faire(demande: str, au: dt.date = AU) -> Diagnostic:
        return diagnostiquer(demande, au=au, dossier_atlas=atlas_reel, savoir=savoir)

    return faire


@pytest.fixture(scope="module")
def reference(partage: Path) -> list[dict[str, str]]:
    with (partage / "data/communes/communes_reference.csv").open(encoding="utf-8") as flux:
        return list(csv.DictReader(flux))


def _lecture(d: Diagnostic, indicateur: str) -> Lecture:
    return next(x for x in d.lectures if x.indicateur.id == indicateur)


def _zonages(d: Diagnostic) -> dict[str, str]:
    return {z.zonage: z.statut for z in d.zonages}


def test_the_percentile_of_gueret_is_that_of_an_independent_computation(diagnostic, reference) -> None:
    comparables = [
        r for r in reference
        if r["grille_densite"] == "Centres urbains intermédiaires" and not r["dep"].startswith("97")
    ]  # fmt: skip
    taux = {
        r["code_insee"]: 100 * float(r["pop_15_64_chomage_2021"]) / float(r["pop_15_64_active_2021"])
        for r in comparables
        if r["pop_15_64_active_2021"] not in ("", "0.0")
    }
    lecture = _lecture(diagnostic("23096"), "taux-chomage")
    assert lecture.compares == len(taux)
    assert lecture.mesure.valeur == pytest.approx(taux["23096"])
    assert lecture.percentile == pytest.approx(
        stats.percentileofscore(list(taux.values()), taux["23096"], kind="mean"), abs=0.2
    )


def test_gueret_has_the_poverty_rate_that_insee_publishes_and_secrecy_is_kept(diagnostic) -> None:
    d = diagnostic("Guéret")
    assert _lecture(d, "taux-pauvrete").mesure.valeur == 21
    assert _lecture(d, "revenu-median").mesure.valeur == 20830
    assert _lecture(d, "taux-pauvrete-75-plus").mesure.statut == "secret"
    assert d.territoire.population == 12_955


def test_the_zonings_of_gueret_follow_the_law_at_each_date(diagnostic) -> None:
    assert _zonages(diagnostic("23096", dt.date(2024, 6, 30)))["zrr"] == "en-vigueur"
    apres = _zonages(diagnostic("23096"))
    assert (apres["zrr"], apres["frr"], apres["qpv-2024"]) == ("termine", "en-vigueur", "en-vigueur")
    assert _zonages(diagnostic("23096", dt.date(2016, 1, 1)))["zrr"] == "non-observe"


def test_a_rate_published_for_a_quarter_of_creuse_grand_sud_is_not_compared(diagnostic) -> None:
    d = diagnostic("creuse grand sud")
    pauvrete = _lecture(d, "taux-pauvrete")
    assert pauvrete.mesure.approche
    assert pauvrete.mesure.couverture == pytest.approx(0.26, abs=0.01)
    assert pauvrete.percentile is None
    assert d.cget.criteres[2].decile is None
    frr = next(z for z in d.zonages if z.zonage == "frr-plus")
    assert (frr.communes_couvertes, frr.part_population) == (26, 1)


@pytest.mark.parametrize(
    ("demande", "premier"),
    [("200044014", "ambiance-bois"), ("31555", "desbals-services"), ("97411", "sos-gramounes")],
)
def test_the_nearest_case_is_the_one_that_a_reader_of_the_study_expects(diagnostic, demande, premier) -> None:
    assert diagnostic(demande).precedents[0].cas == premier


def test_toulouse_is_compared_with_great_towns_only(diagnostic) -> None:
    d = diagnostic("Toulouse")
    assert d.strate.population_min == 100_000
    assert all((p.population or 0) >= 100_000 for p in d.pairs)


def test_overseas_is_compared_with_overseas(diagnostic) -> None:
    d = diagnostic("97411")
    assert d.strate.drom
    assert all(p.departement.startswith("97") for p in d.pairs)


def test_what_mayotte_does_not_have_is_not_zero(diagnostic) -> None:
    d = diagnostic("97611")
    assert _lecture(d, "taux-chomage").mesure.valeur is None
    assert d.cget.manquants == ("population", "emploi", "pauvrete")
    assert {b.niveau for b in d.besoins} == {"non-documente"}


def test_a_merged_commune_leads_to_the_present_one(diagnostic) -> None:
    # Amareins (01003) merged into what is now Francheleins on 1 January 1974 (INSEE, mouvements).
    for demande in ("01003", "Amareins"):
        d = diagnostic(demande)
        assert d.territoire.code == "01165"
        assert (d.filiations[0].nom_ancien, d.filiations[0].date_effet) == ("Amareins", dt.date(1974, 1, 1))


def test_paris_is_one_town_one_departement_and_twenty_districts(diagnostic) -> None:
    assert diagnostic("Paris").territoire.cle == diagnostic("75056").territoire.cle
    assert diagnostic("75").territoire.type == "departement"
    assert diagnostic("75101").territoire.type == "arrondissement-municipal"
    assert diagnostic("region:75").territoire.nom == "Nouvelle-Aquitaine"


def test_two_departements_add_up(diagnostic) -> None:
    un, autre, deux = (diagnostic(x).territoire for x in ("23", "87", "87+23"))
    assert deux.population == (un.population or 0) + (autre.population or 0)
    assert deux.superficie_km2 == pytest.approx((un.superficie_km2 or 0) + (autre.superficie_km2 or 0))


def test_an_epci_and_the_union_of_its_communes_read_the_same(diagnostic) -> None:
    epci = diagnostic("200044014")
    union = diagnostic("+".join(epci.territoire.communes))
    assert union.territoire.population == epci.territoire.population
    for indicateur in ("taux-chomage", "evolution-population", "revenu-median"):
        assert _lecture(union, indicateur).mesure.valeur == pytest.approx(
            _lecture(epci, indicateur).mesure.valeur
        )
    assert [z.zonage for z in union.zonages] == [z.zonage for z in epci.zonages]
