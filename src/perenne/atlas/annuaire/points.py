"""Where enterprises are: the points of their head offices, and of their establishments in a territory."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from perenne.atlas.lecteur import Atlas, lots, reel, texte

PRECISIONS = ("adresse", "voie", "registre", "commune", "inconnu")
"""From the surest to none."""

PRECISES = PRECISIONS[:3]
"""Those that a map draws."""

Rattachement = Literal["commune", "qpv", "code_commune"]


@dataclass(frozen=True, kw_only=True)
class Point:
    """Where something is; no coordinates when no file places it."""

    precision: str
    lon: float | None
    lat: float | None

    @property
    def precis(self) -> bool:
        """Whether it may be drawn."""
        return self.lon is not None and self.lat is not None and self.precision in PRECISES


def lire_points_ici(
    atlas: Atlas, sirens: Sequence[str], colonne: Rattachement, valeurs: Collection[str]
) -> dict[str, Point]:
    """For each legal unit, the best placed of its active establishments in a territory."""
    trouves: dict[str, Point] = {}
    for lot in lots(sorted(set(sirens))):
        marques = ", ".join("?" * len(lot))
        for siren, valeur, precision, lon, lat in atlas.lire(
            f"SELECT siren, {colonne}, precision, lon, lat FROM etablissement "
            f"WHERE siren IN ({marques}) AND etat = 'actif' ORDER BY siren, siret",
            lot,
        ):
            if valeur not in valeurs:
                continue
            point = Point(precision=texte(precision) or "inconnu", lon=reel(lon), lat=reel(lat))
            if siren not in trouves or _rang(point) < _rang(trouves[siren]):
                trouves[siren] = point
    return trouves


def _rang(point: Point) -> int:
    return PRECISIONS.index(point.precision) if point.precision in PRECISIONS else len(PRECISIONS)


def lire_sieges(
    atlas: Atlas,
    commune: str,
    *,
    etats: Sequence[str],
    verdicts: Sequence[str],
    activites: Iterable[Sequence[str]] = (),
) -> tuple[Point, ...]:
    """The points of the head offices of a commune.

    Args:
        etats, verdicts: those kept; none for all.
        activites: sets of activities; an enterprise must have one of each set, surely enough to be counted.
    """
    conditions, valeurs = ["commune = ?"], [commune]
    for colonne, gardees in (("etat", etats), ("verdict", verdicts)):
        if gardees:
            conditions.append(f"{colonne} IN ({', '.join('?' * len(gardees))})")
            valeurs += gardees
    for ensemble in activites:
        conditions.append(
            "EXISTS (SELECT 1 FROM entreprise_activite a WHERE a.operateur = entreprise.id "
            f"AND a.confiance <> 'faible' AND a.activite IN ({', '.join('?' * len(ensemble))}))"
        )
        valeurs += ensemble
    lignes = atlas.lire(
        f"SELECT precision, lon, lat FROM entreprise WHERE {' AND '.join(conditions)}", valeurs
    )
    return tuple(Point(precision=texte(p) or "inconnu", lon=reel(x), lat=reel(y)) for p, x, y in lignes)
