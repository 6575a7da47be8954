"""The units that figures may carry, written after the number: `23000 EUR/an`, `18 ans`."""

from __future__ import annotations

UNITES: tuple[str, ...] = (
    "EUR/ETP/an",
    "EUR HT/an",
    "EUR/mois",
    "EUR/an",
    "EUR HT",
    "EUR",
    "hab/km2",
    "hab",
    "exercices",
    "jours",
    "mois",
    "ans",
    "heures",
    "semaines",
    "ETP",
    "smic",
    "km2",
    "km",
    "%",
)
"""Longest first where one begins another, so that the tokenizer may try them in order."""
