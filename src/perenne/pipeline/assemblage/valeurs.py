"""Values of the indicators for current communes, whatever the geography of the file they come from."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pyarrow as pa

from perenne.domain.territoire.agregation import agreger
from perenne.pipeline.assemblage.contexte import Contexte

_COLONNES = (
    "indicateur VARCHAR, type VARCHAR, code VARCHAR, millesime VARCHAR, valeur DOUBLE, statut VARCHAR, "
    "numerateur DOUBLE, denominateur DOUBLE, couverture DOUBLE, approche INTEGER, source VARCHAR"
)


def assembler(contexte: Contexte) -> None:
    """Create `atl_valeur` for communes and municipal districts, and set the population of the territories."""
    moteur = contexte.moteur
    moteur.executer(f"CREATE TABLE atl_valeur ({_COLONNES})")
    if contexte.reunir("mesure"):
        _communes_inchangees(contexte)
        _communes_recomposees(contexte)
        _villes_a_arrondissements(contexte)
    _population(contexte)
    _densite_dominante(contexte)
    _densite(contexte)
    if contexte.reunir("denombrement"):
        _denombrements(contexte)
    _absents(contexte)


def _communes_inchangees(contexte: Contexte) -> None:
    """A commune that one code of the file describes wholly takes its value as it is."""
    contexte.moteur.executer(
        """
        CREATE TABLE mesure_suivie AS
        WITH parts AS (
            SELECT geographie, code, count(*) AS attendues, bool_or(scission) AS scission
            FROM correspondance GROUP BY geographie, code
        )
        SELECT m.*, k.code AS actuel, c.type, p.attendues, p.scission
        FROM mesure m JOIN correspondance k ON k.code_source = m.code AND k.geographie = m.geographie
        JOIN parts p ON p.geographie = m.geographie AND p.code = k.code
        JOIN commune c ON c.code = k.code AND c.type IN ('commune', 'arrondissement-municipal')
        """
    )
    contexte.moteur.executer(
        """
        INSERT INTO atl_valeur
        SELECT indicateur, type, actuel, millesime, CASE WHEN scission THEN NULL ELSE valeur END,
               CASE WHEN scission THEN 'absent' ELSE statut END,
               CASE WHEN scission THEN NULL ELSE numerateur END,
               CASE WHEN scission THEN NULL ELSE denominateur END, NULL, 0, source
        FROM mesure_suivie WHERE attendues = 1
        """
    )


def _communes_recomposees(contexte: Contexte) -> None:
    """A commune made of several codes of the file: the rule of the indicator, or nothing if one lacks."""
    groupes = contexte.moteur.lignes(
        """
        SELECT indicateur, any_value(type), actuel, millesime, source, any_value(attendues),
               bool_or(scission), list(statut ORDER BY code), list(valeur ORDER BY code),
               list(numerateur ORDER BY code), list(denominateur ORDER BY code)
        FROM mesure_suivie WHERE attendues > 1 GROUP BY indicateur, actuel, millesime, source ORDER BY ALL
        """
    )
    lignes = []
    for ind, type_, code, millesime, source, attendues, scission, statuts, vals, nums, dens in groupes:
        complet = len(statuts) == attendues and all(s == "observe" for s in statuts)
        agregat = None
        if complet and not scission and ind in contexte.indicateurs:
            poids = np.nan_to_num(_vecteur(dens), nan=1.0)
            agregat = agreger(
                contexte.indicateurs[ind], _vecteur(vals), _vecteur(nums), _vecteur(dens), poids
            )
        statut = "observe" if agregat and agregat.valeur is not None else "absent"
        if not scission and statut == "absent" and "secret" in statuts:
            statut = "secret"
        lignes.append(
            (
                ind, type_, code, millesime,
                agregat.valeur if agregat else None, statut,
                agregat.numerateur if agregat else None,
                agregat.denominateur if agregat else None,
                None, int(bool(agregat and agregat.approche)), source,
            )
        )  # fmt: skip
    inserer(contexte, lignes)


def _vecteur(valeurs: Sequence[float | None]) -> Any:
    return np.array([np.nan if v is None else v for v in valeurs], dtype=np.float64)


def inserer(contexte: Contexte, lignes: Sequence[tuple[Any, ...]]) -> None:
    """Append rows to `atl_valeur`."""
    if not lignes:
        return
    types = [pa.string()] * 4 + [pa.float64(), pa.string()] + [pa.float64()] * 3 + [pa.int32(), pa.string()]
    noms = [c.split()[0] for c in _COLONNES.split(", ")]
    colonnes = list(zip(*lignes, strict=True))
    contexte.moteur.deposer(
        "_valeurs",
        pa.table({n: pa.array(c, t) for n, c, t in zip(noms, colonnes, types, strict=True)}),
    )
    contexte.moteur.executer("INSERT INTO atl_valeur SELECT * FROM _valeurs")


def _villes_a_arrondissements(contexte: Contexte) -> None:
    """Paris, Lyon and Marseille when the file only gives their districts: sums, for what adds up."""
    sommes = [i.id for i in contexte.indicateurs.values() if i.agregation == "somme"]
    if not sommes:
        return
    noms = ", ".join(f"'{s}'" for s in sommes)
    contexte.moteur.executer(
        f"""
        INSERT INTO atl_valeur
        SELECT v.indicateur, 'commune', c.parent, v.millesime, sum(v.valeur ORDER BY v.code), 'observe',
               NULL, NULL, NULL, 0, v.source
        FROM atl_valeur v JOIN commune c ON c.type = v.type AND c.code = v.code
        WHERE v.type = 'arrondissement-municipal' AND v.indicateur IN ({noms})
        AND NOT EXISTS (SELECT 1 FROM atl_valeur w WHERE w.type = 'commune' AND w.code = c.parent
                        AND w.indicateur = v.indicateur AND w.millesime = v.millesime)
        GROUP BY v.indicateur, c.parent, v.millesime, v.source
        HAVING count(v.valeur) = (SELECT count(*) FROM commune a
                                  WHERE a.type = 'arrondissement-municipal' AND a.parent = c.parent)
        """
    )


def _population(contexte: Contexte) -> None:
    """Latest observed population of each commune, summed for the larger territories."""
    contexte.moteur.executer(
        """
        UPDATE atl_territoire SET population = s.population FROM (
            SELECT type, code, CAST(arg_max(valeur, millesime) AS BIGINT) AS population FROM atl_valeur
            WHERE indicateur = 'population' AND statut = 'observe' GROUP BY type, code
        ) s WHERE s.type = atl_territoire.type AND s.code = atl_territoire.code
        """
    )
    contexte.moteur.executer(
        """
        UPDATE atl_territoire SET population = s.population FROM (
            SELECT c.type, c.code, CAST(sum(t.population) AS BIGINT) AS population
            FROM atl_composition c JOIN atl_territoire t ON t.type = 'commune' AND t.code = c.commune
            WHERE c.type <> 'qpv' GROUP BY c.type, c.code
        ) s WHERE s.type = atl_territoire.type AND s.code = atl_territoire.code
        """
    )


def _densite_dominante(contexte: Contexte) -> None:
    """Larger territories take the class of the grid where most inhabitants live, the sparser one on a tie."""
    contexte.moteur.executer(
        """
        UPDATE atl_territoire SET densite = s.densite FROM (
            SELECT type, code, arg_max(densite, (habitants, densite)) AS densite FROM (
                SELECT c.type, c.code, t.densite, sum(t.population) AS habitants
                FROM atl_composition c JOIN atl_territoire t ON t.type = 'commune' AND t.code = c.commune
                WHERE t.densite IS NOT NULL GROUP BY ALL
            ) GROUP BY type, code
        ) s WHERE s.type = atl_territoire.type AND s.code = atl_territoire.code
        """
    )


def _densite(contexte: Contexte) -> None:
    contexte.moteur.executer(
        """
        INSERT INTO atl_valeur
        SELECT 'densite-population', t.type, t.code, max(v.millesime),
               t.population / nullif(t.superficie_km2, 0),
               CASE WHEN t.superficie_km2 > 0 THEN 'observe' ELSE 'absent' END,
               CASE WHEN t.superficie_km2 > 0 THEN t.population END, nullif(t.superficie_km2, 0), NULL,
               t.superficie_approchee, arg_max(v.source, v.millesime)
        FROM atl_territoire t JOIN atl_valeur v ON v.type = t.type AND v.code = t.code
        WHERE v.indicateur = 'population' AND v.statut = 'observe' AND t.population IS NOT NULL
        AND t.type IN ('commune', 'arrondissement-municipal')
        GROUP BY t.type, t.code, t.population, t.superficie_km2, t.superficie_approchee
        """
    )


def _denombrements(contexte: Contexte) -> None:
    """A count over an exhaustive list: a commune without any has zero; the population is the denominator."""
    contexte.moteur.executer(
        """
        INSERT INTO atl_valeur
        WITH comptes AS (
            SELECT d.indicateur, d.millesime, d.source, coalesce(c.parent, c.code) AS code,
                   sum(d.valeur ORDER BY d.code) AS n
            FROM denombrement d
            JOIN correspondance k ON k.code_source = d.code AND k.geographie = d.geographie
            JOIN commune c ON c.code = k.code AND c.type IN ('commune', 'arrondissement-municipal')
            GROUP BY ALL
        ), listes AS (SELECT DISTINCT indicateur, millesime, source FROM denombrement)
        SELECT l.indicateur, 'commune', t.code, l.millesime, NULL, 'sans-objet', coalesce(c.n, 0),
               t.population, NULL, 0, l.source
        FROM listes l CROSS JOIN atl_territoire t
        LEFT JOIN comptes c ON c.code = t.code AND c.indicateur = l.indicateur
        WHERE t.type = 'commune'
        """
    )


def _absents(contexte: Contexte) -> None:
    """One row says « absent » for each commune and indicator without any; a known vintage hides it."""
    contexte.moteur.executer(
        """
        DELETE FROM atl_valeur WHERE statut = 'absent' AND (indicateur, type, code) IN (
            SELECT (indicateur, type, code) FROM atl_valeur WHERE statut IN ('observe', 'secret'))
        """
    )
    contexte.moteur.executer(
        """
        INSERT INTO atl_valeur
        SELECT i.indicateur, t.type, t.code, i.millesime, NULL, 'absent', NULL, NULL, NULL, 0, i.source
        FROM (SELECT indicateur, max(millesime) AS millesime, arg_max(source, millesime) AS source
              FROM atl_valeur GROUP BY indicateur) i
        CROSS JOIN (SELECT type, code FROM atl_territoire
                    WHERE type IN ('commune', 'arrondissement-municipal')) t
        ANTI JOIN atl_valeur v ON v.indicateur = i.indicateur AND v.type = t.type AND v.code = t.code
        """
    )
