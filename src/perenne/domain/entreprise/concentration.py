"""Concentration of payers and of activities, read as a stress test and never as a virtue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

TOLERANCE = 1e-6


def herfindahl(parts: Sequence[float]) -> float:
    """Herfindahl–Hirschman index, Σ sᵢ².

    Args:
        parts: shares of yearly income, dimensionless, each in [0, 1], summing to 1 (tolerance 1e-6).

    Returns:
        A number in [1/len(parts), 1]; 1 means that a single one brings everything.

    Raises:
        ValueError: a share is negative, or the shares do not sum to 1.

    Source: Herfindahl–Hirschman index; methode.md §2.4 (Hung & Hager 2019: weak and debated effect).
    """
    if any(p < 0 for p in parts):
        raise ValueError("a share is negative")
    if abs(sum(parts) - 1) > TOLERANCE:
        raise ValueError("the shares do not sum to 1")
    return sum(p * p for p in parts)


def nombre_effectif(parts: Sequence[float]) -> float:
    """Effective number, 1/HHI: how many equal payers (or activities) would give the same concentration.

    Args:
        parts: as for `herfindahl`.

    Returns:
        A number in [1, len(parts)].

    Raises:
        ValueError: as for `herfindahl`.

    Source: inverse of the Herfindahl–Hirschman index; shown as a stress test (Hung & Hager 2019).
    """
    return 1 / herfindahl(parts)


def herfindahl_avec_foules(montants: Iterable[tuple[int, int]]) -> float | None:
    """HHI when some lines stand for many payers (customers, members, donors).

    A line of share s shared by n equal payers adds s²/n; an uncounted crowd adds nothing, since each of its
    members weighs next to nothing: the figure is then a lower bound.

    Args:
        montants: (cents ≥ 0, number of payers behind the line; 0 for many, not counted).

    Returns:
        The index in [0, 1]; None when there is no money.

    Raises:
        ValueError: an amount or a number is negative.
    """
    lignes = list(montants)
    if any(m < 0 or n < 0 for m, n in lignes):
        raise ValueError("an amount or a number of payers is negative")
    total = sum(m for m, _ in lignes)
    if total == 0:
        return None
    return sum((m / total) ** 2 / n for m, n in lignes if n)
