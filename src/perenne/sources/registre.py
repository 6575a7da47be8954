"""The sources of the repository: each folder with its notice and its transformation."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from perenne.pipeline.notice import Notice, lire_notice

RACINE = Path(__file__).resolve().parent


@dataclass(frozen=True, kw_only=True)
class Source:
    """A source.

    Attributes:
        notice: its `source.yml`.
        transformer: from the raw table and the notice to staging tables, by name.
    """

    notice: Notice
    transformer: Callable[[Any, Notice], Mapping[str, Any]]


def lister() -> tuple[str, ...]:
    """Identifiers of the sources, in alphabetical order."""
    return tuple(sorted(p.parent.name for p in RACINE.glob("*/source.yml")))


def charger_notices() -> tuple[Notice, ...]:
    """Every notice, without loading any engine."""
    return tuple(lire_notice(RACINE / nom / "source.yml") for nom in lister())


def charger() -> tuple[Source, ...]:
    """Every source with its transformation."""
    return tuple(
        Source(
            notice=notice,
            transformer=importlib.import_module(f"perenne.sources.{notice.id}.transform").transformer,
        )
        for notice in charger_notices()
    )
