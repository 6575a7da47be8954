"""Every defect has its code, and all come at once."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import Convention, Flux, Marche, OperationUE, Subvention, Ventes
from perenne.domain.tresorerie.flux_depenses import Charge, Emprunt, Etalement, Relais
from perenne.domain.tresorerie.plan import Decouvert, Plan, RegimeTva
from perenne.domain.tresorerie.verification import verifier

D = dt.date
DEBUT = D(2027, 1, 1)
S = Subvention(id="s", montant=10_000_00, notification=DEBUT, solde_le=D(2027, 12, 31))
C = Charge(id="c", montant=1_00, debut=DEBUT)
E = Emprunt(id="e", montant=1_00, date=DEBUT, taux=0, duree_mois=12)
R = Relais(id="r", type="avance-publique", date=D(2027, 2, 1), cible="s", quotite=6_000)
V = Ventes(id="v", annuel=1_00, debut=DEBUT, fin=D(2027, 12, 31))
UE = OperationUE(id="u", debut=DEBUT, fin=D(2027, 12, 31), depenses=1_00, taux=10_000)
PLAN = Plan(structure="Exemple", debut=DEBUT, tresorerie_initiale=0, flux=(S,))

CAS: list[tuple[str, Plan, str, str]] = [
    ("vide", replace(PLAN, structure=" "), "", "structure"),
    ("hors-bornes", replace(PLAN, horizon_mois=0), "", "horizon_mois"),
    ("hors-bornes", replace(PLAN, securite_mois=-1), "", "securite_mois"),
    ("negatif", replace(PLAN, decouvert=Decouvert(plafond=-1)), "", "decouvert.plafond"),
    ("fin-avant-debut", replace(PLAN, decouvert=Decouvert(du=D(2028, 1, 1), au=DEBUT)), "", "decouvert.au"),
    ("hors-bornes", replace(PLAN, tva=RegimeTva(jour=0)), "", "tva.jour"),
    ("hors-liste", replace(PLAN, tva=RegimeTva(periodicite="an")), "", "tva.periodicite"),
    ("mois-inconnu", replace(PLAN, tva=RegimeTva(mois_remboursement=(13,))), "", "tva.mois_remboursement"),
    ("id-double", replace(PLAN, flux=(S, replace(C, id="s"))), "s", "id"),
]
FLUX: list[tuple[str, Flux, str]] = [
    ("negatif", replace(S, montant=-1), "montant"),
    ("trop-grand", replace(S, montant=10**16), "montant"),
    ("hors-bornes", replace(S, acompte=10_001), "acompte"),
    ("delai-min", replace(S, delai_min=Duree(jours=1)), "delai_min"),
    ("delai-max", replace(S, delai=Duree(mois=3), delai_max=Duree(mois=2)), "delai_max"),
    ("negatif", replace(S, delais_observes=(-1,)), "delais_observes"),
    ("probabilite-securise", replace(S, probabilite=5_000), "probabilite"),
    ("fin-avant-debut", replace(C, fin=D(2026, 1, 1)), "fin"),
    ("hors-bornes", replace(C, jour=32), "jour"),
    ("tva-sans-regime", replace(C, tva=2_000), "tva"),
    ("saison", replace(V, saison=(1, 2)), "saison"),
    ("saison", replace(V, saison=(0,) * 12), "saison"),
    ("annees", Convention(id="x", debut=DEBUT, montants=()), "montants"),
    ("demandes", replace(UE, demandes=(DEBUT,)), "parts_demandees"),
    (
        "total-superieur",
        replace(UE, demandes=(DEBUT, DEBUT), parts_demandees=(6_000, 6_000)),
        "parts_demandees",
    ),
    ("differe", replace(E, differe_mois=12), "differe_mois"),
    ("resorption", Marche(id="x", montant=1, debut=DEBUT, fin=DEBUT, resorption_fin=0), "resorption_fin"),
    ("cible-inconnue", replace(R, cible="absent"), "cible"),
    ("cible-non-recette", replace(R, cible="c"), "cible"),
    ("relais-sans-montant", replace(R, quotite=0), "quotite"),
    ("relais-sans-terme", replace(R, type="pret-relais", cible="", montant=1), "au_plus_tard"),
    ("relais-sans-cible", replace(R, cible="", montant=1, au_plus_tard=D(2028, 1, 1)), "cible"),
    ("fin-avant-debut", replace(R, au_plus_tard=R.date), "au_plus_tard"),
    ("dailly-incertaine", replace(R, type="dailly", cible="p"), "cible"),
    (
        "cible-non-depense",
        Etalement(id="x", cible="s", du=DEBUT, au=DEBUT, premiere=DEBUT, mensualites=3),
        "cible",
    ),
]


@pytest.mark.parametrize(("code", "plan", "flux", "champ"), CAS)
def test_a_defect_of_the_plan_has_its_code(code: str, plan: Plan, flux: str, champ: str) -> None:
    assert [(d.code, d.flux, d.champ) for d in verifier(plan)] == [(code, flux, champ)]


@pytest.mark.parametrize(("code", "flux", "champ"), FLUX)
def test_a_defect_of_a_flow_has_its_code(code: str, flux: Flux, champ: str) -> None:
    autres = [f for f in (S, replace(S, id="p", statut="probable"), C) if f.id != flux.id]
    defauts = verifier(replace(PLAN, flux=(*autres, flux)))
    assert [(d.code, d.champ) for d in defauts] == [(code, champ)]
    assert defauts[0].flux == flux.id


def test_a_receivable_cannot_be_mobilised_for_more_than_it_is_worth() -> None:
    deux = replace(PLAN, flux=(S, R, replace(R, id="r2", quotite=4_001)))
    assert [(d.code, d.flux) for d in verifier(deux)] == [("creance-deux-fois", "r2")]
    assert not verifier(replace(PLAN, flux=(S, R, replace(R, id="r2", quotite=4_000))))


def test_all_defects_come_at_once() -> None:
    plan = replace(PLAN, horizon_mois=0, flux=(replace(S, montant=-1), replace(C, jour=0)))
    assert {d.code for d in verifier(plan)} == {"hors-bornes", "negatif"}
    assert len(verifier(plan)) == 3
