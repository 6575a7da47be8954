"""Values and memberships of the atlas: those of a territory, and the columns that they are compared with."""

from __future__ import annotations

from collections.abc import Collection, Container, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from perenne.atlas.lecteur import Atlas, date_iso, lots, reel, texte
from perenne.domain.savoir.commun import Periode
from perenne.domain.territoire.identite import Cle
from perenne.domain.territoire.mesures import Mesure, Statut, Strate
from perenne.domain.territoire.zonages import Appartenance

Vecteur = npt.NDArray[np.float64]


def mesures_de(atlas: Atlas, cle: Cle) -> tuple[Mesure, ...]:
    """Every value of a territory, all vintages."""
    lignes = atlas.lire(
        "SELECT indicateur, millesime, statut, valeur, numerateur, denominateur, source FROM valeur "
        "WHERE type = ? AND code = ? ORDER BY indicateur, millesime",
        (cle.type, cle.code),
    )
    return tuple(
        Mesure(
            indicateur=str(i), millesime=str(m), statut=_statut(s), valeur=reel(v) if s == "observe" else
            None,
            numerateur=reel(n), denominateur=reel(d), source=texte(src),
        )
        for i, m, s, v, n, d, src in lignes
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


def couvertures(atlas: Atlas, cle: Cle, indicateurs: Sequence[str]) -> dict[tuple[str, str], float]:
    """Share of the inhabitants of a territory whose commune has an observed value, by indicator and
    vintage."""
    marques = ", ".join("?" * len(indicateurs))
    # CROSS JOIN keeps this order: from the few communes to their values, never through the whole column.
    lignes = atlas.lire(
        "SELECT v.indicateur, v.millesime, sum(t.population * (v.statut = 'observe')), "
        "(SELECT sum(p.population) FROM composition q JOIN territoire p ON p.type = 'commune' "
        " AND p.code = q.commune WHERE q.type = ?1 AND q.code = ?2) "
        "FROM composition c CROSS JOIN territoire t ON t.type = 'commune' AND t.code = c.commune "
        "CROSS JOIN valeur v ON v.type = 'commune' AND v.code = c.commune "
        f"WHERE c.type = ?1 AND c.code = ?2 AND v.indicateur IN ({marques}) "
        "GROUP BY v.indicateur, v.millesime",
        (cle.type, cle.code, *indicateurs),
    )
    return {(i, m): (vus or 0) / total for i, m, vus, total in lignes if total}


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


def colonne(atlas: Atlas, indicateur: str, millesime: str, strate: Strate) -> tuple[list[str], Vecteur]:
    """Observed values of an indicator in a stratum: codes, and values in the same order."""
    condition, parametres = _condition(strate)
    lignes = atlas.lire(
        "SELECT v.code, v.valeur FROM valeur v JOIN territoire t ON t.type = v.type AND t.code = v.code "
        "WHERE v.indicateur = ? AND v.type = ? AND v.millesime = ? AND v.statut = 'observe' "
        f"AND v.valeur IS NOT NULL AND {condition}",
        (indicateur, strate.type, millesime, *parametres),
    )
    codes = [str(c) for c, _ in lignes]
    return codes, np.array([v for _, v in lignes], dtype=np.float64)


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


def periodes_connues(atlas: Atlas) -> dict[str, set[Periode]]:
    """By zoning, the periods for which the atlas holds members somewhere."""
    resultat: dict[str, set[Periode]] = {}
    for zonage, du, au in atlas.lire("SELECT DISTINCT zonage, du, au FROM appartenance"):
        resultat.setdefault(str(zonage), set()).add(Periode(du=date_iso(du), au=date_iso(au)))
    return resultat


def _statut(valeur: Any) -> Statut:
    connus: tuple[Statut, ...] = ("observe", "secret", "absent", "sans-objet")
    return next((s for s in connus if s == valeur), "non-observe")


def _nan(valeur: Any) -> float:
    return float("nan") if valeur is None else float(valeur)
