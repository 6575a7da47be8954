"""Values of EPCI, départements and régions, by the one rule of the domain."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np

from perenne.domain.territoire.agregation import agreger
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.valeurs import inserer

TYPES = ("epci", "departement", "region")


def assembler(contexte: Contexte) -> None:
    """Append the values of the larger territories to `atl_valeur`."""
    moteur = contexte.moteur
    connus = {i for (i,) in moteur.lignes("SELECT DISTINCT indicateur FROM atl_valeur")}
    for identifiant in sorted(connus - set(contexte.indicateurs)):
        contexte.remarquer(
            "indicateurs",
            f"« {identifiant} » n'est pas décrit dans knowledge/indicateurs : "
            "il n'a pas de valeur au-delà des communes.",
        )
    lignes: list[tuple[Any, ...]] = []
    for identifiant in sorted(connus & set(contexte.indicateurs)):
        for (millesime,) in moteur.lignes(
            "SELECT DISTINCT millesime FROM atl_valeur WHERE indicateur = ? ORDER BY 1", [identifiant]
        ):
            lignes += _un_millesime(contexte, identifiant, millesime)
    inserer(contexte, lignes)
    moteur.executer(
        """
        DELETE FROM atl_valeur WHERE statut = 'absent' AND EXISTS (
            SELECT 1 FROM atl_valeur v WHERE v.indicateur = atl_valeur.indicateur AND v.type = atl_valeur.type
            AND v.code = atl_valeur.code AND v.millesime <> atl_valeur.millesime
            AND (v.statut <> 'absent' OR v.millesime > atl_valeur.millesime))
        """
    )


def _un_millesime(contexte: Contexte, identifiant: str, millesime: str) -> list[tuple[Any, ...]]:
    indicateur = contexte.indicateurs[identifiant]
    donnees = contexte.moteur.sql.execute(
        """
        SELECT c.type, c.code, coalesce(v.statut, 'absent') AS statut, v.valeur, v.numerateur, v.denominateur,
               t.population, v.source, coalesce(v.approche, 0) AS approche
        FROM atl_composition c JOIN atl_territoire t ON t.type = 'commune' AND t.code = c.commune
        LEFT JOIN atl_valeur v ON v.type = 'commune' AND v.code = c.commune AND v.indicateur = ?
             AND v.millesime = ?
        WHERE c.type IN ('epci', 'departement', 'region') ORDER BY c.type, c.code, c.commune, v.source
        """,
        [identifiant, millesime],
    ).fetchnumpy()
    chiffres = {
        c: np.ma.filled(np.ma.asarray(donnees[c], dtype=np.float64), np.nan)
        for c in ("valeur", "numerateur", "denominateur", "population")
    }
    approches = np.asarray(donnees["approche"], dtype=bool)
    types, codes = np.asarray(donnees["type"]), np.asarray(donnees["code"])
    statuts, sources = np.asarray(donnees["statut"]), np.ma.asarray(donnees["source"])
    vues = sources[~np.ma.getmaskarray(sources)]
    source = str(vues[0]) if len(vues) else ""
    ruptures = np.flatnonzero((types[1:] != types[:-1]) | (codes[1:] != codes[:-1])) + 1
    bornes = [0, *ruptures.tolist(), len(codes)]
    lignes = []
    for debut, fin in pairwise(bornes):
        bloc = slice(debut, fin)
        vus = set(statuts[bloc].tolist())
        agregat = agreger(
            indicateur,
            chiffres["valeur"][bloc],
            chiffres["numerateur"][bloc],
            chiffres["denominateur"][bloc],
            chiffres["population"][bloc],
        )
        if agregat.valeur is not None:
            statut = "observe"
        else:
            statut = "secret" if "secret" in vus and "observe" not in vus else "absent"
        lignes.append(
            (
                identifiant, str(types[debut]), str(codes[debut]), millesime, agregat.valeur, statut,
                agregat.numerateur, agregat.denominateur, agregat.couverture,
                int(agregat.approche or (agregat.valeur is not None and bool(approches[bloc].any()))), source,
            )
        )  # fmt: skip
    return lignes
