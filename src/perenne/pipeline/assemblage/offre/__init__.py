"""Supply: where each operator counts, how many in each territory, and what comparable ones hold."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pyarrow as pa

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.offre import comptes, groupes, lectures, presences


def assembler(contexte: Contexte, servis: Mapping[str, Sequence[str]]) -> None:
    """Create the tables of the supply from those of the enterprises and of their activities.

    Args:
        servis: by activity, the needs that it serves.
    """
    masse = contexte.masse
    _preparer(contexte, servis)
    contexte.progres("Offre : lieux de chaque opérateur…")
    masse.materialiser("atl_offre_operateur", presences.exprimer(masse))
    masse.materialiser("atl_offre_lecture", lectures.exprimer(contexte))
    contexte.progres("Offre : comptes et comparaisons…")
    masse.materialiser("atl_offre", comptes.exprimer(masse))
    masse.deposer("offre_membre", groupes.repartir(contexte))
    masse.materialiser("atl_offre_groupe", groupes.exprimer(masse))


def _preparer(contexte: Contexte, servis: Mapping[str, Sequence[str]]) -> None:
    """Give the engine the small tables of the driver: territories, what they hold, what activities serve."""
    moteur, masse = contexte.moteur, contexte.masse
    masse.deposer(
        "offre_territoire",
        moteur.arrow("SELECT type, code, departement, region FROM atl_territoire ORDER BY ALL"),
    )
    masse.deposer(
        "offre_composition", moteur.arrow("SELECT type, code, commune FROM atl_composition ORDER BY ALL")
    )
    liens = sorted((a, b) for a, besoins in servis.items() for b in besoins)
    masse.deposer(
        "atl_activite_besoin",
        pa.table(
            {
                "activite": pa.array([a for a, _ in liens], pa.string()),
                "besoin": pa.array([b for _, b in liens], pa.string()),
            }
        ),
    )
