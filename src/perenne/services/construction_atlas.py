"""Use cases of the reference atlas: build it, say what it holds."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.base import BaseSavoir
from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.kb.chargement import lire_base
from perenne.pipeline.publication import MANIFESTE, version_courante
from perenne.services.cache_savoir import obtenir_base_en_cache
from perenne.services.reglages import Reglages

INDICATEURS, FORMES, ACTIVITES = "indicateurs/", "formes-juridiques/", "activites/"
"""What the atlas reads of the knowledge base: a fault elsewhere does not stop a build."""


def lire_indicateurs(savoir: Path) -> tuple[Indicateur, ...]:
    """The indicators of the knowledge base, which say how values add up.

    Raises:
        ErreurUtilisateur: the base is missing, or one of its indicators is wrong.
    """
    return tuple(_lire_sans_faute(savoir, INDICATEURS).de(Indicateur).values())


def lire_formes(savoir: Path) -> tuple[FormeJuridique, ...]:
    """What the law says of each legal form.

    Raises:
        ErreurUtilisateur: the base is missing, or one of its forms is wrong.
    """
    return tuple(_lire_sans_faute(savoir, FORMES).de(FormeJuridique).values())


def _lire_sans_faute(savoir: Path, *dossiers: str) -> BaseSavoir:
    base, anomalies = lire_base(savoir)
    fautes = [a for a in anomalies if any(d in a.ou for d in dossiers)]
    if fautes:
        raise ErreurUtilisateur(
            "La base de savoir contient des anomalies dans ce que lit l'atlas.",
            anomalies=fautes,
            conseil="Lancez « perenne savoir verifier » pour tout voir.",
        )
    return base


def construire_atlas(
    reglages: Reglages,
    *,
    sources: Path | None = None,
    vers: Path | None = None,
    maintenant: dt.datetime,
    decisions: Path | None = None,
    departements: Collection[str] = (),
    moteur: str = "duckdb",
    recommencer: bool = False,
    progres: Callable[[str], None] = lambda _: None,
) -> Mapping[str, Any]:
    """Build and publish the atlas; return its manifest.

    Args:
        reglages: where things are.
        sources: folder of official files; the cache of downloads when None.
        vers: folder of the atlas; that of the settings when None.
        maintenant: moment of the build.
        decisions: what people decided of the activities; the file of the settings when None.
        departements: départements to which the enterprises are limited; none for the whole country.
        moteur: `duckdb` or `spark`.
        recommencer: throw away what an interrupted build left, rather than take it up.
        progres: told each step.

    Raises:
        ErreurUtilisateur: a file (or a decision) is missing or wrong, the disk is full, or Spark cannot
            start; the published atlas is untouched, and the finished stages are kept for the next attempt.
    """
    from perenne.pipeline.construction import construire  # noqa: PLC0415  (loads the engine)
    from perenne.pipeline.moteurs.session import lire_options  # noqa: PLC0415
    from perenne.pipeline.reconnaissance import empreinte  # noqa: PLC0415
    from perenne.services.classement.obtenir import classeur_de  # noqa: PLC0415  (loads the patterns)
    from perenne.sources.registre import charger  # noqa: PLC0415

    base = _lire_sans_faute(reglages.savoir, INDICATEURS, FORMES, ACTIVITES)
    fichier = decisions or reglages.decisions
    manifeste = construire(
        charger(),
        base.de(Indicateur).values(),
        sources or reglages.cache,
        vers or reglages.atlas,
        maintenant=maintenant,
        formes=base.de(FormeJuridique).values(),
        classeur=classeur_de(base.activites, fichier),
        decisions={"fichier": fichier.name, "sha256": empreinte(fichier)} if fichier else None,
        departements=departements,
        moteur=moteur,
        options=lire_options(reglages.spark),
        recommencer=recommencer,
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
