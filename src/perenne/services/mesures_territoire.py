"""Measures of a territory: those that the atlas publishes, or aggregated for a union."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from perenne.atlas.lecteur import Atlas
from perenne.atlas.valeurs import colonnes_communes, mesures_de
from perenne.domain.savoir.indicateurs import Indicateur
from perenne.domain.territoire.agregation import agreger
from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.mesures import Mesure, Statut

SOURCE_CALCUL = "calcul"


def mesurer(
    atlas: Atlas,
    territoire: Territoire,
    indicateurs: Mapping[str, Indicateur],
    membres: Mapping[str, Territoire],
) -> dict[str, list[Mesure]]:
    """Every measure of a territory, by indicator, all vintages.

    Args:
        indicateurs: those of the knowledge base; others in the atlas are left out.
        membres: its communes.
    """
    if territoire.type == "union":
        return _agreger_union(atlas, territoire, indicateurs, membres)
    par_indicateur: dict[str, list[Mesure]] = {}
    for m in mesures_de(atlas, territoire.cle):
        if m.indicateur in indicateurs:
            par_indicateur.setdefault(m.indicateur, []).append(m)
    return par_indicateur


def _agreger_union(
    atlas: Atlas,
    territoire: Territoire,
    indicateurs: Mapping[str, Indicateur],
    membres: Mapping[str, Territoire],
) -> dict[str, list[Mesure]]:
    codes = territoire.communes
    populations = _vecteur([membres[c].population for c in codes])
    resultat: dict[str, list[Mesure]] = {}
    for (identifiant, millesime), lignes in colonnes_communes(atlas, codes, indicateurs).items():
        tableau = np.array(
            [lignes.get(c, ("", np.nan, np.nan, np.nan, ""))[1:4] for c in codes], dtype=np.float64
        )
        agregat = agreger(indicateurs[identifiant], tableau[:, 0], tableau[:, 1], tableau[:, 2], populations)
        statut = "observe" if agregat.valeur is not None else _pourquoi([v[0] for v in lignes.values()])
        resultat.setdefault(identifiant, []).append(
            Mesure(
                indicateur=identifiant, millesime=millesime, statut=statut,
                valeur=agregat.valeur, numerateur=agregat.numerateur, denominateur=agregat.denominateur,
                couverture=agregat.couverture, approche=agregat.approche,
                source=next((v[4] for v in lignes.values() if v[4]), SOURCE_CALCUL),
            )
        )  # fmt: skip
    return resultat


def _pourquoi(statuts: Sequence[str]) -> Statut:
    """Why a union has no value: secret when every commune is, absent otherwise."""
    if "observe" in statuts:
        return "non-observe"
    return "secret" if "secret" in statuts else "absent"


def _vecteur(valeurs: Sequence[int | None]) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.array([np.nan if v is None else v for v in valeurs], dtype=np.float64)
