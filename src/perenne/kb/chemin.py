"""How a place inside a file of `knowledge/` is named."""

from __future__ import annotations

Chemin = tuple[str | int, ...]
"""Keys and positions that lead to a value inside a file."""
