"""What must hold of an atlas before it is published: checked on the very files that will be."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from perenne.domain.erreurs import Anomalie, ErreurUtilisateur
from perenne.pipeline.moteur import Moteur
from perenne.pipeline.schema import TABLES

EXEMPLES = 3
CHAMPS_TEXTE = ("nom", "sigle", "texte", "nom-liste", "texte-liste")
"""Evidence made of words, which a unit that asked not to be shown never has."""

_MOTS = " OR ".join(f"""a.indices LIKE '%"champ":"{champ}"%'""" for champ in CHAMPS_TEXTE)


@dataclass(frozen=True, kw_only=True)
class Assertion:
    """One promise.

    Attributes:
        id: kept in the manifest.
        enonce: what must hold, in French.
        fautes: query over the published tables that gives a text for each row at fault.
    """

    id: str
    enonce: str
    fautes: str


ASSERTIONS = (
    Assertion(
        id="communes-composees",
        enonce="Chaque commune d'un territoire composé est une commune de l'atlas.",
        fautes="SELECT commune FROM composition ANTI JOIN (SELECT code AS commune FROM territoire "
        "WHERE type = 'commune') USING (commune)",
    ),
    Assertion(
        id="valeurs-observees",
        enonce="Une valeur est donnée quand elle est observée, et seulement alors.",
        fautes="SELECT indicateur || ' ' || code FROM valeur "
        "WHERE (statut = 'observe') <> (valeur IS NOT NULL)",
    ),
    Assertion(
        id="verdicts-motives",
        enonce="Chaque verdict autre qu'inconnu a une raison, et chaque raison une source et une date.",
        fautes="SELECT id FROM entreprise ANTI JOIN entreprise_raison USING (id) WHERE verdict <> 'inconnu' "
        "UNION ALL SELECT id FROM entreprise_raison WHERE source IS NULL OR date IS NULL",
    ),
    Assertion(
        id="raisons-rattachees",
        enonce="Chaque raison est celle d'une entreprise de l'atlas.",
        fautes="SELECT id FROM entreprise_raison ANTI JOIN entreprise USING (id)",
    ),
    Assertion(
        id="rapprochements-uniques",
        enonce="Une unité légale et une association ne sont rapprochées qu'une fois.",
        fautes="SELECT siren FROM entreprise_lien WHERE statut = 'retenu' GROUP BY siren HAVING count(*) > 1 "
        "UNION ALL SELECT rna FROM entreprise_lien WHERE statut = 'retenu' GROUP BY rna HAVING count(*) > 1",
    ),
    Assertion(
        id="non-diffusibles-muettes",
        enonce="Une unité non diffusible n'a ni nom, ni adresse, ni point, ni mot cité.",
        fautes="SELECT id FROM entreprise WHERE diffusible = 0 "
        "AND coalesce(nom, sigle, lon::VARCHAR) IS NOT NULL "
        "UNION ALL SELECT siret FROM etablissement WHERE diffusible = 0 "
        "AND coalesce(nom, nullif(adresse, ''), lon::VARCHAR) IS NOT NULL "
        f"UNION ALL SELECT a.operateur FROM entreprise_activite a JOIN entreprise e USING (id) "
        f"WHERE e.diffusible = 0 AND ({_MOTS})",
    ),
    Assertion(
        id="quartiers-precis",
        enonce="Un établissement n'est dit dans un quartier prioritaire que si son adresse est précise.",
        fautes="SELECT siret FROM etablissement WHERE qpv_statut = 'dedans' AND precision <> 'adresse'",
    ),
    Assertion(
        id="activites-connues",
        enonce="Chaque activité reconnue est dans la base de savoir.",
        fautes="SELECT DISTINCT activite FROM entreprise_activite ANTI JOIN activite_connue USING (activite)",
    ),
    Assertion(
        id="activites-montrees",
        enonce="Chaque activité reconnue garde ce qui la montre.",
        fautes="SELECT operateur || ' ' || activite FROM entreprise_activite "
        "WHERE origine = '' OR coalesce(indices, '[]') = '[]'",
    ),
    Assertion(
        id="operateurs-connus",
        enonce="Chaque opérateur est une entreprise, ou une ligne de liste qui n'en est aucune.",
        fautes="SELECT operateur FROM entreprise_activite ANTI JOIN entreprise ON entreprise.id = operateur "
        "ANTI JOIN (SELECT registre || ':' || coalesce(reference, siret, siren) AS cle "
        "FROM entreprise_registre WHERE id IS NULL) ON cle = operateur",
    ),
)


def verifier(moteur: Moteur, dossier: Path, activites: Collection[str]) -> list[dict[str, object]]:
    """Check every promise on the Parquet files of `dossier`; the results, for the manifest.

    Args:
        activites: identifiers of the knowledge base.

    Raises:
        ErreurUtilisateur: one of them does not hold.
    """
    moteur.executer("CREATE SCHEMA publie")
    moteur.executer("SET search_path = 'publie'")
    try:
        for table in TABLES:
            moteur.executer(
                f"CREATE VIEW {table.nom} AS SELECT * FROM read_parquet('{dossier / table.nom}.parquet')"
            )
        moteur.executer("CREATE TABLE activite_connue (activite VARCHAR)")
        for activite in sorted(activites):
            moteur.executer("INSERT INTO activite_connue VALUES (?)", [activite])
        resultats = [(a, *_compter(moteur, a)) for a in ASSERTIONS]
    finally:
        moteur.executer("SET search_path = 'main'")
        moteur.executer("DROP SCHEMA publie CASCADE")
    rompues = [
        Anomalie(ou=a.id, message=f"{a.enonce} {n} en défaut, dont : {', '.join(exemples)}.")
        for a, n, exemples in resultats
        if n
    ]
    if rompues:
        raise ErreurUtilisateur(
            "L'atlas construit ne tient pas ce qu'il promet : il n'est pas publié.",
            anomalies=rompues,
            conseil="L'atlas précédent reste en place. Un fichier a une forme inattendue, ou Pérenne un "
            "défaut : signalez-le avec ce message.",
        )
    return [{"id": a.id, "enonce": a.enonce, "fautes": n} for a, n, _ in resultats]


def _compter(moteur: Moteur, assertion: Assertion) -> tuple[int, list[str]]:
    ((nombre, exemples),) = moteur.lignes(
        f"SELECT count(*), list(faute)[:{EXEMPLES}] FROM ({assertion.fautes}) AS f(faute)"
    )
    return int(nombre), [str(e) for e in exemples or ()]
