"""The nearest known words, for a mistyped one."""

from __future__ import annotations

from collections.abc import Iterable

from perenne.kb.proximite import proches


def vouliez_vous(mot: str, candidats: Iterable[str]) -> str:
    """Advice that names the nearest words; empty when none looks like it."""
    voisins = proches(mot, tuple(candidats))
    return f"Vouliez-vous dire {', '.join(f'« {v} »' for v in voisins)} ?" if voisins else ""
