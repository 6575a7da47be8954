"""Why each verdict: one row a reason, with its source and its date; and the lists that name a structure."""

from __future__ import annotations

from perenne.pipeline.assemblage.contexte import Contexte

_SENS = "CASE WHEN {oui} THEN 'pour' WHEN {non} THEN 'contre' ELSE 'neutre' END"


def assembler(contexte: Contexte) -> None:
    """Create `atl_entreprise_raison` and `atl_entreprise_registre`."""
    moteur = contexte.moteur
    moteur.executer(f"CREATE TABLE millesime_source AS {_millesimes(contexte)}")
    moteur.executer(
        f"""
        CREATE VIEW raison_brute AS
        SELECT e.id, 'forme' AS raison, e.forme AS valeur,
               {_SENS.format(oui="e.forme_ess = 'de_droit'", non="e.forme_ess = 'non'")} AS sens,
               u.source, left(u.maj, 10) AS date
        FROM entreprise_decidee e JOIN unite u USING (siren) WHERE e.forme IS NOT NULL
        UNION ALL BY NAME
        SELECT e.id, 'mention' AS raison, e.mention AS valeur,
               {_SENS.format(oui="e.mention = 'O'", non="e.mention = 'N'")} AS sens,
               u.source, left(u.maj, 10) AS date
        FROM entreprise_decidee e JOIN unite u USING (siren) WHERE e.mention IN ('O', 'N')
        UNION ALL BY NAME
        SELECT e.id, r.registre AS raison, r.categorie AS valeur,
               CASE WHEN r.fin < '{contexte.jour}' OR r.date > '{contexte.jour}' THEN 'neutre' ELSE 'pour' END
                   AS sens,
               r.source, r.date, r.fin
        FROM entreprise_decidee e JOIN registre_situe r USING (siren)
        WHERE r.registre IN ('ess-france', 'esus', 'siae')
        UNION ALL BY NAME
        SELECT e.id, 'rna' AS raison, e.rna AS valeur, 'pour' AS sens, a.source, left(a.maj, 10) AS date
        FROM entreprise_decidee e JOIN asso a ON a.rna = e.rna WHERE e.rna_lie
        """
    )
    moteur.executer(
        """
        CREATE TABLE atl_entreprise_raison AS
        SELECT id, raison, coalesce(valeur, '') AS valeur, sens, source,
               coalesce(r.date, s.millesime) AS date, fin
        FROM raison_brute r LEFT JOIN millesime_source s USING (source) GROUP BY ALL
        """
    )
    moteur.executer(
        """
        CREATE TABLE atl_entreprise_registre AS
        SELECT e.id, r.registre, r.categorie, r.reference, r.siret, r.siren,
               CASE WHEN coalesce(e.diffusible, 1) = 1 THEN r.nom END AS nom,
               CASE WHEN coalesce(e.diffusible, 1) = 1 THEN r.nom_usage END AS nom_usage,
               r.commune, r.departement,
               CASE WHEN coalesce(e.diffusible, 1) = 1 THEN r.lon END AS lon,
               CASE WHEN coalesce(e.diffusible, 1) = 1 THEN r.lat END AS lat, r.date, r.fin, r.source
        FROM registre_situe r LEFT JOIN entreprise_decidee e USING (siren)
        """
    )


def _millesimes(contexte: Contexte) -> str:
    valeurs = ", ".join(
        f"('{i}', '{n.millesime.replace(chr(39), chr(39) * 2)}')" for i, n in sorted(contexte.notices.items())
    )
    return f"SELECT * FROM (VALUES {valeurs}) AS v(source, millesime)"
