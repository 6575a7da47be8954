"""The supply of territories, as the atlas counted it, and the operators behind each figure."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from perenne.atlas.lecteur import Atlas
from perenne.domain.territoire.identite import Territoire
from perenne.domain.territoire.offre import Couche, Groupe, RegistreLu

TABLES = (
    "offre",
    "offre_operateur",
    "offre_lecture",
    "offre_groupe",
    "activite_besoin",
    "entreprise_activite",
)
_NOMBRES = (
    "tous", "ess", "employeurs", "tous_faibles", "ess_faibles", "employeurs_faibles", "tous_incertains",
    "ess_incertains", "employeurs_incertains", "fermes", "non_diffusibles", "hors_champ",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Comptes:
    """One row of the table `offre`: see its columns there."""

    tous: int = 0
    ess: int = 0
    employeurs: int = 0
    tous_faibles: int = 0
    ess_faibles: int = 0
    employeurs_faibles: int = 0
    tous_incertains: int = 0
    ess_incertains: int = 0
    employeurs_incertains: int = 0
    fermes: int = 0
    non_diffusibles: int = 0
    hors_champ: int = 0


def tient_offre(atlas: Atlas) -> bool:
    """Whether this version of the atlas holds the tables of the supply."""
    presentes = {n for (n,) in atlas.lire("SELECT name FROM sqlite_master WHERE type = 'table'")}
    return presentes >= set(TABLES)


def departements_de(atlas: Atlas, territoire: Territoire) -> tuple[str, ...]:
    """The départements over which a territory spreads."""
    if territoire.type == "departement":
        return (territoire.code,)
    lignes = atlas.lire(
        "SELECT DISTINCT t.departement FROM json_each(?) j "
        "JOIN territoire t ON t.type = 'commune' AND t.code = j.value WHERE t.departement <> '' ORDER BY 1",
        (json.dumps(territoire.communes),),
    )
    return tuple(str(d) for (d,) in lignes)


def registres_lus(atlas: Atlas, departements: Collection[str]) -> tuple[RegistreLu, ...]:
    """What was read in these départements, by register."""
    lus: dict[str, tuple[set[str], set[str]]] = {}
    for registre, departement, source in atlas.lire(
        "SELECT registre, departement, source FROM offre_lecture "
        f"WHERE departement IN ({_marques(departements)})",
        sorted(departements),
    ):
        ou, sources = lus.setdefault(str(registre), (set(), set()))
        ou.add(str(departement))
        sources.add(str(source))
    return tuple(
        RegistreLu(registre=r, departements=tuple(sorted(ou)), sources=tuple(sorted(sources)))
        for r, (ou, sources) in sorted(lus.items())
    )


def besoins_comptes(atlas: Atlas) -> Mapping[str, tuple[str, ...]]:
    """The activities that were counted for each need; each activity stands for itself too."""
    servis: dict[str, set[str]] = {}
    for activite, besoin in atlas.lire("SELECT activite, besoin FROM activite_besoin"):
        servis.setdefault(str(besoin), set()).add(str(activite))
        servis.setdefault(str(activite), set()).add(str(activite))
    return {sujet: tuple(sorted(a)) for sujet, a in servis.items()}


def compter(atlas: Atlas, territoire: Territoire) -> dict[str, Comptes]:
    """What the territory holds, by activity and need; what is missing is zero."""
    if territoire.type == "union":
        return _compter_union(atlas, territoire)
    lignes = atlas.lire(
        f"SELECT sujet, {', '.join(_NOMBRES)} FROM offre WHERE type = ? AND code = ?",
        (territoire.type, territoire.code),
    )
    return _comptes(lignes)


def _comptes(lignes: Iterable[tuple[Any, ...]]) -> dict[str, Comptes]:
    return {
        str(sujet): Comptes(**dict(zip(_NOMBRES, map(int, nombres), strict=True)))
        for sujet, *nombres in lignes
    }


_UNION = """
WITH sujets AS (
    SELECT activite, besoin AS sujet FROM activite_besoin UNION SELECT activite, activite FROM activite_besoin
), par_operateur AS (
    SELECT s.sujet, o.operateur, max(CASE WHEN o.confiance <> 'faible' THEN o.couche ELSE 0 END) AS sure,
           max(o.couche) AS possible,
           max(CASE WHEN o.confiance <> 'faible' THEN o.ecarte ELSE '' END) AS ecarte
    FROM offre_operateur o JOIN sujets s USING (activite) WHERE {condition} GROUP BY s.sujet, o.operateur
)
SELECT sujet, sum(sure >= 1), sum(sure >= 2), sum(sure >= 3), sum(sure < 1 AND possible >= 1),
       sum(sure < 2 AND possible >= 2), sum(sure < 3 AND possible >= 3), 0, 0, 0, sum(ecarte = 'ferme'),
       sum(ecarte = 'non-diffusible'), sum(ecarte = 'hors-champ')
FROM par_operateur GROUP BY sujet
"""


def _compter_union(atlas: Atlas, union: Territoire) -> dict[str, Comptes]:
    """Distinct operators: one that stands in two parts counts once."""
    condition, parametres = situer(union)
    return _comptes(atlas.lire(_UNION.format(condition=condition), parametres))


def situer(territoire: Territoire) -> tuple[str, list[object]]:
    """The condition on the table `offre_operateur` named o: in the territory, for sure."""
    if territoire.type == "commune":
        return "o.commune = ?", [territoire.code]
    if territoire.type == "qpv":
        return "o.qpv = ? AND o.qpv_statut = 'dedans'", [territoire.code]
    parties = territoire.code.split("+") if territoire.type == "union" else [str(territoire.cle)]
    departements = _codes(parties, "departement")
    regions = _codes(parties, "region")
    morceaux: list[str] = []
    parametres: list[object] = []
    if len(departements) + len(regions) < len(parties):
        morceaux.append("o.commune IN (SELECT value FROM json_each(?))")
        parametres.append(json.dumps(territoire.communes))
    if departements:
        morceaux.append(f"o.departement IN ({_marques(departements)})")
    if regions:
        morceaux.append(
            "o.departement IN (SELECT code FROM territoire "
            f"WHERE type = 'departement' AND region IN ({_marques(regions)}))"
        )
    return f"({' OR '.join(morceaux)})", [*parametres, *departements, *regions]


def _codes(parties: Iterable[str], type_: str) -> list[str]:
    return [code for t, _, code in (p.partition(":") for p in parties) if t == type_]


def groupes(atlas: Atlas, strate: str, profils: Mapping[Couche, str]) -> dict[tuple[Couche, str], Groupe]:
    """What the comparable territories hold, by layer and subject."""
    trouves: dict[tuple[Couche, str], Groupe] = {}
    for couche, profil in profils.items():
        for sujet, compares, habitants, operateurs, mediane, bas, haut in atlas.lire(
            "SELECT sujet, compares, habitants, operateurs, mediane, quartile_bas, quartile_haut "
            "FROM offre_groupe WHERE strate = ? AND profil = ? AND couche = ?",
            (strate, profil, couche),
        ):
            trouves[couche, str(sujet)] = Groupe(
                compares=int(compares), habitants=int(habitants), operateurs=int(operateurs),
                mediane=float(mediane), quartile_bas=float(bas), quartile_haut=float(haut),
            )  # fmt: skip
    return trouves


def _marques(valeurs: Collection[object]) -> str:
    return ", ".join("?" * len(valeurs))
