"""A treasury plan and a shared diagnosis feed the advice; the diagnosis wins."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path

from perenne.domain.tresorerie.dates import Duree
from perenne.domain.tresorerie.flux import OperationUE, Subvention
from perenne.domain.tresorerie.flux_depenses import Charge
from perenne.domain.tresorerie.plan import Plan
from perenne.services.leviers.conseil import conseiller
from perenne.services.leviers.plan_de_tresorerie import faits_du_plan

AU = dt.date(2027, 2, 1)
DEBUT = dt.date(2027, 1, 1)
LOYER = Charge(id="loyer", montant=2_000_00, debut=DEBUT)


def test_a_plan_says_what_its_signed_money_shows() -> None:
    notifiee = Subvention(
        id="s",
        montant=10_000_00,
        notification=dt.date(2027, 1, 15),
        solde_le=dt.date(2027, 12, 31),
        delai=Duree(mois=6),
    )
    esperee = OperationUE(
        id="ue",
        statut="espere",
        debut=DEBUT,
        fin=dt.date(2027, 12, 31),
        depenses=50_000_00,
        taux=10_000,
        delai=Duree(mois=24),
    )
    plan = Plan(structure="X", debut=DEBUT, tresorerie_initiale=5_000_00, flux=(LOYER, notifiee, esperee))
    # 5,000 of cash for 2,000 a month; the 24 months hoped for are nobody's debt yet.
    assert faits_du_plan(plan, AU) == {
        "tresorerie_mois": Decimal("2.5"),
        "delai_paiement_max_mois": Decimal("6.0"),
        "fonds_europeens": True,
        "subvention_notifiee_non_versee": True,
    }


def test_what_a_plan_does_not_show_stays_unknown() -> None:
    assert faits_du_plan(Plan(structure="X", debut=DEBUT, tresorerie_initiale=0), AU) == {}


def test_a_plan_completes_a_description_and_the_diagnosis_wins(racine: Path, tmp_path: Path) -> None:
    fiche = tmp_path / "fiche.yaml"
    fiche.write_text("nom: Ressourcerie\nforme_juridique: association\n", encoding="utf-8")
    plan = racine / "data/demo/tresorerie/ressourcerie.yaml"

    def faits(entreprise: Path, tresorerie: Path | None) -> dict[str, object]:
        conseil = conseiller(str(entreprise), "departement", au=AU, tresorerie=tresorerie)
        return dict(conseil.recommandation.demande.entreprise.faits)

    assert "fonds_europeens" not in faits(fiche, None)
    complete = faits(fiche, plan)
    assert complete["fonds_europeens"] is True
    assert complete["delai_paiement_max_mois"] == Decimal("24.0")
    diagnostic = racine / "data/demo/diagnostics/ressourcerie-valfiction.yaml"
    # The accounts of 2025 say −1.3 months; the plan would start with 3.2.
    assert faits(diagnostic, plan)["tresorerie_mois"] == faits(diagnostic, None)["tresorerie_mois"]
