"""Use case: what has changed between two published versions of the atlas."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from perenne.domain.erreurs import ErreurUtilisateur
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.domain.savoir.zonages import Zonage
from perenne.reports.comparaison.phrases import Libelles
from perenne.services.cache_savoir import obtenir_base_en_cache
from perenne.services.flux import ecrire_flux
from perenne.services.reglages import Reglages


def comparer_atlas(
    reglages: Reglages,
    a: str,
    b: str,
    *,
    format_: str,
    exemples: int,
    sortie: Path | None,
    ecrire: Callable[[str], None],
) -> None:
    """Compare two versions and write the differences.

    Args:
        a, b: what the user calls each version (see `perenne.pipeline.comparaison.version.trouver`).
        format_: texte, json or csv.
        exemples: details under each count of the text.
        sortie: file to write; None to give each piece to `ecrire`.

    Raises:
        ErreurUtilisateur: a version cannot be found or read; nothing is written.
    """
    from perenne.pipeline.comparaison.calcul import ComparaisonCalculee, comparer  # noqa: PLC0415  (the engine)
    from perenne.pipeline.comparaison.version import ouvrir_version, trouver  # noqa: PLC0415
    from perenne.reports.comparaison.machine import ecrire_csv, ecrire_json  # noqa: PLC0415
    from perenne.reports.comparaison.texte import ecrire_texte  # noqa: PLC0415

    def morceaux(comparaison: ComparaisonCalculee) -> Iterator[str]:
        if format_ == "json":
            return ecrire_json(comparaison)
        if format_ == "csv":
            return ecrire_csv(comparaison)
        return ecrire_texte(comparaison, lire_libelles(reglages), exemples=exemples)

    versions = [ouvrir_version(trouver(designation, reglages.atlas)) for designation in (a, b)]
    with comparer(*versions) as comparaison:
        if sortie is not None:
            ecrire_flux(morceaux(comparaison), sortie)
        else:
            for morceau in morceaux(comparaison):
                ecrire(morceau)


def lire_libelles(reglages: Reglages) -> Libelles:
    """Names of the knowledge base; none when it cannot be read, which stops nothing here."""
    try:
        base = obtenir_base_en_cache(reglages)
    except ErreurUtilisateur:
        return Libelles()
    return Libelles(
        zonages={z.id: z.titre for z in base.de(Zonage).values()},
        indicateurs={i.id: i.libelle_court for i in base.de(Indicateur).values()},
        activites={a.id: a.titre for a in base.activites.values()},
    )
