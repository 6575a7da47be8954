"""Outlines of the territories: communes carried to the current ones, larger territories dissolved."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pyarrow as pa
import shapely

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.noyaux.geometrie import aire_km2, dissoudre, epurer, recouvrement_median, simplifier

SEUIL_COMMUNE = 0.4
"""Median intersection over union above which outlines of quartiers are those of their communes."""


def assembler(contexte: Contexte) -> None:
    """Create `atl_contour`; set the point of each territory, and its area when no file gives it."""
    moteur = contexte.moteur
    contours: dict[tuple[str, str], Any] = {}
    divisees: set[str] = set()
    if contexte.reunir("contour"):
        contours = _communes(contexte, divisees)
        contours |= _dissous(contexte, {c: g for (t, c), g in contours.items() if t == "commune"})
    if contexte.reunir("contour_quartier"):
        contours |= _quartiers(contexte, {c: g for (t, c), g in contours.items() if t == "commune"})
    sans_aire = set(
        moteur.lignes(
            "SELECT type, code FROM atl_territoire WHERE superficie_km2 IS NULL "
            "AND type IN ('commune', 'arrondissement-municipal')"
        )
    )
    cles = sorted(contours)
    formes = np.array([contours[c] for c in cles], dtype=object)
    boites = shapely.bounds(formes) if cles else np.empty((0, 4))
    points = shapely.point_on_surface(formes) if cles else np.empty(0, dtype=object)
    moteur.deposer(
        "atl_contour",
        pa.table(
            {
                "type": pa.array([t for t, _ in cles], pa.string()),
                "code": pa.array([c for _, c in cles], pa.string()),
                "wkb": pa.array(shapely.to_wkb(formes) if cles else [], pa.binary()),
                **{
                    n: pa.array(boites[:, i], pa.float64())
                    for i, n in enumerate(("minx", "miny", "maxx", "maxy"))
                },
                "lon": pa.array(shapely.get_x(points) if cles else [], pa.float64()),
                "lat": pa.array(shapely.get_y(points) if cles else [], pa.float64()),
                "aire": pa.array(
                    [
                        aire_km2(f) if (t, c) in sans_aire and c not in divisees else None
                        for (t, c), f in zip(cles, formes, strict=True)
                    ],
                    pa.float64(),
                ),
            }
        ),
    )
    moteur.executer(
        "UPDATE atl_territoire SET lon = c.lon, lat = c.lat FROM atl_contour c "
        "WHERE c.type = atl_territoire.type AND c.code = atl_territoire.code"
    )
    moteur.executer(
        "UPDATE atl_territoire SET superficie_km2 = round(c.aire, 1), superficie_approchee = 1 "
        "FROM atl_contour c WHERE c.type = atl_territoire.type AND c.code = atl_territoire.code "
        "AND c.aire IS NOT NULL AND atl_territoire.superficie_km2 IS NULL"
    )
    for colonne in ("lon", "lat", "aire"):
        moteur.executer(f"ALTER TABLE atl_contour DROP {colonne}")


def _communes(contexte: Contexte, divisees: set[str]) -> dict[tuple[str, str], Any]:
    """Outlines of communes and districts; `divisees` receives those drawn with what has left them since."""
    lignes = contexte.moteur.lignes(
        """
        SELECT t.type, k.code, g.code, k.scission, g.geometrie FROM contour g
        JOIN correspondance k ON k.code_source = g.code AND k.geographie = g.geographie
        JOIN commune t ON t.code = k.code AND t.type IN ('commune', 'arrondissement-municipal')
        """
    )
    formes = simplifier(epurer(shapely.from_wkb([g for *_, g in lignes])))
    _mesurer_les_divisees(contexte, [(*cles, f) for (*cles, _), f in zip(lignes, formes, strict=True)])
    morceaux: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for (type_, code, origine, scission, _), forme in zip(lignes, formes, strict=True):
        if scission and code != origine:
            contexte.remarquer(
                "ign_contours", f"commune {code} séparée de {origine} depuis : son contour n'est pas connu."
            )
        else:
            morceaux[(type_, code)].append(forme)
            divisees |= {code} if scission else set()
    return {cle: m[0] if len(m) == 1 else shapely.union_all(m) for cle, m in morceaux.items()}


def _mesurer_les_divisees(contexte: Contexte, lignes: Sequence[Sequence[Any]]) -> None:
    """Fill `aire_divisee`: what the communes that came out of one outline cover together.

    Left aside when one of them has taken in land of another commune as well: its share is not known.
    """
    origines: dict[str, set[str]] = defaultdict(set)
    issues: dict[str, set[str]] = defaultdict(set)
    formes: dict[str, Any] = {}
    for _, code, origine, scission, forme in lignes:
        origines[code].add(origine)
        if scission:
            issues[origine].add(code)
            formes[origine] = forme
    for origine, codes in sorted(issues.items()):
        if all(origines[c] == {origine} for c in codes):
            aire = round(aire_km2(formes[origine]), 1)
            for code in sorted(codes):
                contexte.moteur.executer(
                    "INSERT INTO aire_divisee VALUES (?, ?, ?, ?)", [code, origine, len(codes), aire]
                )


def _dissous(contexte: Contexte, communes: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    membres: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for type_, code, commune in contexte.moteur.lignes(
        "SELECT type, code, commune FROM atl_composition WHERE type IN ('epci', 'departement') ORDER BY ALL"
    ):
        if commune in communes:
            membres[(type_, code)].append(communes[commune])
    contours = {cle: dissoudre(formes) for cle, formes in membres.items()}
    regions: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for departement, region in contexte.moteur.lignes(
        "SELECT code, region FROM atl_territoire WHERE type = 'departement' ORDER BY code"
    ):
        if ("departement", departement) in contours:
            regions[("region", region)].append(contours[("departement", departement)])
    return contours | {cle: dissoudre(formes) for cle, formes in regions.items()}


def _quartiers(contexte: Contexte, communes: Mapping[str, Any]) -> dict[tuple[str, str], Any]:
    lignes = contexte.moteur.lignes(
        "SELECT code, commune, geometrie, source FROM contour_quartier ORDER BY code"
    )
    formes = epurer(shapely.from_wkb([g for _, _, g, _ in lignes]))
    paires = [(f, communes[c]) for f, (_, c, _, _) in zip(formes, lignes, strict=True) if c in communes]
    source = lignes[0][3]
    if paires and recouvrement_median(paires) > SEUIL_COMMUNE:
        contexte.remarquer(
            source,
            f"les {len(lignes)} contours dessinent des communes, pas des quartiers : aucun n'est repris.",
        )
        return {}
    connus = {c for (c,) in contexte.moteur.lignes("SELECT code FROM atl_territoire WHERE type = 'qpv'")}
    inconnus = sorted({code for code, *_ in lignes} - connus)
    if inconnus:
        contexte.remarquer(
            source, f"{len(inconnus)} contours sans quartier de ce code dans la liste, non repris."
        )
    sans = len(connus - {code for code, *_ in lignes})
    if sans:
        contexte.remarquer(source, f"{sans} quartiers de la liste n'ont pas de contour.")
    return {("qpv", code): forme for (code, *_), forme in zip(lignes, formes, strict=True) if code in connus}
