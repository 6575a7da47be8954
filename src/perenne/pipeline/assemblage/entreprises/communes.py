"""The current commune of each code written in a register, whatever its geography."""

from __future__ import annotations

import pyarrow as pa

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.noyaux.mouvements import Genealogie


def preparer(contexte: Contexte, genealogie: Genealogie) -> None:
    """Hand over what the enterprises ask of the territories: `commune_de` and `commune_sans_quartier`.

    `commune_de(code_commune, commune, departement)` holds every code that is or was a commune.

    A municipal district leads to its city, a delegated or associated commune to the one that holds it. A code
    divided since between several communes leads to the one that kept it, or to none. `commune_sans_quartier`
    is empty when no list of quartiers was read: where there is none is then not known.
    """
    moteur = contexte.moteur
    parents = dict(moteur.lignes("SELECT code, parent FROM commune WHERE parent IS NOT NULL"))
    departements = dict(moteur.lignes("SELECT code, departement FROM commune WHERE type = 'commune'"))
    actuels = {c: c for c in genealogie.communes}
    anciens = {c for (c,) in moteur.lignes("SELECT DISTINCT code_ancien FROM atl_commune_mouvement")}
    for code in sorted((anciens | set(parents)) - set(actuels)):
        suite = genealogie.suivre_depuis_origine(code)
        if len(suite.actuels) == 1:
            actuels[code] = suite.actuels[0]
        elif code in parents and parents[code] in genealogie.communes:
            actuels[code] = parents[code]
    lignes = sorted(actuels.items())
    contexte.masse.deposer(
        "commune_de",
        pa.table(
            {
                "code_commune": pa.array([a for a, _ in lignes], pa.string()),
                "commune": pa.array([c for _, c in lignes], pa.string()),
                "departement": pa.array([departements.get(c) for _, c in lignes], pa.string()),
            }
        ),
    )
    contexte.confier(
        "commune_sans_quartier",
        f"""
        SELECT code AS commune FROM commune WHERE type = 'commune' AND {bool(contexte.tables.get("quartier"))}
        AND code NOT IN (SELECT commune FROM atl_composition WHERE type = 'qpv') ORDER BY code
        """,
    )
