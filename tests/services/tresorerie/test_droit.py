"""What the dated rules say of each lever: named rules, known actors, nothing invented otherwise."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.tresorerie.resultat import Resultat
from perenne.services.tresorerie.droit import INSTRUMENTS, type_d_acteur
from perenne.services.tresorerie.fichiers import lire_plan
from perenne.services.tresorerie.simulation import simuler

AU = dt.date(2026, 11, 23)


@pytest.fixture(scope="module")
def ressourcerie(racine: Path, base: BaseSavoir) -> Resultat:
    return simuler(lire_plan(racine / "data/demo/tresorerie/ressourcerie.yaml"), tirages=0, au=AU, base=base)


@pytest.mark.parametrize(
    ("nom", "attendu"),
    [
        ("Communauté de communes du Val", "epci"),
        ("Commune", "commune"),
        ("Ville de Valfiction", "commune"),
        ("Département des Fictions", "departement"),
        ("Conseil régional", "region"),
        ("Financeur solidaire", ""),
        ("Communication locale", ""),
        ("", ""),
    ],
)
def test_an_actor_is_recognised_by_its_name_or_left_unknown(base: BaseSavoir, nom: str, attendu: str) -> None:
    assert type_d_acteur(nom, base) == attendu


def test_each_lever_with_rules_names_an_instrument_of_the_base(base: BaseSavoir) -> None:
    assert set(INSTRUMENTS.values()) <= set(base.instruments)


def test_an_advance_by_a_departement_names_the_rules_to_read(ressourcerie: Resultat) -> None:
    droit = ressourcerie.droits["avance-departement"]
    # A département has no general clause since 2015: its legal basis is to be found, never taken as given.
    assert droit.statut in {"à vérifier", "sous condition"}
    assert any("département" in m for m in droit.motifs)
    assert any("insertion" in m for m in droit.motifs)


def test_contracts_of_private_law_and_unknown_actors_say_so(ressourcerie: Resultat) -> None:
    assert ressourcerie.droits["urssaf"].statut == "hors règles"
    assert "pas reconnue" in ressourcerie.droits["pret-solidaire"].motifs[0]


def test_the_law_is_asked_at_the_date_given_or_not_at_all(ressourcerie: Resultat, racine: Path) -> None:
    assert ressourcerie.droit_au == AU
    assert set(ressourcerie.droits) == {e.levier.id for e in ressourcerie.effets}
    sans = simuler(lire_plan(racine / "data/demo/tresorerie/ressourcerie.yaml"), tirages=0)
    assert sans.droits == {}


@pytest.fixture(scope="module")
def regie(racine: Path, base: BaseSavoir) -> Resultat:
    plan = lire_plan(racine / "data/demo/tresorerie/regie-de-quartier.yaml")
    return simuler(plan, tirages=0, au=AU, base=base)


def test_an_assignment_says_what_the_bank_looks_at(regie: Resultat) -> None:
    cession = next(e.levier.id for e in regie.effets if e.levier.nature == "dailly")
    assert regie.droits[cession].statut == "sous condition"
    assert "conditionnelle" in regie.droits[cession].motifs[0]


def test_an_advance_on_a_contract_is_read_in_the_rule_on_advances(regie: Resultat) -> None:
    """R2191-3: due above 50,000 EUR and two months; who buys is not known here, so it is to be checked."""
    avance = next(
        e.levier.id for e in regie.effets if e.levier.nature == "acompte" and "marché" in e.levier.libelle
    )
    assert regie.droits[avance].statut == "à vérifier"
    assert "avance minimale" in regie.droits[avance].motifs[0]


def test_an_instalment_of_a_grant_is_not_left_outside_the_rules(racine: Path, base: BaseSavoir) -> None:
    cafe = simuler(
        lire_plan(racine / "data/demo/tresorerie/cafe-associatif.yaml"), tirages=0, au=AU, base=base
    )
    acompte = next(e.levier.id for e in cafe.effets if e.levier.nature == "acompte")
    assert cafe.droits[acompte].statut in {"possible", "sous condition", "à vérifier"}
    assert cafe.droits[acompte].motifs
