"""Loans against an independent library."""

from __future__ import annotations

import numpy_financial as npf
import pytest

from perenne.domain.tresorerie.emprunt import amortir, mensualite_constante


@pytest.mark.parametrize(
    ("montant", "taux", "mois"),
    [(30_000_00, 360, 30), (150_000_00, 425, 180), (1_00, 500, 12), (8_000_00, 1, 24)],
)
def test_constant_payment_equals_numpy_financial(montant: int, taux: int, mois: int) -> None:
    attendu = -float(npf.pmt(taux / 120_000, mois, montant))
    assert abs(mensualite_constante(montant, taux, mois) - attendu) <= 0.5 + 1e-6


def test_interest_of_each_month_equals_numpy_financial() -> None:
    tableau = amortir(30_000_00, 360, 30)
    for rang, mensualite in enumerate(tableau, 1):
        attendu = -float(npf.ipmt(0.003, rang, 30, 30_000_00))
        # Each payment is a whole number of cents: the difference drifts by at most half a cent a month.
        assert mensualite.interet == pytest.approx(attendu, abs=1 + 0.005 * rang)


@pytest.mark.parametrize(("taux", "duree", "differe"), [(0, 7, 0), (360, 36, 6), (900, 1, 0), (250, 24, 23)])
def test_capital_is_repaid_exactly(taux: int, duree: int, differe: int) -> None:
    tableau = amortir(10_000_01, taux, duree, differe)
    assert len(tableau) == duree
    assert sum(m.capital for m in tableau) == 10_000_01
    assert tableau[-1].restant == 0
    assert all(m.capital == 0 for m in tableau[:differe])
