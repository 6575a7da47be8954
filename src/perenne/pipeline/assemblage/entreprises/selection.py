"""Which legal units, establishments and associations are kept: those that something links to the ESS."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import ibis
import pyarrow as pa

from perenne.domain.savoir.formes_juridiques import FormeJuridique
from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.assemblage.entreprises.sources import reunir
from perenne.pipeline.moteurs.interface import MoteurDeMasse

REGISTRES_ESS = ("ess-france", "esus", "siae")
"""Lists that say something of the belonging to the ESS; the others only say that a structure exists."""


def preparer(contexte: Contexte, formes: Sequence[FormeJuridique]) -> None:
    """Hand over `forme_au_jour`: what the law says of each form on the day of the build."""
    periodes = [(f, f.au(contexte.jour)) for f in formes]
    contexte.masse.deposer(
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


def selectionner(contexte: Contexte) -> None:
    """Create `asso`, `unite_choisie` and `etab_choisi`, each number once, and `siren_cite`."""
    _associations(contexte)
    _unites(contexte)
    _etablissements(contexte)


def uniques(masse: MoteurDeMasse, nom: str, cle: str, ordre: Mapping[str, Callable[[Any], Any]]) -> Any:
    """One row a key of the table `nom`: the first in the order given, then in that of the whole row.

    Sorting millions of rows is the dearest step: only the keys that are there twice are sorted.

    Args:
        ordre: what to order each column by, the most important first.
    """
    table = masse.table(nom)
    comptes = table.group_by(cle).agg(n=table.count())
    masse.materialiser(f"{nom}_double", comptes.filter(comptes.n > 1).select(cle))
    doubles = masse.table(f"{nom}_double")
    if not masse.compter(doubles):
        return table
    repetees = table.semi_join(doubles, cle)
    # a column ordered twice would keep its last order only
    autres = [c for c in repetees.columns if c != cle and c not in ordre]
    ordres = [*(f(repetees[c]) for c, f in ordre.items()), *(repetees[c].asc() for c in autres)]
    rang = ibis.row_number().over(ibis.window(group_by=repetees[cle], order_by=ordres))
    premieres = repetees.mutate(_rang=rang).filter(lambda t: t._rang == 0).drop("_rang")
    return ibis.union(table.anti_join(doubles, cle), premieres)


def _recent(colonne: Any) -> Any:
    return colonne.desc(nulls_first=False)


def _extrait_apres(source: Any) -> Any:
    """The whole register before its extract."""
    return (source == "insee_sirene_extrait").cast("int8")


def _situees(masse: MoteurDeMasse, table: Any) -> Any:
    """The rows with their current commune and département."""
    communes = masse.table("commune_de")
    jointes = table.left_join(communes, "code_commune")
    return jointes.select(table, commune=communes.commune, departement=communes.departement)


def _associations(contexte: Contexte) -> None:
    """The associations; one that has both an old number and a new one is kept under the new one."""
    masse = contexte.masse
    brutes = reunir(contexte, "association")
    if contexte.departements:
        communes = masse.table("commune_de")
        connus = communes.filter(communes.departement.isin(sorted(contexte.departements)))
        brutes = brutes.semi_join(connus, "code_commune")
    masse.materialiser("asso_brute", brutes)
    lues = masse.table("asso_brute")
    renumerotees = lues.filter(lues.rna_ancien.notnull()).select(rna=lues.rna_ancien).distinct()
    masse.voir("asso_seule", lues.anti_join(renumerotees, "rna"))
    gardees = uniques(masse, "asso_seule", "rna", {"maj": _recent})
    masse.materialiser("asso", _situees(masse, gardees))
    ecart = masse.compter(lues) - masse.compter(masse.table("asso"))
    if ecart:
        contexte.remarquer(
            "entreprises", f"RNA : {ecart} lignes en double ou renumérotées, gardées une fois."
        )
    _dire_sans_commune(contexte, "asso", "RNA")


def _dire_sans_commune(contexte: Contexte, table: str, nom: str) -> None:
    lues = contexte.masse.table(table)
    sans = contexte.masse.compter(lues.filter(lues.commune.isnull() & lues.code_commune.notnull()))
    if sans:
        contexte.remarquer("entreprises", f"{nom} : {sans} lignes dont le code de commune n'est pas reconnu.")


def _unites(contexte: Contexte) -> None:
    """Kept: a form that belongs by law (or whose case is open), the flag, a number of association, a list."""
    masse = contexte.masse
    formes = masse.table("forme_au_jour")
    ouvertes = formes.filter(
        (formes.forme_ess == "de_droit") | ((formes.forme_ess == "sous_conditions") & ~formes.forme_sure)
    )
    codes = sorted(c for (c,) in masse.lignes(ouvertes.select("forme")))
    registres, assos = masse.table("registre_trouve"), masse.table("asso")
    des_registres = registres.filter(registres.registre.isin(REGISTRES_ESS) & registres.siren.notnull())
    des_assos = assos.filter(assos.siret.notnull()).select(siren=assos.siret.left(9))
    masse.materialiser("siren_cite", ibis.union(des_registres.select("siren"), des_assos, distinct=True))
    cites = masse.table("siren_cite")
    unites = reunir(contexte, "unite_legale")
    choisies = unites.filter(
        unites.forme.isin(codes)
        | (unites.mention == "O").fill_null(False)
        | unites.rna.notnull()
        | unites.siren.isin(cites.siren)
    )
    masse.materialiser("siren_choisi", choisies.select("siren").distinct())
    choisis = masse.table("siren_choisi")
    lues = reunir(contexte, "unite_legale", lambda brut: brut.semi_join(choisis, "siren"))
    masse.materialiser("unite_brute", lues)
    gardees = uniques(
        masse,
        "unite_brute",
        "siren",
        {"source": _extrait_apres, "maj": _recent},
    )
    masse.materialiser("unite_choisie", gardees)
    brutes = masse.table("unite_brute").semi_join(masse.table("unite_brute_double"), "siren")
    par_source = brutes.group_by("siren", "source").agg(n=brutes.count())
    ((doubles,),) = masse.lignes(par_source.aggregate(n=(par_source.n - 1).sum().fill_null(0)))
    if doubles:
        contexte.remarquer(
            "entreprises", f"Sirene : {doubles} SIREN en double, la ligne la plus récente est gardée."
        )


def _etablissements(contexte: Contexte) -> None:
    masse = contexte.masse
    unites, cites = masse.table("unite_choisie"), masse.table("siren_cite")
    masse.materialiser(
        "siren_retenu", ibis.union(unites.select("siren"), cites.select("siren"), distinct=True)
    )
    retenus = masse.table("siren_retenu")
    lus = reunir(contexte, "etablissement", lambda brut: brut.semi_join(retenus, "siren"))
    masse.materialiser("etab_brut", lus)
    gardees = uniques(masse, "etab_brut", "siret", {"debut": _recent, "etat": lambda etat: etat.asc()})
    masse.materialiser("etab_choisi", _situees(masse, gardees))
    ecart = masse.compter(masse.table("etab_brut")) - masse.compter(masse.table("etab_choisi"))
    if ecart:
        contexte.remarquer(
            "entreprises", f"Sirene : {ecart} SIRET en double, la ligne la plus récente est gardée."
        )
    _dire_sans_commune(contexte, "etab_choisi", "Établissements")
