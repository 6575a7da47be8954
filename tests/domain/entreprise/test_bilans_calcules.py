"""Three balance sheets worked by hand, in euros; the cents come from × 100."""

from __future__ import annotations

import pytest

from perenne.domain.entreprise.bilan import lire_bilan, lire_resultat
from perenne.domain.entreprise.ratios import calculer_ratios


def cents(**euros: int) -> dict:
    return {nom.replace("_", "-"): montant * 100 for nom, montant in euros.items()}


# A: a cash-poor insertion enterprise, waiting for subsidies.
# Stables 40+14+4+24 = 82 k€; FRNG = 82 − 31 = 51; besoins 6+14+116+1 = 137, dettes 9+22+6 = 37, BFR = 100;
# TN = 11 − 60 = −49 = 51 − 100. Actif 31+137+11 = 179 = 82+37+60.
A = cents(
    immobilisations=31_000, stocks=6_000, creances_usagers=14_000, subventions_a_recevoir=116_000,
    charges_constatees_avance=1_000, disponibilites=11_000, fonds_propres=40_000,
    subventions_investissement=14_000, fonds_dedies=4_000, emprunts=24_000, fournisseurs=9_000,
    dettes_fiscales_sociales=22_000, produits_constates_avance=6_000, concours_bancaires=60_000,
    achats=20_000, personnel=300_000, loyers=20_000, dotations=10_000, reports_fonds_dedies=10_000,
    ventes=100_000, subventions=250_000, quote_part_subventions_investissement=4_000, reprises=1_000,
)  # fmt: skip
# B: a volunteer café, paid before it pays. FRNG = 7.9; BFR = 1.3 − 2.8 = −1.5; TN = 9.4 = 7.9 + 1.5.
B = cents(
    disponibilites=9_400, stocks=1_300, fonds_propres=7_900, fournisseurs=1_900, dettes_fiscales_sociales=900,
    achats=22_000, ventes=29_900,
)  # fmt: skip
# C: eaten equity. Stables −12+20 = 8; FRNG = 8 − 30 = −22; BFR = 18 − 25 = −7; TN = 5 − 20 = −15 = −22 + 7.
C = cents(
    immobilisations=30_000, creances_usagers=18_000, disponibilites=5_000, fonds_propres=-12_000,
    emprunts=20_000, fournisseurs=10_000, dettes_fiscales_sociales=15_000, concours_bancaires=20_000,
    personnel=150_000, dotations=5_000, ventes=140_000,
)  # fmt: skip


@pytest.mark.parametrize(
    ("montants", "frng", "bfr", "tn", "total"),
    [
        (A, 51_000, 100_000, -49_000, 179_000),
        (B, 7_900, -1_500, 9_400, 10_700),
        (C, -22_000, -7_000, -15_000, 53_000),
    ],
)
def test_the_three_figures_of_a_balance_sheet_worked_by_hand(
    montants: dict, frng: int, bfr: int, tn: int, total: int
) -> None:
    bilan = lire_bilan(montants)

    assert bilan is not None
    assert (bilan.frng, bilan.bfr, bilan.tn) == (frng * 100, bfr * 100, tn * 100)
    assert bilan.actif == bilan.passif == total * 100


def test_the_ratios_of_the_first_sheet() -> None:
    bilan, resultat = lire_bilan(A), lire_resultat(A)
    assert resultat is not None
    # Produits 355, charges 360: −5; décaissées 360 − 20 = 340; CAF = −5 + 20 − 4 − 1 = 10.
    assert (resultat.resultat, resultat.charges_decaissees, resultat.caf) == (-500_000, 34_000_000, 1_000_000)

    r = calculer_ratios(A, bilan, resultat, 12)

    assert r.tresorerie_mois == pytest.approx(-49 / (340 / 12))
    assert r.frng_mois == pytest.approx(51 / (340 / 12))
    assert r.bfr_jours == pytest.approx(100 / 340 * 365)
    assert r.autonomie == pytest.approx(100 * 40 / 179)
    assert r.remboursement_annees == pytest.approx(2.4)
    assert r.couverture_immobilisations == pytest.approx(82 / 31)
    assert r.part_personnel == pytest.approx(100 * 300 / 360)
    assert r.part_loyer == pytest.approx(100 * 20 / 360)


def test_a_year_of_ten_months_is_brought_to_a_month() -> None:
    r = calculer_ratios(B, lire_bilan(B), lire_resultat(B), 10)

    assert r.tresorerie_mois == pytest.approx(9_400 / 2_200)


def test_a_ratio_without_denominator_is_unknown_and_never_zero() -> None:
    r = calculer_ratios(C, lire_bilan(C), lire_resultat(C), 12)
    seul = calculer_ratios({}, None, None, 12)

    assert r.remboursement_annees is None  # CAF = −15 + 5 < 0
    assert seul.tresorerie_mois is None
    assert seul.autonomie is None
    assert lire_bilan({"ventes": 1}) is None
    assert lire_resultat({"stocks": 1}) is None
