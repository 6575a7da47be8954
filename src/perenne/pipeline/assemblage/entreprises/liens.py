"""Which association of the national register each legal unit is: by number, by SIRET, by name and commune."""

from __future__ import annotations

from typing import Any

import ibis
import pyarrow as pa

from perenne.pipeline.assemblage.contexte import Contexte
from perenne.pipeline.moteur import Moteur
from perenne.pipeline.noyaux.rapprochement import rapprocher

CONFIANCE = {"numero": 0.99, "siret": 0.95}
"""An ordering agreed upon, not measured: a number given by the unit, then one given by the association."""

RETENU, DOUBLON = "retenu", "doublon-possible"


def etablir(contexte: Contexte) -> None:
    """Create `lien(siren, rna, methode, confiance, statut)`.

    A legal unit and an association are taken as one at most once; every other pair is kept as a possible
    duplicate. A unit that asked not to be shown is never linked: the link would name it.
    """
    moteur = contexte.moteur
    unites = moteur.table("unite").filter(lambda t: t.diffusible).select("siren", numero="rna")
    assos = moteur.table("asso").select("rna", "rna_ancien", "siret", "etat")
    anciens = assos.filter(assos.rna_ancien.notnull())
    numeros = ibis.union(
        assos.select("rna", "etat", numero="rna"), anciens.select("rna", "etat", numero="rna_ancien")
    )
    sirets = assos.filter(assos.siret.notnull()).mutate(siren=assos.siret.left(9)).drop("siret")

    def lier(methode: str, jointes: Any) -> Any:
        return jointes.select(
            "siren",
            "rna",
            "etat",
            methode=ibis.literal(methode),
            confiance=ibis.literal(CONFIANCE[methode]),
        )

    par_numero = lier("numero", unites.filter(unites.numero.notnull()).join(numeros, "numero"))
    par_siret = lier("siret", unites.select("siren").join(sirets, "siren"))
    moteur.materialiser("paire", ibis.union(par_numero, par_siret))
    moteur.materialiser("lien", _un_a_un(moteur.table("paire")))
    _par_nom(contexte, moteur)


def _un_a_un(paires: Any) -> Any:
    """One link a pair, then one retained link a unit and an association, the surest and active one first."""
    par_paire = ibis.row_number().over(
        ibis.window(group_by=[paires.siren, paires.rna], order_by=[ibis.desc(paires.confiance)])
    )
    uniques = paires.mutate(_r=par_paire).filter(lambda t: t._r == 0).drop("_r")

    def rang(cle: str, autre: str) -> Any:
        ordre = [ibis.desc(uniques.confiance), (uniques.etat != "A").cast("int8"), uniques[autre]]
        return ibis.row_number().over(ibis.window(group_by=uniques[cle], order_by=ordre))

    classes = uniques.mutate(_u=rang("siren", "rna"), _a=rang("rna", "siren"))
    return classes.select(
        "siren",
        "rna",
        "methode",
        "confiance",
        statut=ibis.ifelse((classes._u == 0) & (classes._a == 0), RETENU, DOUBLON),
    )


def _par_nom(contexte: Contexte, moteur: Moteur) -> None:
    """Associations of Sirene and of the register left alone, of the same name in the same commune."""
    unites, assos, formes, etabs, liens = (
        moteur.table(n) for n in ("unite", "asso", "forme_au_jour", "etab", "lien")
    )
    lies = liens.filter(liens.statut == RETENU)
    sieges = (
        etabs.filter(etabs.siege & etabs.commune.notnull()).select("siren", "commune").distinct(on="siren")
    )
    gauche = (
        unites.filter(unites.diffusible & unites.nom.notnull())
        .semi_join(formes.filter(formes.association), "forme")
        .anti_join(lies, "siren")
        .join(sieges, "siren")
        .select("siren", "nom", "commune")
        .order_by("siren")
    )
    droite = (
        assos.filter(assos.nom.notnull() & assos.commune.notnull())
        .anti_join(lies, "rna")
        .select("rna", "nom", "commune")
        .order_by("rna")
    )
    a, b = (moteur.lignes(moteur.requete(e)) for e in (gauche, droite))
    paires, trop_grands = rapprocher([(n, c) for _, n, c in a], [(n, c) for _, n, c in b])
    if trop_grands:
        contexte.remarquer(
            "entreprises", f"Rapprochement par le nom : {trop_grands} groupes trop grands pour être comparés."
        )
    moteur.deposer(
        "_lien_nom",
        pa.table(
            {
                "siren": pa.array([a[p.gauche][0] for p in paires], pa.string()),
                "rna": pa.array([b[p.droite][0] for p in paires], pa.string()),
                "methode": pa.array(["nom-commune"] * len(paires), pa.string()),
                "confiance": pa.array([p.confiance for p in paires], pa.float64()),
                "statut": pa.array([RETENU if p.retenue else DOUBLON for p in paires], pa.string()),
            }
        ),
    )
    moteur.executer(
        "INSERT INTO lien BY NAME SELECT n.* FROM _lien_nom n "
        "ANTI JOIN lien l ON l.siren = n.siren AND l.rna = n.rna"
    )
    moteur.executer(
        "CREATE TABLE atl_entreprise_lien AS "
        "SELECT * REPLACE (CAST(confiance AS DOUBLE) AS confiance) FROM lien ORDER BY siren, rna"
    )
