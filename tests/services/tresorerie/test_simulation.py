"""The use case on the demonstration plans: one answer, coherent in all its parts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.tresorerie.analyse import analyser
from perenne.domain.tresorerie.flux import Recette
from perenne.domain.tresorerie.flux_depenses import Charge
from perenne.domain.tresorerie.levier import Levier
from perenne.domain.tresorerie.leviers import appliquer
from perenne.domain.tresorerie.plan import Plan
from perenne.domain.tresorerie.recherche import tient
from perenne.domain.tresorerie.resultat import Resultat
from perenne.reports.tresorerie.phrases import besoins_dits
from perenne.services.tresorerie.fichiers import lire_plan
from perenne.services.tresorerie.interpretation import PlanLu
from perenne.services.tresorerie.simulation import simuler

NOMS = ("cafe-associatif", "regie-de-quartier", "ressourcerie")
DEBUT = dt.date(2027, 1, 1)


@pytest.fixture(scope="module")
def resultats(racine: Path) -> dict[str, Resultat]:
    return {n: simuler(lire_plan(racine / f"data/demo/tresorerie/{n}.yaml"), tirages=200) for n in NOMS}


@pytest.mark.parametrize("nom", NOMS)
def test_what_would_be_needed_is_enough_and_not_more(resultats: dict[str, Resultat], nom: str) -> None:
    r = resultats[nom]
    b = r.besoins
    assert b.apport is not None

    def avec(montant: int) -> bool:
        return tient(
            r.plan.avec(Recette(id="apport", montant=montant, debut=b.date_apport)), r.scenario, b.seuil
        )

    assert avec(b.apport)
    assert not avec(b.apport - 1)
    assert b.combinaison is not None
    for ids in b.combinaison.leviers:
        leviers = [x for x in r.leviers() if x.id in ids]
        assert tient(appliquer(r.plan, *leviers), r.scenario, b.seuil)


@pytest.mark.parametrize("nom", NOMS)
def test_the_parts_of_the_answer_agree(resultats: dict[str, Resultat], nom: str) -> None:
    r = resultats[nom]
    for bilan, courbe in zip(r.bilans, r.courbes, strict=True):
        assert min(courbe.bas) == bilan.minimum
        assert courbe.soldes[-1] == bilan.final
        assert bilan.periodes == len(courbe.fins) == 36
    # More money, never earlier ruptures: each scenario contains the one before.
    assert all(i.tirages == 200 for i in r.incertitudes)
    assert r.bilans[0].final <= r.bilans[1].final
    assert r.hypotheses == tuple(sorted(r.hypotheses, key=lambda h: -h.perte))


def test_the_ressourcerie_breaks_on_dates_and_the_regie_on_a_deficit(resultats: dict[str, Resultat]) -> None:
    ressourcerie, regie = resultats["ressourcerie"].bilan(), resultats["regie-de-quartier"].bilan()
    assert ressourcerie.rupture is not None
    assert ressourcerie.reste_du_regle > 0
    assert regie.rupture is not None
    assert regie.reste_du_regle < 0
    avance = next(e for e in resultats["ressourcerie"].effets if e.levier.id == "avance-departement")
    assert avance.sans_rupture
    assert avance.cout.net == 0


def test_levers_are_chosen_by_name(racine: Path) -> None:
    lu = lire_plan(racine / "data/demo/tresorerie/cafe-associatif.yaml")
    assert [e.levier.id for e in simuler(lu, choisis=["acompte-caf"], tirages=0).effets] == ["acompte-caf"]
    assert simuler(lu, choisis=["aucun"], tirages=0).effets == ()
    with pytest.raises(
        ErreurUtilisateur, match="Leviers disponibles : avance-commune, acompte-caf, commande-mairie"
    ):
        simuler(lu, choisis=["inconnu"], tirages=0)
    with pytest.raises(ErreurUtilisateur, match="tirages"):
        simuler(lu, tirages=-1)
    with pytest.raises(ErreurUtilisateur, match="graine"):
        simuler(lu, graine=-1)


def test_levers_are_proposed_when_the_plan_has_none(racine: Path) -> None:
    lu = lire_plan(racine / "data/demo/tresorerie/ressourcerie.yaml")
    r = simuler(PlanLu(plan=lu.plan), tirages=0)
    assert r.proposes
    natures = {e.levier.nature for e in r.effets}
    assert {"avance-fonds", "acompte", "pluriannualite", "locaux", "etalement", "pret-relais"} == natures


def test_nothing_is_proposed_to_a_treasury_that_holds() -> None:
    plan = Plan(
        structure="Aisée",
        debut=DEBUT,
        tresorerie_initiale=100_000_00,
        flux=(Charge(id="c", montant=1_00, debut=DEBUT),),
    )
    r = simuler(PlanLu(plan=plan), tirages=0)
    assert r.effets == ()
    assert r.besoins.apport == 0
    assert r.bilan().besoin_relais == 0


def test_what_is_not_signed_is_weighed_alone(racine: Path, resultats: dict[str, Resultat]) -> None:
    regie = resultats["regie-de-quartier"]
    assert {p.flux for p in regie.projets} == {"ville-suite", "ei-2029", "adulte-relais", "pret-balayeuse"}
    # The market of the town weighs more than everything else that is not signed.
    assert regie.projets[0].flux == "ville-suite"
    ressourcerie = resultats["ressourcerie"]
    ademe = next(p for p in ressourcerie.projets if p.flux == "ademe")
    sans, _ = analyser(ressourcerie.plan.sans("ademe"), "espere")
    assert (ademe.probabilite, ademe.montant, ademe.minimum_sans) == (4_000, 24_000_00, sans.minimum)
    camion = next(p for p in ressourcerie.projets if p.flux == "camion")
    assert camion.montant == 9_600_00


def test_with_many_levers_the_most_useful_are_tried_together_and_it_is_said() -> None:
    flux = (Charge(id="loyer", montant=1_000_00, debut=DEBUT, jour=5),)
    plan = Plan(structure="E", debut=DEBUT, tresorerie_initiale=20_000_00, flux=flux)
    leviers = tuple(
        Levier(id=f"l{n}", nature="pret-relais", montant=n * 100_00, date=DEBUT, mois=40)
        for n in range(1, 11)
    )
    r = simuler(PlanLu(plan=plan, leviers=leviers), tirages=0)
    assert r.besoins.combinaison is not None
    assert r.besoins.combinaison.essais == 256
    assert "8 plus utiles" in besoins_dits(r)[-1]
