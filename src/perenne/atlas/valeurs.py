"""Values and memberships of the atlas: those of a territory, and the columns that they are compared with."""

from __future__ import annotations

from collections.abc import Collection, Container
from typing import Any

import numpy as np
import numpy.typing as npt

from perenne.atlas.lecteur import Atlas, date_iso, lots, reel, texte
from perenne.domain.savoir.commun import Periode
from perenne.domain.territoire.identite import Cle
from perenne.domain.territoire.lectures import COUVERTURE_MINIMALE
from perenne.domain.territoire.mesures import Mesure, Statut, Strate
from perenne.domain.territoire.zonages import Appartenance

Vecteur = npt.NDArray[np.float64]


def mesures_de(atlas: Atlas, cle: Cle) -> tuple[Mesure, ...]:
    """Every value of a territory, all vintages."""
    lignes = atlas.lire(
        "SELECT indicateur, millesime, statut, valeur, numerateur, denominateur, source, couverture, "
        "approche FROM valeur "
        "WHERE type = ? AND code = ? ORDER BY indicateur, millesime",
        (cle.type, cle.code),
    )
    return tuple(
        Mesure(
            indicateur=str(i), millesime=str(m), statut=_statut(s), valeur=reel(v) if s == "observe" else
            None,
            numerateur=reel(n), denominateur=reel(d), source=texte(src),
            couverture=reel(part), approche=bool(approche),
        )
        for i, m, s, v, n, d, src, part, approche in lignes
    )  # fmt: skip


def colonnes_communes(
    atlas: Atlas, communes: Collection[str], indicateurs: Container[str]
) -> dict[tuple[str, str], dict[str, tuple[str, float, float, float, str]]]:
    """Values of communes, to aggregate.

    Args:
        communes: their codes.
        indicateurs: those wanted.

    Returns:
        (indicator, vintage) → commune → (status, value, numerator, denominator, source), NaN for NULL.
    """
    resultat: dict[tuple[str, str], dict[str, tuple[str, float, float, float, str]]] = {}
    for lot in lots(sorted(set(communes))):
        marques = ", ".join("?" * len(lot))
        for i, m, code, statut, v, n, d, source in atlas.lire(
            "SELECT indicateur, millesime, code, statut, valeur, numerateur, denominateur, source "
            f"FROM valeur WHERE type = 'commune' AND code IN ({marques})",
            lot,
        ):
            if i in indicateurs:
                vu = v if statut == "observe" else None
                resultat.setdefault((i, m), {})[code] = (statut, _nan(vu), _nan(n), _nan(d), texte(source))
    return resultat


def _condition(strate: Strate) -> tuple[str, list[object]]:
    """The SQL condition of a stratum on the table `territoire` named t."""
    conditions = ["t.type = ?", "t.drom = ?"]
    parametres: list[object] = [strate.type, int(strate.drom)]
    if strate.densites:
        conditions.append(f"t.densite IN ({', '.join('?' * len(strate.densites))})")
        parametres += strate.densites
    if strate.population_min is not None:
        conditions.append("t.population >= ?")
        parametres.append(strate.population_min)
    if strate.population_max is not None:
        conditions.append("t.population < ?")
        parametres.append(strate.population_max)
    return " AND ".join(conditions), parametres


def compter(atlas: Atlas, strate: Strate) -> int:
    """How many territories a stratum holds."""
    condition, parametres = _condition(strate)
    ((nombre,),) = atlas.lire(f"SELECT count(*) FROM territoire t WHERE {condition}", parametres)
    return int(nombre)


def membres_strate(atlas: Atlas, strate: Strate) -> list[tuple[Any, ...]]:
    """Code, inhabitants and area (km²) of the territories of a stratum, by code."""
    condition, parametres = _condition(strate)
    return atlas.lire(
        f"SELECT t.code, t.population, t.superficie_km2 FROM territoire t WHERE {condition} ORDER BY t.code",
        parametres,
    )


def colonne(atlas: Atlas, indicateur: str, millesime: str, type_: str, codes: str) -> Vecteur:
    """Comparable values of an indicator, in no order; what covers too few inhabitants is left out.

    Args:
        codes: territories of that type, as a JSON array: SQLite then looks each one up, which is five times
            faster than going through a whole column to compare with six hundred communes.
    """
    lignes = atlas.lire(
        "SELECT v.valeur FROM json_each(?) j CROSS JOIN valeur v ON v.code = j.value "
        "WHERE v.indicateur = ? AND v.type = ? AND v.millesime = ? AND v.statut = 'observe' "
        "AND v.valeur IS NOT NULL AND coalesce(v.couverture, 1) >= ?",
        (codes, indicateur, type_, millesime, COUVERTURE_MINIMALE),
    )
    return np.fromiter((v for (v,) in lignes), dtype=np.float64, count=len(lignes))


def appartenances(atlas: Atlas, type_: str, codes: Collection[str]) -> tuple[Appartenance, ...]:
    """Memberships of territories of one type, at any date."""
    resultat: list[Appartenance] = []
    for lot in lots(sorted(set(codes))):
        marques = ", ".join("?" * len(lot))
        resultat += [
            Appartenance(
                code=str(code), zonage=str(zonage), periode=Periode(du=date_iso(du), au=date_iso(au)),
                classement=texte(classement), libelle=texte(libelle), source=texte(source),
            )
            for code, zonage, du, au, classement, libelle, source in atlas.lire(
                "SELECT code, zonage, du, au, classement, libelle, source FROM appartenance "
                f"WHERE type = ? AND code IN ({marques})",
                (type_, *lot),
            )
        ]  # fmt: skip
    return tuple(resultat)


def listes_connues(atlas: Atlas) -> tuple[Appartenance, ...]:
    """One membership without a code per zoning, period and source: what the atlas holds a list of."""
    lignes = atlas.lire("SELECT DISTINCT zonage, du, au, source FROM appartenance")
    return tuple(
        Appartenance(
            code="",
            zonage=str(zonage),
            periode=Periode(du=date_iso(du), au=date_iso(au)),
            source=texte(source),
        )
        for zonage, du, au, source in lignes
    )


def _statut(valeur: Any) -> Statut:
    connus: tuple[Statut, ...] = ("observe", "secret", "absent", "sans-objet")
    return next((s for s in connus if s == valeur), "non-observe")


def _nan(valeur: Any) -> float:
    return float("nan") if valeur is None else float(valeur)
