"""One row an enterprise: what the registers say of it put together, and its verdict."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pyarrow as pa

from perenne.domain.ess.lot import VALEURS, coder, numeroter, table_de_decision
from perenne.pipeline.assemblage.contexte import Contexte

_REUNION = """
    WITH siren_final AS (SELECT siren FROM unite UNION SELECT siren FROM registre_ess),
    lies AS (SELECT siren, rna FROM lien WHERE statut = 'retenu')
    SELECT s.siren AS id, s.siren, l.rna,
        CASE WHEN montrable THEN coalesce(u.nom, a.nom, r.nom) END AS nom,
        CASE WHEN montrable THEN coalesce(u.sigle, a.sigle, r.nom_usage) END AS sigle,
        u.forme, u.mention, u.mission, u.naf,
        coalesce(u.creee_le, a.creee_le) AS creee_le,
        coalesce(u.etat, '') AS etat_sirene, coalesce(a.etat, '') AS etat_rna,
        CASE u.etat WHEN 'C' THEN coalesce(u.fermee_le, e.fermee_le) WHEN 'A' THEN NULL ELSE a.fermee_le END
            AS fermee_le,
        u.effectif, u.annee_effectif, u.employeur, a.objet, a.objet_social1, a.objet_social2,
        coalesce(e.commune, r.commune, a.commune) AS commune,
        coalesce(e.departement, r.departement, a.departement) AS departement,
        CASE WHEN montrable THEN coalesce(e.lon, r.lon) END AS lon,
        CASE WHEN montrable THEN coalesce(e.lat, r.lat) END AS lat,
        CASE WHEN NOT montrable THEN 'inconnu' WHEN e.lon IS NOT NULL THEN e.precision
             WHEN r.lon IS NOT NULL THEN 'registre' ELSE 'inconnu' END AS precision,
        coalesce(e.qpv_statut, 'inconnu') AS qpv_statut, e.qpv,
        e.actifs AS etablissements_actifs, CAST(montrable AS INTEGER) AS diffusible,
        coalesce(r.ess_france, false) AS ess_france, coalesce(r.esus, false) AS esus,
        coalesce(r.siae, false) AS siae, l.rna IS NOT NULL AS rna_lie
    FROM siren_final s LEFT JOIN unite u USING (siren) LEFT JOIN lies l USING (siren)
    LEFT JOIN asso a ON a.rna = l.rna LEFT JOIN registre_ess r USING (siren) LEFT JOIN siege e USING (siren),
    LATERAL (SELECT coalesce(u.diffusible, true) AS montrable)
    UNION ALL BY NAME
    SELECT a.rna AS id, a.rna, a.nom, a.sigle, a.creee_le, '' AS etat_sirene, a.etat AS etat_rna, a.fermee_le,
        a.objet, a.objet_social1, a.objet_social2, a.commune, a.departement, 'inconnu' AS precision,
        'inconnu' AS qpv_statut, 1 AS diffusible, false AS ess_france, false AS esus, false AS siae,
        true AS rna_lie
    FROM asso a ANTI JOIN lies ON lies.rna = a.rna
"""


def assembler(contexte: Contexte) -> None:
    """Create `atl_entreprise`, and `entreprise_decidee` with what the verdict was decided on."""
    moteur = contexte.moteur
    _registre_par_siren(contexte)
    moteur.executer(
        """
        CREATE TABLE siege AS
        SELECT siren, count(*) FILTER (etat = 'A') AS actifs,
               max(debut) FILTER (siege AND etat = 'F') AS fermee_le,
               arg_min(commune, ordre) AS commune, arg_min(departement, ordre) AS departement,
               any_value(lon) FILTER (rang = 1) AS lon, any_value(lat) FILTER (rang = 1) AS lat,
               any_value(precision) FILTER (rang = 1) AS precision,
               any_value(qpv_statut) FILTER (rang = 1) AS qpv_statut, any_value(qpv) FILTER (rang = 1) AS qpv
        FROM (SELECT *, row_number() OVER (PARTITION BY siren ORDER BY ordre) AS rang
              FROM (SELECT *, CASE WHEN siege THEN '0' WHEN etat = 'A' THEN '1' ELSE '2' END || siret AS ordre
                    FROM etab_situe)) GROUP BY siren
        """
    )
    moteur.executer(
        f"""
        CREATE TABLE commune_sans_quartier AS
        SELECT code AS commune FROM commune WHERE type = 'commune' AND {bool(contexte.tables.get("quartier"))}
        AND code NOT IN (SELECT commune FROM atl_composition WHERE type = 'qpv')
        """
    )
    _dans_un_fichier(contexte, "entreprise_brute", _REUNION)
    lecture = """
        SELECT b.*, coalesce(f.forme_ess, '') AS forme_ess, coalesce(f.forme_sure, true) AS forme_sure,
               coalesce(f.association, false) AS association
        FROM entreprise_brute b LEFT JOIN forme_au_jour f USING (forme)
    """
    lots = moteur.lots_sql(lecture)
    schema = pa.schema(
        [*moteur.schema_sql(lecture), ("verdict", pa.string()), ("contradictions", pa.string())]
    )
    moteur.ranger("entreprise_decidee", contexte.dossier, (decider_lot(lot, schema) for lot in lots), schema)
    moteur.executer(
        """
        CREATE VIEW atl_entreprise AS
        SELECT * EXCLUDE (rna_lie, qpv_statut),
               CASE WHEN qpv_statut = 'inconnu' AND commune IN (SELECT commune FROM commune_sans_quartier)
                    THEN 'dehors' ELSE qpv_statut END AS qpv_statut,
               CASE WHEN etat_sirene = 'C' THEN 'fermee' WHEN etat_sirene = 'A' THEN 'active'
                    WHEN etat_rna = 'C' THEN 'dissoute' WHEN etat_rna = 'A' THEN 'active' ELSE 'inconnu' END
                    AS etat
        FROM entreprise_decidee
        """
    )


def _dans_un_fichier(contexte: Contexte, nom: str, requete: str) -> None:
    chemin = contexte.dossier / f"{nom}.parquet"
    contexte.moteur.executer(f"COPY ({requete}) TO '{chemin}' (FORMAT parquet, COMPRESSION zstd)")
    contexte.moteur.executer(f"CREATE VIEW {nom} AS SELECT * FROM read_parquet('{chemin}')")


def _registre_par_siren(contexte: Contexte) -> None:
    """What the lists that count for the verdict say of each unit; an agreement that is over says nothing."""
    contexte.moteur.executer(
        f"""
        CREATE TABLE registre_ess AS
        SELECT siren, bool_or(registre = 'ess-france') AS ess_france, bool_or(registre = 'siae') AS siae,
               bool_or(registre = 'esus') AS esus, min(nom) AS nom, min(nom_usage) AS nom_usage,
               arg_min(commune, coalesce(siret, '')) AS commune,
               arg_min(departement, coalesce(siret, '')) AS departement,
               arg_min(lon, coalesce(siret, '')) AS lon, arg_min(lat, coalesce(siret, '')) AS lat
        FROM registre_situe
        WHERE siren IS NOT NULL AND registre IN ('ess-france', 'esus', 'siae')
          AND (fin IS NULL OR fin >= '{contexte.jour}') AND (date IS NULL OR date <= '{contexte.jour}')
        GROUP BY siren
        """
    )


def decider_lot(lot: pa.RecordBatch, schema: pa.Schema) -> pa.RecordBatch:
    """The rows with their verdict and their contradictions, by the kernel of the domain."""
    numeros = numeroter(_colonnes(lot))
    table = table_de_decision()
    verdicts = np.array([d.verdict for d in table], dtype=object)[numeros]
    contradictions = np.array([" ".join(d.contradictions) or None for d in table], dtype=object)[numeros]
    ajouts = [pa.array(verdicts, pa.string()), pa.array(contradictions, pa.string())]
    return pa.RecordBatch.from_arrays([*lot.columns, *ajouts], schema=schema)


def _colonnes(lot: pa.RecordBatch) -> Mapping[str, Any]:
    noms = {"forme": "forme_ess", "rna": "rna_lie"}

    def colonne(champ: str) -> Any:
        valeurs = lot.column(noms.get(champ, champ)).to_numpy(zero_copy_only=False)
        return coder(champ, valeurs) if isinstance(VALEURS[champ][0], str) else valeurs.astype(bool)

    return {champ: colonne(champ) for champ in VALEURS}
