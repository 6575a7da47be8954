"""The lists of structures: gathered, and each row brought to its current commune."""

from __future__ import annotations

from collections import defaultdict

import pyarrow as pa

from perenne.domain.texte import normaliser
from perenne.pipeline.assemblage.contexte import Contexte

VIDE = """
    SELECT NULL::VARCHAR AS registre, NULL::VARCHAR AS producteur_registre, NULL::VARCHAR AS reference,
    NULL::VARCHAR AS siren, NULL::VARCHAR AS siret, NULL::VARCHAR AS categorie, NULL::VARCHAR AS nom,
    NULL::VARCHAR AS nom_usage, NULL::VARCHAR AS code_commune, NULL::VARCHAR AS commune_nom,
    NULL::VARCHAR AS departement, NULL::VARCHAR AS date, NULL::VARCHAR AS fin, NULL::DOUBLE AS lon,
    NULL::DOUBLE AS lat, NULL::VARCHAR AS texte, NULL::VARCHAR AS source, NULL::DATE AS geographie
    WHERE false
"""


def situer(contexte: Contexte) -> None:
    """Create `registre_situe`: the rows of every list, with `commune` and `departement_actuel` when known.

    A list without codes gives a name and a département: the commune of that name there, if there is only one.
    """
    moteur = contexte.moteur
    if not contexte.reunir("registre"):
        moteur.executer(f"CREATE VIEW registre AS {VIDE}")
    moteur.executer("CREATE TABLE registre_lu AS SELECT DISTINCT * FROM registre")
    _noms(contexte)
    moteur.executer(
        """
        CREATE TABLE registre_situe AS
        SELECT r.* EXCLUDE (departement, geographie), coalesce(k.commune, n.commune) AS commune,
               coalesce(k.departement, n.departement, r.departement) AS departement
        FROM registre_lu r
        LEFT JOIN commune_de k USING (code_commune)
        LEFT JOIN commune_nommee n
            ON n.commune_nom = r.commune_nom AND n.departement_lu = r.departement AND k.commune IS NULL
        """
    )
    if contexte.departements:
        moteur.executer(
            "DELETE FROM registre_situe WHERE departement IS NOT NULL AND departement NOT IN "
            f"({_liste(contexte)})"
        )


def _liste(contexte: Contexte) -> str:
    return ", ".join(f"'{d}'" for d in sorted(contexte.departements))


def _noms(contexte: Contexte) -> None:
    """Create `commune_nommee(commune_nom, departement_lu, commune, departement)`."""
    moteur = contexte.moteur
    noms: dict[tuple[str, str], set[tuple[str, str]]] = defaultdict(set)
    for nom, commune, departement in moteur.lignes(
        """
        SELECT c.nom, k.commune, k.departement FROM commune c JOIN commune_de k ON k.code_commune = c.code
        UNION ALL SELECT m.nom_ancien, k.commune, k.departement
        FROM atl_commune_mouvement m JOIN commune_de k ON k.code_commune = m.code_actuel
        """
    ):
        noms[(departement, _nom(nom or ""))].add((commune, departement))
        if departement in ("2A", "2B"):  # a postal code of Corsica does not say which
            noms[("20", _nom(nom or ""))].add((commune, departement))
    lignes = []
    for nom, departement in moteur.lignes(
        "SELECT DISTINCT commune_nom, departement FROM registre_lu "
        "WHERE commune_nom IS NOT NULL AND departement IS NOT NULL ORDER BY ALL"
    ):
        trouves = noms.get((departement, _nom(nom)), set())
        if len(trouves) == 1:
            lignes.append((nom, departement, *next(iter(trouves))))
    colonnes = list(zip(*lignes, strict=True)) if lignes else [()] * 4
    noms_colonnes = ("commune_nom", "departement_lu", "commune", "departement")
    moteur.deposer(
        "commune_nommee",
        pa.table({n: pa.array(colonnes[i], pa.string()) for i, n in enumerate(noms_colonnes)}),
    )


_ABREGES = {"st": "saint", "ste": "sainte", "sts": "saints", "stes": "saintes"}


def _nom(texte: str) -> str:
    """« ST-ETIENNE CEDEX 2 » and « Saint-Étienne » read the same; so does « Paris 18e Arrondissement »."""
    mots = []
    for mot in normaliser(texte).split():
        if mot in ("cedex", "arrondissement") or mot[0].isdigit():
            break
        mots.append(_ABREGES.get(mot, mot))
    return " ".join(mots)
