"""Which territories belong to which zoning or programme, old commune codes carried to the current ones."""

from __future__ import annotations

from typing import Any

import shapely

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.noyaux.geometrie import epurer

_VERS_COMMUNE = """
    SELECT z.*, k.code AS actuel, c.type AS type_actuel, c.parent FROM zonage z
    JOIN correspondance k ON k.code_source = z.code AND k.geographie = z.geographie
    JOIN commune c ON c.code = k.code AND c.type IN ('commune', 'arrondissement-municipal')
"""


def assembler(contexte: Contexte) -> None:
    """Create `atl_appartenance`.

    A commune made of several old ones is `partiel` when they are not all in the same class of the zoning;
    a programme (no class) is carried whole. `code_source` keeps the codes of the file.
    """
    moteur = contexte.moteur
    moteur.executer(
        "CREATE TABLE atl_appartenance (type VARCHAR, code VARCHAR, zonage VARCHAR, du VARCHAR, au VARCHAR, "
        "classement VARCHAR, libelle VARCHAR, source VARCHAR, code_source VARCHAR)"
    )
    if contexte.reunir("zonage"):
        _communes(contexte)
        _intercommunalites(contexte)
    if contexte.tables.get("quartier"):
        _quartiers(contexte)


def _communes(contexte: Contexte) -> None:
    contexte.moteur.executer(
        f"""
        INSERT INTO atl_appartenance BY NAME
        WITH parts AS (
            SELECT geographie, code, count(*) AS attendues FROM correspondance GROUP BY geographie, code
        )
        SELECT 'commune' AS type, v.actuel AS code, v.zonage, min(v.du) AS du, CAST(NULL AS VARCHAR) AS au,
               CASE WHEN count(v.classement) = 0 THEN NULL
                    WHEN count(DISTINCT v.code) < any_value(p.attendues) OR count(DISTINCT v.classement) > 1
                    THEN 'partiel' ELSE any_value(v.classement) END AS classement,
               string_agg(DISTINCT v.libelle, ' ; ' ORDER BY v.libelle) AS libelle, v.source,
               string_agg(DISTINCT v.code, ' ' ORDER BY v.code) AS code_source
        FROM ({_VERS_COMMUNE}) v JOIN parts p ON p.geographie = v.geographie AND p.code = v.actuel
        WHERE v.type_actuel = 'commune' GROUP BY v.actuel, v.zonage, v.source
        """
    )
    contexte.moteur.executer(
        f"""
        INSERT INTO atl_appartenance BY NAME
        SELECT type, code, zonage, min(du) AS du, classement,
               string_agg(DISTINCT libelle, ' ; ' ORDER BY libelle) AS libelle, source, code_source
        FROM (
            SELECT v.type_actuel AS type, v.actuel AS code, v.zonage, v.du, v.classement, v.libelle, v.source,
                   v.code AS code_source
            FROM ({_VERS_COMMUNE}) v WHERE v.type_actuel = 'arrondissement-municipal'
            UNION ALL
            SELECT 'commune', v.parent, v.zonage, v.du, v.classement, v.libelle, v.source, v.parent
            FROM ({_VERS_COMMUNE}) v WHERE v.type_actuel = 'arrondissement-municipal'
        ) GROUP BY type, code, zonage, classement, source, code_source
        """
    )


def _intercommunalites(contexte: Contexte) -> None:
    """Members given by a SIREN: an EPCI with all its communes, or a commune by its own SIREN."""
    moteur = contexte.moteur
    moteur.executer(
        """
        INSERT INTO atl_appartenance BY NAME
        WITH liste AS (
            SELECT zonage, code AS siren, source, min(du) AS du,
                   string_agg(DISTINCT libelle, ' ; ' ORDER BY libelle) AS libelle
            FROM zonage WHERE length(code) = 9 GROUP BY zonage, code, source
        ), cible AS (
            SELECT DISTINCT 'epci' AS type, epci AS siren, epci AS code FROM epci_actuel
            UNION ALL SELECT 'commune', epci, code FROM epci_actuel
            UNION ALL SELECT 'commune', unnest(siren_membres), code FROM epci_actuel
        )
        SELECT c.type, c.code, l.zonage, min(l.du) AS du,
               string_agg(DISTINCT l.libelle, ' ; ' ORDER BY l.libelle) AS libelle, l.source,
               string_agg(DISTINCT l.siren, ' ' ORDER BY l.siren) AS code_source
        FROM liste l JOIN cible c USING (siren) GROUP BY c.type, c.code, l.zonage, l.source
        """
    )
    emprises = _emprises(contexte)
    for source, siren, libelle in moteur.lignes(
        """
        SELECT DISTINCT source, code, libelle FROM zonage WHERE length(code) = 9
        AND code NOT IN (SELECT epci FROM epci_actuel)
        AND code NOT IN (SELECT unnest(siren_membres) FROM epci_actuel) ORDER BY ALL
        """
    ):
        communes = _par_emprise(contexte, source, siren, emprises.get((source, siren)))
        contexte.remarquer(
            source,
            f"SIREN {siren} (« {libelle} ») : ni EPCI à fiscalité propre ni commune de la liste de la DGCL, "
            + (
                f"ses {communes} communes sont rattachées par la carte du programme (« approche »)."
                if communes
                else "ses communes ne sont pas rattachées."
            ),
        )


def _emprises(contexte: Contexte) -> dict[tuple[str, str], Any]:
    """Outline of the territory of the programme that each SIREN is part of, by source and SIREN."""
    if not contexte.reunir("emprise"):
        return {}
    lignes = contexte.moteur.lignes(
        "SELECT source, code, geometrie FROM emprise WHERE length(code) = 9 ORDER BY ALL"
    )
    formes = epurer(shapely.from_wkb([g for *_, g in lignes]))
    return {(source, code): forme for (source, code, _), forme in zip(lignes, formes, strict=True)}


def _par_emprise(contexte: Contexte, source: str, siren: str, emprise: Any) -> int:
    """Attach the communes whose point is in the outline and that no known member brought; how many."""
    if emprise is None:
        return 0
    moteur = contexte.moteur
    libres = moteur.lignes(
        """
        SELECT t.code, t.lon, t.lat FROM atl_territoire t
        WHERE t.type = 'commune' AND t.lon IS NOT NULL AND t.code NOT IN (
            SELECT a.code FROM atl_appartenance a JOIN zonage z ON z.zonage = a.zonage AND z.source = a.source
            WHERE a.type = 'commune' AND z.source = ? AND z.code = ?
        ) ORDER BY t.code
        """,
        [source, siren],
    )
    dedans = shapely.contains_xy(emprise, [lon for _, lon, _ in libres], [lat for *_, lat in libres])
    retenues = [code for (code, *_), oui in zip(libres, dedans, strict=True) if oui]
    for code in retenues:
        moteur.executer(
            """
            INSERT INTO atl_appartenance BY NAME
            SELECT 'commune' AS type, ? AS code, z.zonage, min(z.du) AS du, 'approche' AS classement,
                   string_agg(DISTINCT z.libelle, ' ; ' ORDER BY z.libelle) AS libelle, z.source,
                   z.code AS code_source
            FROM zonage z WHERE z.source = ? AND z.code = ? GROUP BY z.zonage, z.source, z.code
            """,
            [code, source, siren],
        )
    return len(retenues)


def _quartiers(contexte: Contexte) -> None:
    contexte.moteur.executer(
        """
        INSERT INTO atl_appartenance BY NAME
        SELECT 'commune' AS type, k.code, 'qpv-2024' AS zonage, 'contient' AS classement,
               string_agg(DISTINCT q.code || ' ' || q.nom, ' ; ' ORDER BY q.code || ' ' || q.nom) AS libelle,
               q.source, string_agg(DISTINCT q.commune, ' ' ORDER BY q.commune) AS code_source
        FROM quartier q JOIN correspondance k ON k.code_source = q.commune AND k.geographie = q.geographie
        GROUP BY k.code, q.source
        UNION ALL BY NAME
        SELECT DISTINCT 'qpv' AS type, code, 'qpv-2024' AS zonage, 'quartier' AS classement, nom AS libelle,
               source, code AS code_source FROM quartier
        """
    )
