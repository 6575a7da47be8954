"""Which legal units, establishments and associations are kept: those that something links to the ESS."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import ibis
import pyarrow as pa

from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.lecture_volumineuse import restreindre_volumineux
from perenne.pipeline.moteur import Moteur

REGISTRES_ESS = ("ess-france", "esus", "siae")
"""Lists that say something of the belonging to the ESS; the others only say that a structure exists."""

_UNITE = {
    "siren": "string", "diffusible": "boolean",
    **dict.fromkeys(
        ("rna", "nom", "sigle", "forme", "mention", "mission", "etat", "creee_le", "fermee_le", "naf",
         "effectif", "annee_effectif", "employeur", "maj"), "string"),
    "source": "string", "geographie": "date",
}  # fmt: skip
_ETABLISSEMENT = {
    "siege": "boolean", "diffusible": "boolean", "x": "float64", "y": "float64",
    **dict.fromkeys(
        ("siret", "siren", "etat", "nom", "naf", "effectif", "employeur", "numero", "type_voie", "voie",
         "code_postal", "code_commune", "creee_le", "debut", "source"), "string"),
    "geographie": "date",
}  # fmt: skip
_ASSOCIATION = {
    **dict.fromkeys(
        ("rna", "rna_ancien", "siret", "nom", "sigle", "objet", "objet_social1", "objet_social2", "creee_le",
         "fermee_le", "etat", "nature", "code_commune", "code_postal", "maj", "source"), "string"),
    "geographie": "date",
}  # fmt: skip


def preparer(contexte: Contexte, formes: Sequence[FormeJuridique]) -> None:
    """Create `forme_au_jour`: what the law says of each form on the day of the build."""
    periodes = [(f, f.au(contexte.jour)) for f in formes]
    contexte.moteur.deposer(
        "forme_au_jour",
        pa.table(
            {
                "forme": pa.array([f.id for f, _ in periodes], pa.string()),
                "forme_ess": pa.array([p.ess if p else "" for _, p in periodes], pa.string()),
                "forme_sure": pa.array([p is None or p.confiance != "C" for _, p in periodes], pa.bool_()),
                "association": pa.array([f.famille == "association" for f, _ in periodes], pa.bool_()),
            }
        ),
    )
    for genre, colonnes in (
        ("unite_legale", _UNITE), ("etablissement", _ETABLISSEMENT), ("association", _ASSOCIATION),
    ):  # fmt: skip
        if not contexte.reunir(genre):
            _vide(contexte.moteur, genre, colonnes)


def _vide(moteur: Moteur, nom: str, colonnes: dict[str, str]) -> None:
    moteur.executer(
        f"CREATE VIEW {nom} AS SELECT "
        + ", ".join(f"CAST(NULL AS {_SQL[t]}) AS {c}" for c, t in colonnes.items())
        + " WHERE false"
    )


_SQL = {"string": "VARCHAR", "boolean": "BOOLEAN", "float64": "DOUBLE", "date": "DATE"}


def selectionner(contexte: Contexte) -> None:
    """Create `unite`, `etab` and `asso`, each number once."""
    moteur = contexte.moteur
    _associations(contexte)
    _unites(contexte)
    _etablissements(contexte)
    if contexte.departements:
        _restreindre(moteur, contexte)


def _uniques(moteur: Moteur, nom: str, cle: str, ordre: Callable[[Any], Sequence[Any]]) -> Any:
    """One row a key of the table `nom`: the first in the order given.

    Sorting millions of rows is the dearest step: it is done only when a number is there twice.
    """
    table = moteur.table(nom)
    (doubles,) = moteur.lignes(f"SELECT count(*) - count(DISTINCT {cle}) FROM {nom}")[0]
    if not doubles:
        return table
    rang = ibis.row_number().over(ibis.window(group_by=table[cle], order_by=list(ordre(table))))
    return table.mutate(_rang=rang).filter(lambda t: t._rang == 0).drop("_rang")


def _associations(contexte: Contexte) -> None:
    """The associations; one that has both an old number and a new one is kept under the new one."""
    moteur = contexte.moteur
    brutes = moteur.table("association")
    if contexte.departements:
        connus = moteur.table("commune_de").filter(
            lambda t: t.departement.isin(sorted(contexte.departements))
        )
        brutes = brutes.semi_join(connus, "code_commune")
    moteur.deverser("asso_brute", brutes, contexte.dossier)
    lues = moteur.table("asso_brute")
    renumerotees = lues.filter(lues.rna_ancien.notnull()).select(rna=lues.rna_ancien).distinct()
    moteur.voir("asso_seule", lues.anti_join(renumerotees, "rna"))
    uniques = _uniques(moteur, "asso_seule", "rna", lambda t: (ibis.desc(t.maj), t.source))
    communes = moteur.table("commune_de")
    moteur.deverser(
        "asso", uniques.left_join(communes, "code_commune").drop("code_commune_right"), contexte.dossier
    )
    avant, apres = (moteur.lignes(f"SELECT count(*) FROM {t}")[0][0] for t in ("asso_brute", "asso"))
    if avant > apres:
        contexte.remarquer(
            "entreprises", f"RNA : {avant - apres} lignes en double ou renumérotées, gardées une fois."
        )
    _dire_sans_commune(contexte, "asso", "RNA")


def _dire_sans_commune(contexte: Contexte, table: str, nom: str) -> None:
    (sans,) = contexte.moteur.lignes(
        f"SELECT count(*) FROM {table} WHERE commune IS NULL AND code_commune IS NOT NULL"
    )[0]
    if sans:
        contexte.remarquer("entreprises", f"{nom} : {sans} lignes dont le code de commune n'est pas reconnu.")


def _unites(contexte: Contexte) -> None:
    """Kept: a form that belongs by law (or whose case is open), the flag, a number of association, a list."""
    moteur = contexte.moteur
    unites, formes = moteur.table("unite_legale"), moteur.table("forme_au_jour")
    ouvertes = formes.filter(
        (formes.forme_ess == "de_droit") | ((formes.forme_ess == "sous_conditions") & ~formes.forme_sure)
    )
    codes = [c for (c,) in moteur.lignes(moteur.requete(ouvertes.select("forme").order_by("forme")))]
    registres, assos = moteur.table("registre_situe"), moteur.table("asso")
    moteur.materialiser(
        "siren_cite",
        ibis.union(
            registres.filter(registres.registre.isin(REGISTRES_ESS) & registres.siren.notnull()).select(
                "siren"
            ),
            assos.filter(assos.siret.notnull()).select(siren=assos.siret.left(9)),
            distinct=True,
        ),
    )
    cites = moteur.table("siren_cite")
    choisies = unites.filter(
        unites.forme.isin(codes)
        | (unites.mention == "O").fill_null(False)
        | unites.rna.notnull()
        | unites.siren.isin(cites.siren)
    )
    moteur.materialiser("siren_choisi", choisies.select("siren").distinct())
    _lire_seulement(contexte, "unite_legale", "siren_choisi")
    gardees = moteur.table("unite_legale").semi_join(moteur.table("siren_choisi"), "siren")
    moteur.deverser("unite_brute", gardees, contexte.dossier)
    uniques = _uniques(
        moteur,
        "unite_brute",
        "siren",
        lambda t: ((t.source == "insee_sirene_extrait").cast("int8"), ibis.desc(t.maj)),
    )
    moteur.deverser("unite", uniques, contexte.dossier)
    (doubles,) = moteur.lignes(
        "SELECT coalesce(sum(n - 1), 0) FROM (SELECT count(*) AS n FROM unite_brute GROUP BY siren, source)"
    )[0]
    if doubles:
        contexte.remarquer(
            "entreprises", f"Sirene : {doubles} SIREN en double, la ligne la plus récente est gardée."
        )


def _lire_seulement(contexte: Contexte, genre: str, cles: str) -> None:
    for source in contexte.tables.get(genre, []):
        if contexte.notices[source].fichier.lecture == "volumineuse":
            restreindre_volumineux(contexte.moteur, f"brut_{source}", "siren", cles)


def _etablissements(contexte: Contexte) -> None:
    moteur = contexte.moteur
    etabs, unites, cites = (moteur.table(n) for n in ("etablissement", "unite", "siren_cite"))
    retenus = ibis.union(unites.select("siren"), cites.select("siren"), distinct=True)
    moteur.materialiser("siren_retenu", retenus)
    _lire_seulement(contexte, "etablissement", "siren_retenu")
    gardes = etabs.semi_join(moteur.table("siren_retenu"), "siren")
    moteur.deverser("etab_brut", gardes, contexte.dossier)
    uniques = _uniques(moteur, "etab_brut", "siret", lambda t: (ibis.desc(t.debut), t.etat))
    communes = moteur.table("commune_de")
    moteur.deverser(
        "etab", uniques.left_join(communes, "code_commune").drop("code_commune_right"), contexte.dossier
    )
    avant, apres = (moteur.lignes(f"SELECT count(*) FROM {t}")[0][0] for t in ("etab_brut", "etab"))
    if avant > apres:
        contexte.remarquer(
            "entreprises", f"Sirene : {avant - apres} SIRET en double, la ligne la plus récente est gardée."
        )
    _dire_sans_commune(contexte, "etab", "Établissements")


def _restreindre(moteur: Moteur, contexte: Contexte) -> None:
    """Keep what stands in the départements; a unit that nothing locates is left out, and counted."""
    departements = sorted(contexte.departements)
    etabs = moteur.table("etab").filter(lambda t: t.departement.isin(departements))
    moteur.deverser("etab_local", etabs, contexte.dossier)
    moteur.executer("CREATE OR REPLACE VIEW etab AS SELECT * FROM etab_local")
    locaux, assos, registres = (moteur.table(n) for n in ("etab_local", "asso", "registre_situe"))
    sirens = ibis.union(
        locaux.select("siren"),
        assos.filter(assos.siret.notnull()).select(siren=assos.siret.left(9)),
        registres.filter(registres.departement.isin(departements) & registres.siren.notnull()).select(
            "siren"
        ),
        distinct=True,
    )
    moteur.materialiser("siren_local", sirens)
    (avant,) = moteur.lignes("SELECT count(*) FROM unite")[0]
    unites = moteur.table("unite").semi_join(moteur.table("siren_local"), "siren")
    moteur.deverser("unite_locale", unites, contexte.dossier)
    moteur.executer("CREATE OR REPLACE VIEW unite AS SELECT * FROM unite_locale")
    moteur.executer("DELETE FROM siren_cite WHERE siren NOT IN (SELECT siren FROM siren_local)")
    moteur.executer(
        "DELETE FROM registre_situe WHERE departement IS NULL "
        "AND (siren IS NULL OR siren NOT IN (SELECT siren FROM siren_local))"
    )
    (apres,) = moteur.lignes("SELECT count(*) FROM unite")[0]
    if avant > apres:
        contexte.remarquer(
            "entreprises",
            f"Départements {', '.join(departements)} : {avant - apres} unités d'ailleurs, ou que rien "
            "ne situe, laissées de côté.",
        )
