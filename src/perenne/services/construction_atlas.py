"""Use cases of the reference atlas: build it, say what it holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.kb.chargement import lire_base
from perenne.pipeline.publication import MANIFESTE, version_courante
from perenne.services.cache_savoir import obtenir_base_en_cache
from perenne.services.reglages import Reglages


def lire_indicateurs(savoir: Path) -> tuple[Indicateur, ...]:
    """The indicators of the knowledge base, which say how values add up.

    Raises:
        ErreurUtilisateur: the base is missing, or one of its indicators is wrong.
    """
    base, anomalies = lire_base(savoir)
    fautes = [a for a in anomalies if "indicateurs/" in a.ou]
    if fautes:
        raise ErreurUtilisateur(
            "Les indicateurs de la base de savoir contiennent des anomalies.",
            anomalies=fautes,
            conseil="Lancez « perenne savoir verifier » pour tout voir.",
        )
    return tuple(base.de(Indicateur).values())


def construire_atlas(
    reglages: Reglages,
    *,
    sources: Path | None = None,
    vers: Path | None = None,
    maintenant: dt.datetime,
    progres: Callable[[str], None] = lambda _: None,
) -> Mapping[str, Any]:
    """Build and publish the atlas; return its manifest.

    Args:
        reglages: where things are.
        sources: folder of official files; the cache of downloads when None.
        vers: folder of the atlas; that of the settings when None.
        maintenant: moment of the build.
        progres: told each step.

    Raises:
        ErreurUtilisateur: a file is missing or wrong; the published atlas is untouched.
    """
    from perenne.pipeline.construction import construire  # noqa: PLC0415  (loads the engine)
    from perenne.sources.registre import charger  # noqa: PLC0415

    manifeste = construire(
        charger(),
        lire_indicateurs(reglages.savoir),
        sources or reglages.cache,
        vers or reglages.atlas,
        maintenant=maintenant,
        progres=progres,
    ).manifeste
    # The first note is then as fast as the next ones; a faulty base is told by the command that reads it.
    with suppress(ErreurUtilisateur):
        obtenir_base_en_cache(reglages)
    return manifeste


def lire_etat(dossier: Path) -> Mapping[str, Any] | None:
    """Manifest of the published atlas; None when there is none.

    Raises:
        ErreurUtilisateur: the manifest cannot be read.
    """
    version = version_courante(dossier)
    if version is None:
        return None
    try:
        manifeste: Mapping[str, Any] = json.loads((version / MANIFESTE).read_text(encoding="utf-8"))
    except (OSError, ValueError) as erreur:
        raise ErreurUtilisateur(
            f"Le manifeste de l'atlas « {version} » est illisible.",
            conseil="Reconstruisez l'atlas avec « perenne atlas construire ».",
        ) from erreur
    return manifeste
