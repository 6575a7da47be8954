"""The diagnosis from end to end on the toy atlas and the real knowledge base."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.territoire.resultat import Diagnostic
from perenne.services.savoir import obtenir_base
from perenne.services.territoire import diagnostiquer

AU = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def diagnostic(atlas_jouet: Path, racine: Path):
    savoir = obtenir_base(racine / "knowledge")

    def faire(demande: str, au: dt.date = AU) -> Diagnostic:
        return diagnostiquer(demande, au=au, dossier_atlas=atlas_jouet, savoir=savoir)

    return faire


def _lecture(d: Diagnostic, indicateur: str):
    return next(x for x in d.lectures if x.indicateur.id == indicateur)


def test_a_commune_is_compared_with_the_bourgs_and_not_with_the_town(diagnostic) -> None:
    d = diagnostic("23030")
    assert (d.strate.densites, d.strate.nombre) == ((5,), 42)
    chomage = _lecture(d, "taux-chomage")
    assert (chomage.mesure.valeur, chomage.compares, chomage.rang) == (30, 40, 11)
    assert chomage.fragilite == pytest.approx(100 * 29.5 / 40)


def test_the_high_unemployment_documents_the_need_for_employment_with_its_proof(diagnostic) -> None:
    besoin = next(b for b in diagnostic("23040").besoins if b.besoin == "B06")
    assert besoin.niveau == "marque"
    assert [p.indicateur.id for p in besoin.preuves] == ["taux-chomage"]
    assert besoin.pourquoi["taux-chomage"]
    assert besoin.activites


def test_a_need_without_an_indicator_says_what_would_document_it(diagnostic) -> None:
    besoin = next(b for b in diagnostic("23040").besoins if b.besoin == "B11")
    assert besoin.niveau == "non-documente"
    assert besoin.manque


def test_all_sixteen_needs_are_read_and_no_overall_score_exists(diagnostic) -> None:
    d = diagnostic("23040")
    assert sorted(b.besoin for b in d.besoins) == [f"B{n:02d}" for n in range(1, 17)]
    assert not any("score" in nom or "note_globale" in nom for nom in Diagnostic.__dataclass_fields__)


def test_a_secret_rate_is_secret_and_an_unknown_indicator_is_not_observed(diagnostic) -> None:
    d = diagnostic("23005")
    assert _lecture(d, "taux-pauvrete").mesure.statut == "secret"
    assert _lecture(d, "revenu-median").mesure.statut == "non-observe"


def test_zonings_change_with_the_date(diagnostic) -> None:
    avant = {z.zonage: z.statut for z in diagnostic("23003", dt.date(2024, 6, 30)).zonages}
    apres = {z.zonage: z.statut for z in diagnostic("23003", dt.date(2024, 7, 1)).zonages}
    assert (avant["zrr"], avant["frr"]) == ("en-vigueur", "a-venir")
    assert (apres["zrr"], apres["frr"]) == ("termine", "en-vigueur")


def test_a_union_is_the_same_in_any_order_and_adds_up(diagnostic) -> None:
    un, autre = diagnostic("23010+23020+23030"), diagnostic("23030 + 23010 + 23020 + 23010")
    assert un == autre
    assert un.territoire.population == 6000
    assert _lecture(un, "taux-chomage").mesure.valeur == pytest.approx(20)


def test_a_union_says_how_many_inhabitants_its_partial_rate_covers(diagnostic) -> None:
    mesure = _lecture(diagnostic("23005+23020"), "taux-pauvrete").mesure
    assert (mesure.valeur, mesure.couverture, mesure.approche) == (20, 0.8, True)
    assert _lecture(diagnostic("23004+23005"), "taux-pauvrete").mesure.statut == "secret"


def test_an_epci_and_the_union_of_its_communes_give_the_same_rate(diagnostic) -> None:
    epci = _lecture(diagnostic("epci:200000001"), "taux-chomage").mesure.valeur
    union = _lecture(diagnostic("+".join(f"230{n:02d}" for n in range(1, 21))), "taux-chomage").mesure.valeur
    assert epci == pytest.approx(union)


def test_shares_of_an_epci_in_a_zoning_are_told(diagnostic) -> None:
    frr = next(z for z in diagnostic("epci:200000001").zonages if z.zonage == "frr")
    assert (frr.communes_couvertes, frr.communes) == (5, 20)
    assert frr.part_population == pytest.approx(1500 / 21000)
    assert frr.reference


def test_five_nearest_peers_are_named_and_never_itself(diagnostic) -> None:
    pairs = diagnostic("23020").pairs
    assert [p.code for p in pairs[:2]] == ["23021", "23019"]
    assert len(pairs) == 5
    assert pairs[0].valeurs["taux-chomage"] == 21


def test_three_precedents_carry_their_reasons_their_actions_and_the_study(diagnostic) -> None:
    d = diagnostic("23040")
    assert len(d.precedents) == 3
    assert [p.distance for p in d.precedents] == sorted(p.distance for p in d.precedents)
    for p in d.precedents:
        assert p.raisons
        assert p.actions
        assert p.source.section
    assert d.suites
    assert {a for s in d.suites for a in s.acteurs} <= {a.acteur for a in d.acteurs}


def test_local_authorities_are_named(diagnostic) -> None:
    noms = {a.acteur: a.nom for a in diagnostic("23040").acteurs}
    assert (noms["commune"], noms["epci"], noms["departement"]) == (
        "Bourg-40",
        "CA du Grand Guéret",
        "Creuse",
    )


def test_a_quarter_has_its_commune_and_no_invented_figure(diagnostic) -> None:
    d = diagnostic("QN02301M")
    assert d.rattachements[0].nom == "Guéret"
    assert all(x.mesure.valeur is None for x in d.lectures)
    assert {b.niveau for b in d.besoins} == {"non-documente"}


def test_a_quarter_does_not_enter_a_union(diagnostic) -> None:
    with pytest.raises(ErreurUtilisateur, match="réunion"):
        diagnostic("23096+QN02301M")


def test_sources_are_cited_with_their_reserve(diagnostic) -> None:
    (source,) = diagnostic("23040").sources
    assert (source.producteur, source.format_verifie) == ("Insee", False)
