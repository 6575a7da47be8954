"""The settings, all read from the environment; each is documented in `docs/reference/reglages.md`."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

API_ENTREPRISES = "https://recherche-entreprises.api.gouv.fr"
_RACINE_SOURCES = Path(__file__).resolve().parents[3]
_SAVOIR_EMBARQUE = Path(__file__).resolve().parents[1] / "_knowledge"


def _dossier_utilisateur(variable_xdg: str, repli: str, environ: Mapping[str, str]) -> Path:
    base = environ.get(variable_xdg, "")
    return (Path(base) if base else Path.home() / repli) / "perenne"


@dataclass(frozen=True, kw_only=True)
class Reglages:
    """Where things are.

    Attributes:
        savoir: folder of the knowledge base (`PERENNE_SAVOIR`).
        atlas: folder of the published atlas (`PERENNE_ATLAS`).
        cache: folder of downloaded official files (`PERENNE_CACHE`).
        decisions: file of the decisions of people on activities (`PERENNE_DECISIONS`); none when None.
        spark: options of Spark, `name=value` separated by spaces (`PERENNE_SPARK`).
        api_entreprises: address of the API Recherche d'entreprises (`PERENNE_API_ENTREPRISES`).
    """

    savoir: Path
    atlas: Path
    cache: Path
    decisions: Path | None = None
    spark: str = ""
    api_entreprises: str = API_ENTREPRISES


def dossier_donnees(environ: Mapping[str, str] | None = None) -> Path:
    """Folder of what the application keeps for its users (`PERENNE_DONNEES`): database, key."""
    env = os.environ if environ is None else environ
    return Path(
        env.get("PERENNE_DONNEES")
        or _dossier_utilisateur("XDG_DATA_HOME", ".local/share", env) / "application"
    )


def lire_reglages(environ: Mapping[str, str] | None = None) -> Reglages:
    """Read the settings.

    Args:
        environ: variables to read; the process environment when None.

    Returns:
        The settings, each with its default: the repository's `knowledge/` (or the copy inside an installed
        package), and the user's data and cache folders of the XDG convention.
    """
    env = os.environ if environ is None else environ
    depot = _RACINE_SOURCES / "knowledge"
    return Reglages(
        savoir=Path(env.get("PERENNE_SAVOIR") or (depot if depot.is_dir() else _SAVOIR_EMBARQUE)),
        atlas=Path(
            env.get("PERENNE_ATLAS") or _dossier_utilisateur("XDG_DATA_HOME", ".local/share", env) / "atlas"
        ),
        cache=Path(
            env.get("PERENNE_CACHE") or _dossier_utilisateur("XDG_CACHE_HOME", ".cache", env) / "sources"
        ),
        decisions=Path(decisions) if (decisions := env.get("PERENNE_DECISIONS")) else None,
        spark=env.get("PERENNE_SPARK", ""),
        api_entreprises=env.get("PERENNE_API_ENTREPRISES") or API_ENTREPRISES,
    )
