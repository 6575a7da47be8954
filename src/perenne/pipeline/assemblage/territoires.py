"""Territories and what each is made of."""

from __future__ import annotations

from perenne.pipeline.assemblage.contexte import Contexte


def assembler(contexte: Contexte) -> None:
    """Create `atl_composition` and `atl_territoire` (populations and points are set later)."""
    moteur = contexte.moteur
    contexte.reunir("nom_territoire")
    _epci(contexte)
    _attributs(contexte)
    _noms(contexte)
    moteur.executer(
        """
        CREATE TABLE atl_composition AS
        SELECT 'epci' AS type, epci AS code, code AS commune FROM epci_actuel
        UNION ALL SELECT 'departement', departement, code FROM commune WHERE type = 'commune'
        UNION ALL SELECT 'region', region, code FROM commune WHERE type = 'commune'
        """
    )
    moteur.executer(
        """
        CREATE TABLE atl_territoire AS
        SELECT c.type, c.code, c.nom, CAST(NULL AS BIGINT) AS population,
               a.superficie_km2,
               CAST(NULL AS DOUBLE) AS lon, CAST(NULL AS DOUBLE) AS lat,
               c.departement, c.region, e.epci, TRY_CAST(a.densite AS INTEGER) AS densite,
               CAST(c.departement IN ('971', '972', '973', '974', '976') AS INTEGER) AS drom,
               CAST(NULL AS VARCHAR) AS nature, a.ruralite, a.centralite, a.massif,
               CAST(0 AS INTEGER) AS superficie_approchee
        FROM commune c LEFT JOIN epci_actuel e ON e.code = coalesce(c.parent, c.code)
        LEFT JOIN attribut_actuel a ON a.code = c.code
        WHERE c.type IN ('commune', 'arrondissement-municipal')
        UNION ALL BY NAME
        SELECT type, code, nom FROM nom_retenu
        UNION ALL BY NAME
        SELECT 'epci' AS type, epci AS code, any_value(nom) AS nom, any_value(nature) AS nature, epci
        FROM epci_actuel GROUP BY epci
        """
    )
    moteur.executer(
        "CREATE TABLE aire_divisee (code VARCHAR, origine VARCHAR, communes INTEGER, aire DOUBLE)"
    )
    _quartiers(contexte)


def _noms(contexte: Contexte) -> None:
    """Name of each département and région: the one of its own file, else the one of the notice of the COG."""
    moteur = contexte.moteur
    moteur.executer(
        """
        CREATE TABLE nom_retenu AS
        SELECT type, code, coalesce(any_value(nom) FILTER (source <> 'insee_cog'), any_value(nom)) AS nom
        FROM nom_territoire GROUP BY type, code
        """
    )
    for type_, code in moteur.lignes("SELECT type, code FROM nom_retenu WHERE nom IS NULL ORDER BY ALL"):
        contexte.remarquer(
            "insee_cog",
            f"{type_} {code} : nom inconnu, faute du fichier v_{type_} du code officiel géographique.",
        )
    moteur.executer(
        "UPDATE nom_retenu SET nom = CASE type WHEN 'region' THEN 'Région ' ELSE 'Département ' END || code "
        "WHERE nom IS NULL"
    )


def _epci(contexte: Contexte) -> None:
    contexte.reunir("epci")
    contexte.moteur.executer(
        """
        CREATE TABLE epci_actuel AS
        SELECT k.code, any_value(e.epci) AS epci, any_value(e.nom) AS nom, any_value(e.nature) AS nature,
               list(e.siren_membre) AS siren_membres, count(DISTINCT e.epci) AS nombre
        FROM epci e JOIN correspondance k ON k.code_source = e.code AND k.geographie = e.geographie
        GROUP BY k.code
        """
    )
    for (code,) in contexte.moteur.lignes("SELECT code FROM epci_actuel WHERE nombre > 1 ORDER BY code"):
        contexte.remarquer("dgcl_epci", f"commune {code} issue de plusieurs EPCI : le premier est gardé.")
    for code, nom in contexte.moteur.lignes(
        "SELECT code, nom FROM commune ANTI JOIN epci_actuel USING (code) "
        "WHERE type = 'commune' ORDER BY code"
    ):
        contexte.remarquer("dgcl_epci", f"commune {code} ({nom}) sans EPCI à fiscalité propre.")


def _attributs(contexte: Contexte) -> None:
    """Attributes of each current commune: an area is the sum of its parts, a class must be that of all.

    Nothing is kept when a part is missing from the file, nor for the parts of a divided commune.
    """
    moteur = contexte.moteur
    if not contexte.reunir("attribut"):
        moteur.executer(
            "CREATE VIEW attribut AS SELECT NULL::VARCHAR AS code, NULL::VARCHAR AS attribut, "
            "NULL::VARCHAR AS valeur, NULL::DATE AS geographie WHERE false"
        )
    moteur.executer(
        """
        CREATE TABLE attribut_complet AS
        WITH parts AS (
            SELECT geographie, code, count(*) AS attendues, bool_or(scission) AS scission
            FROM correspondance GROUP BY geographie, code
        )
        SELECT k.code, a.attribut, sum(TRY_CAST(a.valeur AS DOUBLE) ORDER BY a.code) AS total,
               any_value(a.valeur) FILTER (a.valeur IS NOT NULL) AS valeur,
               count(DISTINCT a.valeur) AS valeurs
        FROM attribut a
        JOIN correspondance k ON k.code_source = a.code AND k.geographie = a.geographie
        JOIN parts p ON p.geographie = k.geographie AND p.code = k.code AND NOT p.scission
        GROUP BY k.code, a.attribut, a.geographie, p.attendues HAVING count(a.valeur) = p.attendues
        """
    )
    classes = ", ".join(
        f"max(valeur) FILTER (attribut = '{c}' AND valeurs = 1) AS {c}"
        for c in ("densite", "ruralite", "centralite", "massif")
    )
    moteur.executer(
        "CREATE TABLE attribut_actuel AS SELECT code, "
        f"max(total) FILTER (attribut = 'superficie_km2') AS superficie_km2, {classes} "
        "FROM attribut_complet GROUP BY code"
    )


def _quartiers(contexte: Contexte) -> None:
    if not contexte.reunir("quartier"):
        return
    moteur = contexte.moteur
    moteur.executer(
        """
        INSERT INTO atl_composition
        SELECT DISTINCT 'qpv', q.code, k.code FROM quartier q
        JOIN correspondance k ON k.code_source = q.commune AND k.geographie = q.geographie
        """
    )
    moteur.executer(
        """
        INSERT INTO atl_territoire BY NAME
        SELECT 'qpv' AS type, q.code, any_value(q.nom) AS nom, min(t.departement) AS departement,
               min(t.region) AS region, min(t.epci) AS epci, max(t.drom) AS drom
        FROM quartier q JOIN atl_composition c ON c.type = 'qpv' AND c.code = q.code
        JOIN atl_territoire t ON t.type = 'commune' AND t.code = c.commune GROUP BY q.code
        """
    )


def completer(contexte: Contexte) -> None:
    """Larger territories: area summed, most frequent département and région of their communes.

    Numbers are added up in the order of the codes: the last digit of a sum depends on it.
    Communes separated since the outlines were drawn count together, by the outline they shared
    (`aire_divisee`), where the territory holds them all.
    """
    contexte.moteur.executer(
        """
        UPDATE atl_territoire SET
            superficie_km2 = s.superficie, superficie_approchee = s.approchee, drom = s.drom,
            departement = coalesce(atl_territoire.departement, s.departement),
            region = coalesce(atl_territoire.region, s.region)
        FROM (
            WITH partagee AS (
                SELECT c.type, c.code, a.origine, count(*) AS communes, max(a.aire) AS aire
                FROM atl_composition c JOIN aire_divisee a ON a.code = c.commune
                JOIN atl_territoire t ON t.type = 'commune' AND t.code = c.commune
                WHERE c.type <> 'qpv' AND t.superficie_km2 IS NULL
                GROUP BY c.type, c.code, a.origine HAVING count(*) = max(a.communes)
            ), mesuree AS (
                SELECT type, code, sum(communes) AS communes, sum(aire ORDER BY origine) AS aire
                FROM partagee GROUP BY type, code
            )
            SELECT c.type, c.code, max(t.drom) AS drom,
                   CASE WHEN count(*) = count(t.superficie_km2) + coalesce(max(m.communes), 0)
                             AND c.type <> 'qpv'
                        -- to a square metre: the last digits of the sum depend on the order of the rows
                        THEN round(coalesce(sum(t.superficie_km2), 0) + coalesce(max(m.aire), 0), 6)
                   END AS superficie,
                   greatest(max(t.superficie_approchee), CAST(max(m.aire) IS NOT NULL AS INTEGER))
                       AS approchee,
                   mode(t.departement ORDER BY t.code) AS departement,
                   mode(t.region ORDER BY t.code) AS region
            FROM atl_composition c JOIN atl_territoire t ON t.type = 'commune' AND t.code = c.commune
            LEFT JOIN mesuree m ON m.type = c.type AND m.code = c.code
            GROUP BY c.type, c.code
        ) s WHERE s.type = atl_territoire.type AND s.code = atl_territoire.code
        """
    )
    contexte.moteur.executer("UPDATE atl_territoire SET departement = NULL WHERE type = 'region'")
