"""Values and memberships of the territories of the atlas."""

from __future__ import annotations

from collections.abc import Collection, Container
from typing import Any

from perenne.atlas.lecteur import Atlas, date_iso, lots, reel, texte
from perenne.atlas.memoire import garder
from perenne.domain.savoir.commun import Periode
from perenne.domain.territoire.identite import Cle
from perenne.domain.territoire.mesures import Mesure, Statut
from perenne.domain.territoire.zonages import Appartenance


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
    return garder(atlas, "listes_connues", lambda: _lire_listes(atlas))


def _lire_listes(atlas: Atlas) -> tuple[Appartenance, ...]:
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
